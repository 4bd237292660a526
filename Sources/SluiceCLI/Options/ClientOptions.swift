import ArgumentParser
import Sluice
import SluicePOSIX

/// The options that say whom a client expects, and who it is.
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

    @Option(help: ArgumentHelp("This client's certificate chain; a PKCS#12 file has the key, too.", valueName: "file"))
    var cert: String?

    @Option(help: ArgumentHelp("The key of --cert, if it is in a file of its own.", valueName: "file"))
    var key: String?

    @Option(help: ArgumentHelp("The passphrase of the key, in the first line.", valueName: "file"))
    var passphraseFile: String?

    func validate() throws {
        if key != nil, cert == nil { throw ValidationError("--key needs --cert.") }
        if dangerouslyNoVerification, !ca.isEmpty {
            throw ValidationError("--ca and --dangerously-no-verification exclude each other.")
        }
    }

    /// The client that the options describe.
    func configuration(for peer: HostPort, parameters: TLSParameters) throws -> TLSClientConfiguration {
        // A zone (fe80::1%eth0) says which way to go, not who is there.
        let text = serverName ?? String(peer.host.prefix { $0 != "%" })
        guard let name = ServerName(text) else {
            throw UsageError("\"\(text)\" is no host name or address that a certificate could have; use --server-name")
        }
        var configuration = TLSClientConfiguration(serverName: name)
        configuration.parameters = parameters
        if let roots = trustRoots(at: ca) { configuration.verification = .roots(roots) }
        if dangerouslyNoVerification { configuration.verification = .dangerouslyNone }
        if let cert {
            let credentials = try Credentials(passphraseFile: passphraseFile)
            configuration.identity = try credentials.identity(certificatePath: cert, keyPath: key)
        }
        return configuration
    }
}
