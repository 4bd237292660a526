import ArgumentParser
import Sluice
import SluicePOSIX

/// The options that say whom a client expects.
struct ClientOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp("The name to send and to look for in the certificate; else the host.", valueName: "name")
    )
    var serverName: String?

    @Option(
        help: ArgumentHelp(
            "Roots to trust instead of the system's: PEM or DER; may be repeated.",
            valueName: "file|dir"
        )
    )
    var ca: [String] = []

    @Flag(help: "Take any certificate. Anybody can then sit in the middle.")
    var dangerouslyNoVerification = false

    func validate() throws {
        if dangerouslyNoVerification, !ca.isEmpty {
            throw ValidationError("--ca and --dangerously-no-verification exclude each other.")
        }
    }

    /// The client that the options describe.
    ///
    /// - Parameters:
    ///   - host: Whom to talk to, unless `--server-name` says otherwise.
    ///   - identity: Who the client is, if anybody.
    ///   - parameters: The rest.
    /// - Returns: The client.
    /// - Throws: Where there can be no such server.
    func configuration(
        for host: String,
        as identity: TLSIdentity?,
        parameters: TLSParameters
    ) throws -> TLSClientConfiguration {
        // A zone (fe80::1%eth0) says which way to go, not who is there.
        let text = serverName ?? String(host.prefix { $0 != "%" })
        guard let name = ServerName(text) else {
            throw UsageError("\"\(text)\" is no host name or address that a certificate could have; use --server-name")
        }
        var configuration = TLSClientConfiguration(serverName: name)
        configuration.parameters = parameters
        if let roots = trustRoots(at: ca) { configuration.verification = .roots(roots) }
        if dangerouslyNoVerification { configuration.verification = .dangerouslyNone }
        configuration.identity = identity
        return configuration
    }
}
