internal import SluiceOpenSSL

/// The name of something that libssl chooses from.
///
/// libssl knows which names there are, and that differs by release and provider; so a name is checked when a
/// ``TLSContext`` is made, and the error says which one is unknown.
public protocol AlgorithmName: CustomStringConvertible, ExpressibleByStringLiteral, Hashable, Sendable {
    /// The name as it was given, or the RFC's or libssl's where the engine tells what was negotiated.
    var name: String { get }

    /// Something with this name, known or not.
    init(_ name: String)
}

extension AlgorithmName {
    /// Something with this name, known or not.
    public init(stringLiteral name: String) {
        self.init(name)
    }

    /// The name.
    public var description: String { name }
}

/// A cipher suite: `TLS_AES_128_GCM_SHA256`; for TLS 1.2 OpenSSL's spelling is taken too,
/// `ECDHE-RSA-AES128-GCM-SHA256`.
public struct CipherSuite: AlgorithmName {
    /// The name as it was given, or the RFC's where the engine tells what was negotiated.
    public let name: String

    /// A suite with this name, known or not.
    public init(_ name: String) {
        self.name = name
    }

    /// OpenSSL's spelling, which other software knows a suite of TLS 1.2 by: `ECDHE-RSA-AES128-GCM-SHA256`. The name
    /// itself where OpenSSL knows none.
    public var openSSLName: String { ContextSettings.cipherListName(of: name) }
}

/// A group for the key exchange: `X25519`, `secp256r1` or `P-256`, `ffdhe2048`.
public struct NamedGroup: AlgorithmName {
    /// The name as it was given, or libssl's where the engine tells what was negotiated.
    public let name: String

    /// A group with this name, known or not.
    public init(_ name: String) {
        self.name = name
    }
}

/// A signature algorithm: `ecdsa_secp256r1_sha256`, `rsa_pss_rsae_sha256`, `ed25519`; OpenSSL's `ECDSA+SHA256` is
/// taken too.
public struct SignatureAlgorithm: AlgorithmName {
    /// The name as it was given, or the RFC's where the engine tells what was negotiated.
    public let name: String

    /// An algorithm with this name, known or not.
    public init(_ name: String) {
        self.name = name
    }
}
