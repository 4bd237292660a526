internal import COpenSSL

// Names as libssl takes them: lists with colons, the default spelled out where none were given. A connection that changes
// its context needs the default in words, because there the first context's list is set already.

extension ContextSettings {
    /// TLS 1.3 suites (`OSSL_default_ciphersuites`).
    var cipherSuiteList: String {
        cipherSuites.isEmpty ? unsafe String(cString: OSSL_default_ciphersuites()) : cipherSuites.joined(separator: ":")
    }

    /// TLS 1.2 suites. The default: AEAD suites with forward secrecy, RFC 9325 §4.2.
    var tls12CipherList: String {
        tls12CipherSuites.isEmpty
            ? "ECDHE+AESGCM:ECDHE+CHACHA20:DHE+AESGCM:DHE+CHACHA20"
            : tls12CipherSuites.map(Self.cipherListName).joined(separator: ":")
    }

    /// Groups.
    var groupList: String {
        groups.isEmpty ? SLUICE_GROUPS_DEFAULT : groups.joined(separator: ":")
    }

    /// Signature algorithms; nil for libssl's own choice, which the machine's openssl.cnf may have replaced. Where engines
    /// are repeatable that won't do, and the choice is spelled out.
    func signatureAlgorithmList(isRepeatable: Bool) -> String? {
        if !signatureAlgorithms.isEmpty { return signatureAlgorithms.joined(separator: ":") }
        return isRepeatable ? signatureAlgorithmsDefault.joined(separator: ":") : nil
    }

    /// OpenSSL's spelling of a suite, the only one that its cipher lists take (`OPENSSL_cipher_name`).
    package static func cipherListName(of name: String) -> String {
        guard let known = unsafe OPENSSL_cipher_name(name) else { return name }
        let translated = unsafe String(cString: known)
        return translated == "(NONE)" ? name : translated
    }
}

/// What libssl offers when it is told nothing, in its order (`tls12_sigalgs` of 3.0). The security level takes some away.
private let signatureAlgorithmsDefault = [
    "ecdsa_secp256r1_sha256", "ecdsa_secp384r1_sha384", "ecdsa_secp521r1_sha512", "ed25519", "ed448",
    "rsa_pss_pss_sha256", "rsa_pss_pss_sha384", "rsa_pss_pss_sha512",
    "rsa_pss_rsae_sha256", "rsa_pss_rsae_sha384", "rsa_pss_rsae_sha512",
    "rsa_pkcs1_sha256", "rsa_pkcs1_sha384", "rsa_pkcs1_sha512",
    "ECDSA+SHA224", "ECDSA+SHA1", "RSA+SHA224", "RSA+SHA1",
    "DSA+SHA224", "DSA+SHA1", "DSA+SHA256", "DSA+SHA384", "DSA+SHA512",
]
