import NIOSSL

/// What the client and the server of swift-nio-ssl are configured with.
///
/// TLS 1.3 suites can't be chosen there: BoringSSL prefers AES-128-GCM on machines with AES instructions, and the
/// self-check holds it to that. On TLS 1.2 P-256 stands beside X25519, as the leaf's curve is checked against the groups.
struct NIOSSLContexts {
    let client: NIOSSLContext
    let server: NIOSSLContext

    init(_ material: Material, _ version: Version, root: String) throws {
        var client = TLSConfiguration.makeClientConfiguration()
        client.trustRoots = .certificates(try NIOSSLCertificate.fromPEMBytes(Array(root.utf8)))
        let chain = try NIOSSLCertificate.fromPEMBytes(Array(material.chain.utf8))
        let key = try NIOSSLPrivateKey(bytes: Array(material.key.utf8), format: .pem)
        var server = TLSConfiguration.makeServerConfiguration(
            certificateChain: chain.map { .certificate($0) },
            privateKey: .privateKey(key)
        )
        Self.restrict(&client, to: version)
        Self.restrict(&server, to: version)
        self.client = try NIOSSLContext(configuration: client)
        self.server = try NIOSSLContext(configuration: server)
    }

    private static func restrict(_ configuration: inout TLSConfiguration, to version: Version) {
        switch version {
        case .tls13:
            configuration.minimumTLSVersion = .tlsv13
            configuration.maximumTLSVersion = .tlsv13
            configuration.curves = [.x25519]
        case .tls12:
            configuration.minimumTLSVersion = .tlsv12
            configuration.maximumTLSVersion = .tlsv12
            configuration.curves = [.x25519, .secp256r1]
            configuration.cipherSuiteValues = [.TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256]
        }
    }
}
