import Sluice

extension Certificate {
    /// What `--show-certs` shows: who, by whom, when, for what names, and the PEM.
    func report(depth: Int) -> String {
        let names = dnsNames + ipAddresses + emailAddresses + uris
        return """
            certificate \(depth): \(description.printable)
              issuer:      \(issuer.printable)
              valid:       \(notBefore?.description ?? "?") to \(notAfter?.description ?? "?")
              key:         \(keyKind.map { "\($0)" } ?? "unknown")
              names:       \(names.isEmpty ? "none" : names.joined(separator: ", ").printable)
              fingerprint: SHA-256 \(fingerprint)
            \(pem)
            """
    }
}
