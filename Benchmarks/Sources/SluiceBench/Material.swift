import Sluice

/// The identity that all peers use, made anew for each run: P-256, its own root.
struct Material {
    static let host = "bench.test"
    let identity: TLSIdentity
    let chain: String
    let key: String

    init() throws {
        identity = try TLSIdentity.selfSigned(for: [ServerName(stringLiteral: Self.host)])
        chain = identity.leaf.pem
        key = try identity.privateKey.dangerouslyExportedPEM()
    }
}
