import ArgumentParser
import Sluice
import SluicePOSIX

/// The options of TLS that both ends have.
struct ProtocolOptions: ParsableArguments {
    @Option(help: ArgumentHelp("Application protocols, best first.", valueName: "a,b"))
    var alpn: String?

    @Option(help: ArgumentHelp("The oldest version to speak.", valueName: "version"))
    var tlsMin = VersionArgument.tls12

    @Option(help: ArgumentHelp("The newest version to speak.", valueName: "version"))
    var tlsMax = VersionArgument.tls13

    @Option(
        help: ArgumentHelp(
            "Cipher suites, best first; those of each version replace that version's defaults.",
            valueName: "a,b"
        )
    )
    var ciphers: String?

    @Option(help: ArgumentHelp("Groups for the key exchange, best first: X25519,P-256.", valueName: "a,b"))
    var groups: String?

    @Option(
        help: ArgumentHelp(
            "Append the keys that decrypt the connection to this file; else SSLKEYLOGFILE names it.",
            valueName: "file"
        )
    )
    var keylog: String?

    @Flag(help: "Show each record and handshake message: >> sent, << received.")
    var trace = false

    func validate() throws {
        if tlsMin.version > tlsMax.version {
            throw ValidationError("--tls-min \(tlsMin.rawValue) is above --tls-max \(tlsMax.rawValue).")
        }
        _ = try applicationProtocols()
    }

    /// Where keys are logged, if anywhere.
    var keyLogPath: String? { keylog ?? EnvironmentVariable.value(of: "SSLKEYLOGFILE") }

    /// The options as an engine takes them.
    func parameters() throws -> TLSParameters {
        var parameters = TLSParameters()
        parameters.versions = tlsMin.version...tlsMax.version
        parameters.applicationProtocols = try applicationProtocols()
        let suites = names(in: ciphers)
        parameters.cipherSuites = suites.filter(isTLS13Suite).map { CipherSuite($0) }
        parameters.tls12CipherSuites = suites.filter { !isTLS13Suite($0) }.map { CipherSuite($0) }
        parameters.groups = names(in: groups).map { NamedGroup($0) }
        if trace { parameters.observations.formUnion([.messages, .records]) }
        if keyLogPath != nil { parameters.observations.insert(.keyLog) }
        return parameters
    }

    private func applicationProtocols() throws -> [ApplicationProtocol] {
        try names(in: alpn).map { name in
            guard let parsed = ApplicationProtocol(name) else {
                throw ValidationError("--alpn: \"\(name)\" has more than 255 bytes.")
            }
            return parsed
        }
    }

    /// Names between commas, or colons as in OpenSSL's lists.
    private func names(in list: String?) -> [String] {
        (list ?? "").split { $0 == "," || $0 == ":" }.map { $0.filter { !$0.isWhitespace } }.filter { !$0.isEmpty }
    }

    /// In the RFCs' names only the suites of TLS 1.2 and before say what they are used `_WITH_`.
    private func isTLS13Suite(_ name: String) -> Bool {
        name.hasPrefix("TLS_") && !name.contains("_WITH_")
    }
}
