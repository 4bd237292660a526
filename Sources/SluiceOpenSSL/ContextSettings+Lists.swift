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

    /// OpenSSL's spelling of a suite, the only one that its cipher lists take (`OPENSSL_cipher_name`).
    static func cipherListName(of name: String) -> String {
        guard let known = unsafe OPENSSL_cipher_name(name) else { return name }
        let translated = unsafe String(cString: known)
        return translated == "(NONE)" ? name : translated
    }
}
