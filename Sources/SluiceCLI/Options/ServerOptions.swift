import ArgumentParser
import Sluice
import SluicePOSIX

/// The options that say whom a server lets in, and how it resumes sessions.
struct ServerOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp("Ask clients for a certificate under these roots; may be repeated.", valueName: "file|dir")
    )
    var clientCa: [String] = []

    @Flag(help: "Let no client in without a good certificate.")
    var requireClientCert = false

    @Option(help: ArgumentHelp("Session tickets for each TLS 1.3 client, 0 to 16.", valueName: "count"))
    var tickets = 2

    @Option(
        help: ArgumentHelp(
            "A ticket key of 80 or 48 random bytes; the first issues, those of repetitions are accepted.",
            valueName: "file"
        )
    )
    var ticketKey: [String] = []

    @Option(help: ArgumentHelp("How long a session may be resumed, 1 to 604800.", valueName: "seconds"))
    var sessionLifetime = 7200

    @Option(
        help: ArgumentHelp(
            "An OCSP response in DER to staple to the --cert that it is about; may be repeated.",
            valueName: "file"
        )
    )
    var ocsp: [String] = []

    func validate() throws {
        if requireClientCert, clientCa.isEmpty {
            throw ValidationError("--require-client-cert needs --client-ca: the roots of good certificates.")
        }
    }

    /// The server that the options describe.
    ///
    /// - Parameters:
    ///   - identities: Who it is; if nobody, an identity is made and told.
    ///   - parameters: The rest.
    ///   - console: Where that is told.
    /// - Returns: The server.
    /// - Throws: Where a file can't be read, or holds something else.
    func configuration(
        as identities: [TLSIdentity],
        parameters: TLSParameters,
        console: Console
    ) throws -> TLSServerConfiguration {
        let identities = identities.isEmpty ? [try selfSigned(console)] : identities
        var configuration = TLSServerConfiguration(
            identities: try ocsp.reduce(identities) { identities, path in
                try Staple(path: path).attached(to: identities, console)
            }
        )
        configuration.parameters = parameters
        if let roots = trustRoots(at: clientCa) {
            configuration.clientAuthentication = requireClientCert ? .required(.roots(roots)) : .optional(.roots(roots))
        }
        configuration.sessions.ticketCount = tickets
        configuration.sessions.lifetime = .seconds(sessionLifetime)
        configuration.sessions.ticketKeys = try ticketKey.map(Self.ticketKey)
        return configuration
    }

    private func selfSigned(_ console: Console) throws -> TLSIdentity {
        let identity = try TLSIdentity.selfSigned(for: ["localhost", "127.0.0.1", "::1"])
        console.note("self-signed identity for localhost, SHA-256 \(identity.leaf.fingerprint)")
        return identity
    }

    private static func ticketKey(at path: String) throws -> SessionTicketKey {
        let bytes = try Files.read(path, bytesMax: 4096)
        guard let key = SessionTicketKey(bytes: bytes) else {
            throw UsageError(
                "--ticket-key \(path): it has \(bytes.count) bytes and must have 80 or 48; try openssl rand 80"
            )
        }
        return key
    }
}
