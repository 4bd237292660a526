internal import SluiceOpenSSL

/// The kind of a public or private key.
public enum KeyKind: Hashable, Sendable {
    /// RSA with a modulus of so many bits.
    case rsa(bits: Int)
    /// RSA that may sign with PSS padding only.
    case rsaPSS(bits: Int)
    /// A key on an elliptic curve by name, in NIST's words where there are any: `P-256`.
    case ecdsa(curve: String)
    /// Edwards curve 25519, RFC 8032.
    case ed25519
    /// Edwards curve 448, RFC 8032.
    case ed448
    /// Something that can't sign in TLS, in OpenSSL's words.
    case other(String)

    init(_ facts: KeyFacts) {
        switch facts.algorithm {
        case .rsa: self = .rsa(bits: facts.bits)
        case .rsaPSS: self = .rsaPSS(bits: facts.bits)
        case .ec: self = .ecdsa(curve: Self.name(ofCurve: facts.curve ?? "without a name"))
        case .ed25519: self = .ed25519
        case .ed448: self = .ed448
        case .other(let name): self = .other(name)
        }
    }

    private static func name(ofCurve curve: String) -> String {
        switch curve {
        case "prime256v1": "P-256"
        case "secp384r1": "P-384"
        case "secp521r1": "P-521"
        default: curve
        }
    }
}

extension KeyKind: CustomStringConvertible {
    /// `RSA 2048`, `ECDSA P-256`, `Ed25519`.
    public var description: String {
        switch self {
        case .rsa(let bits): "RSA \(bits)"
        case .rsaPSS(let bits): "RSA-PSS \(bits)"
        case .ecdsa(let curve): "ECDSA \(curve)"
        case .ed25519: "Ed25519"
        case .ed448: "Ed448"
        case .other(let name): name
        }
    }
}
