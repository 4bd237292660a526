import NIOSSL

/// The KEY=VALUE arguments.
struct Settings {
    private let values: [String: String]

    init(_ arguments: some Sequence<String>) {
        let pairs = arguments.map { $0.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false) }
        values = Dictionary(pairs.map { (String($0[0]), $0.count > 1 ? String($0[1]) : "") }) { $1 }
    }

    subscript(key: String) -> String? { values[key] }

    func number(_ key: String) -> Int { values[key].flatMap { Int($0) } ?? 0 }

    /// What this end may speak, and who it is.
    func configuration() throws -> TLSConfiguration {
        var configuration = try values["role"] == "server" ? serverConfiguration() : clientConfiguration()
        configuration.minimumTLSVersion = values["min"].flatMap { Self.versions[$0] } ?? .tlsv12
        configuration.maximumTLSVersion = values["max"].flatMap { Self.versions[$0] }
        configuration.applicationProtocols = values["alpn"]?.split(separator: ",").map { String($0) } ?? []
        if let group = values["group"].flatMap({ Self.groups[$0] }) { configuration.curves = [group] }
        if let roots = values["ca"] { configuration.trustRoots = .file(roots) }
        return configuration
    }

    private func serverConfiguration() throws -> TLSConfiguration {
        var configuration = try TLSConfiguration.makeServerConfiguration(certificateChain: chain(), privateKey: key())
        configuration.certificateVerification = values["auth"] == "required" ? .noHostnameVerification : .none
        return configuration
    }

    private func clientConfiguration() throws -> TLSConfiguration {
        var configuration = TLSConfiguration.makeClientConfiguration()
        if values["cert"] != nil {
            configuration.certificateChain = try chain()
            configuration.privateKey = try key()
        }
        return configuration
    }

    private func chain() throws -> [NIOSSLCertificateSource] {
        try NIOSSLCertificate.fromPEMFile(values["cert"] ?? "").map { .certificate($0) }
    }

    private func key() throws -> NIOSSLPrivateKeySource {
        try .privateKey(NIOSSLPrivateKey(file: values["key"] ?? "", format: .pem))
    }

    private static let versions: [String: TLSVersion] = [
        "1.0": .tlsv1, "1.1": .tlsv11, "1.2": .tlsv12, "1.3": .tlsv13,
    ]

    private static let groups: [String: NIOTLSCurve] = [
        "X25519": .x25519, "P-256": .secp256r1, "P-384": .secp384r1,
    ]
}
