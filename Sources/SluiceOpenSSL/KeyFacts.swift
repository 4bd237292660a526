internal import COpenSSL

/// What can be told about a key, public or private, without showing it.
package struct KeyFacts: Hashable, Sendable {
    /// The family of the key.
    package let algorithm: Algorithm

    /// The size of the key in bits: 2048 for an RSA key, 256 for P-256.
    package let bits: Int

    /// The curve in OpenSSL's words (`prime256v1`), for keys on named curves.
    package let curve: String?

    /// The families that TLS certificates use, and the rest by name.
    package enum Algorithm: Hashable, Sendable {
        case rsa, rsaPSS, ec, ed25519, ed448
        case other(String)
    }

    /// Reads an `EVP_PKEY` (`EVP_PKEY_get_base_id`, `EVP_PKEY_get_bits`).
    init(of key: OpaquePointer) {
        switch unsafe EVP_PKEY_get_base_id(key) {
        case EVP_PKEY_RSA: algorithm = .rsa
        case EVP_PKEY_RSA_PSS: algorithm = .rsaPSS
        case EVP_PKEY_EC: algorithm = .ec
        case EVP_PKEY_ED25519: algorithm = .ed25519
        case EVP_PKEY_ED448: algorithm = .ed448
        default: algorithm = unsafe .other(Self.typeName(of: key))
        }
        bits = unsafe Int(EVP_PKEY_get_bits(key))
        curve = unsafe algorithm == .ec ? Self.curve(of: key) : nil
    }

    /// The provider's name of the key type (`EVP_PKEY_get0_type_name`).
    private static func typeName(of key: OpaquePointer) -> String {
        unsafe EVP_PKEY_get0_type_name(key).map { unsafe String(cString: $0) } ?? "unknown"
    }

    /// The name of the curve (`EVP_PKEY_get_group_name`); nil for explicit parameters, which TLS forbids.
    private static func curve(of key: OpaquePointer) -> String? {
        unsafe withUnsafeTemporaryAllocation(of: CChar.self, capacity: curveNameBytesMax) { buffer in
            var count = 0
            guard unsafe EVP_PKEY_get_group_name(key, buffer.baseAddress, buffer.count, &count) == 1,
                let start = buffer.baseAddress
            else { return nil }
            return unsafe String(cString: start)
        }
    }
}

/// The longest curve name that OpenSSL 3 knows has 20 letters (`brainpoolP512t1` and kin).
private let curveNameBytesMax = 80
