extension Fixtures {
    /// A certificate chain as its owner sends it, leaf first, and the key of the leaf; both PEM.
    public struct Identity: Hashable, Sendable, CustomStringConvertible {
        /// The name that the files share: `server-ecdsa`.
        public let name: String

        /// Names the files of the same name.
        public init(name: String) {
            self.name = name
        }

        /// The chain.
        public var chain: [UInt8] { Fixtures.bytes("\(name).pem") }

        /// The key, not encrypted.
        public var key: [UInt8] { Fixtures.bytes("\(name).key.pem") }

        /// Where the chain is.
        public var chainPath: String { Fixtures.path("\(name).pem") }

        /// Where the key is.
        public var keyPath: String { Fixtures.path("\(name).key.pem") }

        /// The name that the files share.
        public var description: String { name }
    }

    /// `server.test`, `localhost`, `127.0.0.1` and `::1`, ECDSA P-256, under the intermediate.
    public static let serverECDSA = Identity(name: "server-ecdsa")
    /// The same names, RSA 2048.
    public static let serverRSA = Identity(name: "server-rsa")
    /// The same names, Ed25519.
    public static let serverEd25519 = Identity(name: "server-ed25519")
    /// `other.test` and `*.other.test`.
    public static let other = Identity(name: "other")
    /// A client's: no server may use it.
    public static let client = Identity(name: "client")
    /// Over since 2001.
    public static let expired = Identity(name: "expired")
    /// Begins in 2190.
    public static let notYetValid = Identity(name: "not-yet-valid")
    /// For `elsewhere.test` alone.
    public static let wrongHost = Identity(name: "wrong-host")
    /// Revoked by `intermediate.crl.pem`.
    public static let revoked = Identity(name: "revoked")
    /// RSA 1024, which security level 1 takes and level 2 doesn't.
    public static let weak = Identity(name: "weak")
    /// Under the root, with no intermediate.
    public static let underRoot = Identity(name: "under-root")
    /// Under an intermediate that `root.crl.pem` revokes.
    public static let underRevoked = Identity(name: "under-revoked")
    /// Signed by itself.
    public static let selfSigned = Identity(name: "self-signed")
    /// Signed by itself, with an RSA key that is for PSS alone.
    public static let selfSignedRSAPSS = Identity(name: "self-signed-rsa-pss")
    /// Signed by itself, ECDSA P-521.
    public static let selfSignedP521 = Identity(name: "self-signed-p521")
    /// Signed by itself, Ed448.
    public static let selfSignedEd448 = Identity(name: "self-signed-ed448")
    /// Under eight intermediates of about 3 KiB each.
    public static let longChain = Identity(name: "long-chain")

    /// The root of all but those that signed themselves, PEM.
    public static var root: [UInt8] { bytes("root.pem") }
    /// A root that signed nothing here, PEM.
    public static var stranger: [UInt8] { bytes("stranger.pem") }
}
