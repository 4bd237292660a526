internal import SluiceOpenSSL

extension TLSIdentity {
    /// A fresh identity that vouches for itself, for demonstrations and tests: peers accept it only if it is among their
    /// roots.
    ///
    /// Sluice reads no clock, so unless you give times it is valid from 2000-01-01T00:00:00Z until
    /// 9999-12-31T23:59:59Z, which RFC 5280 §4.1.2.5 sets aside for certificates without an end.
    ///
    /// - Parameters:
    ///   - names: The host names and addresses that it is for; at least one. The first is also the common name.
    ///   - key: The kind of key to make.
    ///   - validFrom: The first second at which it is valid; not before 1970.
    ///   - validUntil: The last, likewise; at most 9999-12-31T23:59:59Z.
    /// - Returns: An identity whose chain is one certificate.
    /// - Throws: ``TLSError/Code/invalidConfiguration`` for no names or times out of order.
    public static func selfSigned(
        for names: [ServerName],
        key: PrivateKey.Generated = .p256,
        validFrom: UnixTime = .beginningOf2000,
        validUntil: UnixTime = .endOf9999
    ) throws(TLSError) -> TLSIdentity {
        guard let first = names.first else {
            throw TLSError(.invalidConfiguration, fault: .caller, "a self-signed identity needs at least one name")
        }
        guard (0 ... .endOf9999).contains(validFrom), validFrom <= validUntil, validUntil <= .endOf9999 else {
            let words = "a certificate can't be valid from \(validFrom) until \(validUntil)"
            throw TLSError(.invalidConfiguration, fault: .caller, words)
        }
        let contents = SelfSignedContents(
            dnsNames: names.filter { $0.kind == .dnsName }.map(\.description),
            ipAddresses: names.compactMap(\.addressBytes),
            commonName: first.description,
            notBefore: validFrom.secondsSince1970,
            notAfter: validUntil.secondsSince1970
        )
        let privateKey = try PrivateKey.generate(key)
        let leaf = try TLSError.mapping { () throws(CredentialFailure) in
            try X509Handle.selfSigned(contents, with: privateKey.handle)
        }
        return try TLSIdentity(certificateChain: [Certificate(leaf)], privateKey: privateKey)
    }
}
