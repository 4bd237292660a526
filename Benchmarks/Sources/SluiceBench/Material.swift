import CLoop

/// Certificates and keys that all peers use, made anew for each run: P-256, one CA above the leaf. All in PEM.
struct Material {
    /// Whom the leaf is for.
    static let host = "bench.test"

    /// The server's leaf. Its CA's certificate isn't sent.
    let chain: String
    /// The leaf's private key, PKCS#8.
    let key: String
    /// The CA that signed the leaf.
    let root: String
    /// A CA that signed nothing.
    let otherRoot: String

    /// Makes everything with libcrypto.
    ///
    /// - Throws: `PeerFailure` with what libcrypto says.
    init() throws {
        var made = material_pem()
        var words = [CChar](repeating: 0, count: 320)
        defer { material_free(&made) }
        guard material_make(Self.host, &made, &words, words.count), let chain = made.chain, let key = made.key,
            let root = made.root, let otherRoot = made.other_root
        else {
            throw PeerFailure(
                peer: "material",
                words: words.withUnsafeBytes { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
            )
        }
        self.chain = String(cString: chain)
        self.key = String(cString: key)
        self.root = String(cString: root)
        self.otherRoot = String(cString: otherRoot)
    }
}
