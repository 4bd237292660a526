import ArgumentParser
import SluicePreamble
import SluiceProxy
import SluiceProxyService

/// The options that say where a proxy's clients come from.
struct ProxyEntranceOptions: ParsableArguments {
    @Option(help: ArgumentHelp("Where to listen; may be repeated. :PORT is on all addresses.", valueName: "address"))
    var listen: [ListenAddress] = []

    @Option(
        help: ArgumentHelp(
            "Expect a PROXY header first, which tells the client's address: v1, v2 or any.",
            valueName: "version"
        )
    )
    var acceptProxy: AcceptedVersions?

    @Option(
        help: ArgumentHelp(
            "Who may send that header; all others are clients themselves. Addresses or ranges.",
            valueName: "a,b"
        )
    )
    var trustedSource: [String] = []

    /// The versions of the header that are taken.
    enum AcceptedVersions: String, CaseIterable, ExpressibleByArgument {
        case v1, v2, any

        /// The versions themselves.
        var versions: Set<ProxyHeader.Version> {
            switch self {
            case .v1: [.v1]
            case .v2: [.v2]
            case .any: [.v1, .v2]
            }
        }
    }

    func validate() throws {
        if !trustedSource.isEmpty, acceptProxy == nil {
            throw ValidationError("--trusted-source needs --accept-proxy.")
        }
        _ = try trustedSources()
    }

    /// Those that were typed.
    var given: [String] {
        givenOptions([("--listen", !listen.isEmpty), ("--accept-proxy", acceptProxy != nil)])
    }

    /// The listeners, all for one route.
    func listeners(for route: ProxyConfiguration.Route) throws -> [ProxyConfiguration.Listener] {
        try listen.map { address in
            var listener = ProxyConfiguration.Listener(name: "\(address)", address: address, routes: [route.name])
            listener.entrance = route.mode.entrance
            listener.proxyProtocol = try acceptProxy.map { accepted in
                .init(versions: accepted.versions, trustedSources: try trustedSources())
            }
            return listener
        }
    }

    private func trustedSources() throws -> [AddressRange] {
        try parseList("--trusted-source", trustedSource, "an address or a range such as 10.0.0.0/8") {
            AddressRange($0)
        }
    }
}

/// The names of the options that were typed.
func givenOptions(_ options: [(name: String, isGiven: Bool)]) -> [String] {
    options.filter(\.isGiven).map(\.name)
}

/// Parses the values of an option that may be repeated, with commas between.
func parseList<Value>(
    _ option: String,
    _ texts: [String],
    _ what: String,
    _ parse: (String) -> Value?
) throws -> [Value] {
    try texts.flatMap { $0.split(separator: ",", omittingEmptySubsequences: false) }.map { text in
        guard let value = parse(String(text)) else { throw ValidationError("\(option): \"\(text)\" isn't \(what).") }
        return value
    }
}
