public import Sluice
public import SluicePreamble

/// The rules of an entrance: which connection goes where.
///
/// Rules for the very host name that a client asks for come first, then those with a wildcard that matches it, then those
/// that name no host. Among equals the first given comes first. A rule counts only if all that it asks for holds; if
/// not, the next one is tried. Names are found by hash: thousands cost no more than one.
///
/// It knows nothing of what it routes to: `Target` may be a route's name, its index or all of it.
public struct RoutingTable<Target: Sendable>: Sendable {
    /// The rules, as given.
    public let rules: [RoutingRule<Target>]

    /// Indices of rules, ascending, by the name that they ask for.
    let exactNames: [String: [Int]]

    /// The same for wildcards, by what follows `*.`.
    let wildcards: [String: [Int]]

    /// Indices of rules that name no host, ascending.
    let nameless: [Int]

    /// A table of these rules.
    public init(_ rules: [RoutingRule<Target>]) {
        self.rules = rules
        var exactNames: [String: [Int]] = [:]
        var wildcards: [String: [Int]] = [:]
        for (index, rule) in rules.enumerated() {
            for pattern in rule.match.serverNames {
                if pattern.isWildcard {
                    wildcards[pattern.name, default: []].append(index)
                } else {
                    exactNames[pattern.name, default: []].append(index)
                }
            }
        }
        self.exactNames = exactNames
        self.wildcards = wildcards
        nameless = rules.indices.filter { rules[$0].match.serverNames.isEmpty }
    }

    /// Finds the way of a connection that begins with this ClientHello.
    ///
    /// - Parameters:
    ///   - hello: What the client offers.
    ///   - client: Its address, or nil if it has none.
    /// - Returns: As ``route(serverName:applicationProtocols:from:)`` does.
    public func route(_ hello: ClientHello, from client: InternetAddress?) -> Routing<Target> {
        route(serverName: hello.serverName, applicationProtocols: hello.applicationProtocols, from: client)
    }

    /// Finds the way of a connection whose client asks for this.
    ///
    /// - Parameters:
    ///   - serverName: The host name, as the client wrote it; nil if it named none. What is no host name, such as an
    ///     address, is like none.
    ///   - applicationProtocols: What it offers.
    ///   - client: Its address, or nil if it has none.
    /// - Returns: The target of the first rule that holds. If none does: `unrecognized_name` if none is for that host,
    ///   else `access_denied` if none of those is for that client, else `no_application_protocol`.
    public func route(
        serverName: String?,
        applicationProtocols: [ApplicationProtocol],
        from client: InternetAddress?
    ) -> Routing<Target> {
        let offered = Set(applicationProtocols)
        var refusal = TLSAlert.unrecognizedName
        for index in candidates(for: serverName.flatMap { HostName($0) }) {
            let match = rules[index].match
            if !match.accepts(client: client) {
                if refusal == .unrecognizedName { refusal = .accessDenied }
            } else if !match.accepts(offered: offered) {
                refusal = .noApplicationProtocol
            } else {
                return .route(rules[index].target)
            }
        }
        return .refuse(refusal)
    }

    /// Finds the way of a connection without a ClientHello, in plaintext: only rules that need none count.
    ///
    /// - Parameter client: Its address, or nil if it has none.
    /// - Returns: The target of the first rule that holds, else `access_denied`.
    public func route(from client: InternetAddress?) -> Routing<Target> {
        let chosen = nameless.first { !rules[$0].match.needsClientHello && rules[$0].match.accepts(client: client) }
        return chosen.map { .route(rules[$0].target) } ?? .refuse(.accessDenied)
    }

    private func candidates(for name: HostName?) -> [Int] {
        guard let name else { return nameless }
        let wild = name.parent.flatMap { wildcards[$0] } ?? []
        return (exactNames[name.text] ?? []) + wild + nameless
    }
}

extension RoutingTable: Equatable where Target: Equatable {}
extension RoutingTable: Hashable where Target: Hashable {}
