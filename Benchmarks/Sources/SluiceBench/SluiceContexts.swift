import Sluice

/// What the client and the server of Sluice are configured with.
struct SluiceContexts {
    let client: TLSContext
    let server: TLSContext

    init(_ material: Material, _ version: TLSVersion, root: String) throws {
        var client = TLSClientConfiguration.client(to: ServerName(stringLiteral: Material.host))
        client.verification = .roots(try .pem(Array(root.utf8)))
        client.parameters = Self.parameters(version)
        var server = TLSServerConfiguration.server(
            try TLSIdentity(pemChain: Array(material.chain.utf8), pemKey: Array(material.key.utf8))
        )
        server.parameters = Self.parameters(version)
        self.client = try TLSContext(client)
        self.server = try TLSContext(server)
    }

    private static func parameters(_ version: TLSVersion) -> TLSParameters {
        var parameters = TLSParameters()
        parameters.versions = version...version
        parameters.cipherSuites = ["TLS_AES_128_GCM_SHA256"]
        parameters.tls12CipherSuites = ["ECDHE-ECDSA-AES128-GCM-SHA256"]
        // With TLS 1.2 the certificate's curve must be in the list too.
        parameters.groups = version == .tls12 ? ["X25519", "P-256"] : ["X25519"]
        return parameters
    }
}
