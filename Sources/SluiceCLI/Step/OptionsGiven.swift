// Which options of a group are on the command line, for a command that can't always heed them.

extension ProtocolOptions {
    /// Those that an engine is made from. A default that is spelled out isn't told from one that isn't.
    var given: [String] {
        names(
            ("--alpn", alpn != nil),
            ("--tls-min", tlsMin != .tls12),
            ("--tls-max", tlsMax != .tls13),
            ("--ciphers", ciphers != nil),
            ("--groups", groups != nil)
        )
    }
}

extension IdentityOptions {
    /// All of them.
    var given: [String] {
        names(("--cert", !cert.isEmpty), ("--key", !key.isEmpty), ("--passphrase-file", passphraseFile != nil))
    }
}

extension ClientOptions {
    /// All of them.
    var given: [String] {
        names(
            ("--server-name", serverName != nil),
            ("--ca", !ca.isEmpty),
            ("--dangerously-no-verification", dangerouslyNoVerification)
        )
    }
}

extension ServerOptions {
    /// All of them. A default that is spelled out isn't told from one that isn't.
    var given: [String] {
        names(
            ("--client-ca", !clientCa.isEmpty),
            ("--require-client-cert", requireClientCert),
            ("--tickets", tickets != 2),
            ("--ticket-key", !ticketKey.isEmpty),
            ("--session-lifetime", sessionLifetime != 7200),
            ("--ocsp", !ocsp.isEmpty)
        )
    }
}

private func names(_ options: (name: String, isGiven: Bool)...) -> [String] {
    options.filter(\.isGiven).map(\.name)
}
