internal import Sluice

extension ConfiguredFiles {
    /// The identity in some files; nil if something was noted as a problem.
    func identity(_ files: ProxyConfiguration.IdentityFiles, _ key: String) -> TLSIdentity? {
        var passphrase: Passphrase?
        if let path = files.passphrase {
            passphrase = self.passphrase(path, "\(key).passphrase_file")
            if passphrase == nil { return nil }
        }
        guard let identity = identity(files, key, passphrase: passphrase) else { return nil }
        warnOfDates(of: identity, "\(key).certificate")
        guard let path = files.ocspResponse else { return identity }
        return staple(path, to: identity, "\(key).ocsp_staple")
    }

    private func identity(
        _ files: ProxyConfiguration.IdentityFiles,
        _ key: String,
        passphrase: Passphrase?
    ) -> TLSIdentity? {
        let certificateKey = "\(key).certificate"
        guard let keyPath = files.key else {
            guard let bytes = readSecret(files.certificate, certificateKey) else { return nil }
            return parse(files.certificate, certificateKey) { () throws(TLSError) in
                guard bytes.isPEM else { return try TLSIdentity(pkcs12: bytes, passphrase: passphrase) }
                return try TLSIdentity(pemChain: bytes, pemKey: bytes, passphrase: passphrase)
            }
        }
        let chain = read(files.certificate, certificateKey).flatMap { bytes in
            parse(files.certificate, certificateKey) { () throws(TLSError) in try bytes.certificates }
        }
        let privateKey = readSecret(keyPath, "\(key).key").flatMap { bytes in
            parse(keyPath, "\(key).key") { () throws(TLSError) in
                bytes.isPEM
                    ? try PrivateKey(pem: bytes, passphrase: passphrase)
                    : try PrivateKey(der: bytes, passphrase: passphrase)
            }
        }
        guard let chain, let privateKey else { return nil }
        return parse(keyPath, "\(key).key") { () throws(TLSError) in
            try TLSIdentity(certificateChain: chain, privateKey: privateKey)
        }
    }

    private func passphrase(_ path: String, _ key: String) -> Passphrase? {
        guard let bytes = readSecret(path, key) else { return nil }
        let line = bytes.prefix { $0 != UInt8(ascii: "\n") }
        return Passphrase(bytes: Array(line.last == UInt8(ascii: "\r") ? line.dropLast() : line))
    }

    private func staple(_ path: String, to identity: TLSIdentity, _ key: String) -> TLSIdentity? {
        guard let bytes = read(path, key) else { return nil }
        let stapled = parse(path, key) { () throws(TLSError) in try identity.stapling(OCSPResponse(der: bytes)) }
        guard let answer = stapled?.ocspAnswer else { return stapled }
        if answer.status != .good { warn(.expiry, key, "\(path) says that the certificate is \(answer.status)") }
        if !answer.isCurrent(at: now) {
            let end = answer.nextUpdate.map { "\($0)" } ?? "its next update"
            warn(.expiry, key, "\(path) is for \(answer.thisUpdate) to \(end): clients won't take it now")
        }
        return stapled
    }

    private func warnOfDates(of identity: TLSIdentity, _ key: String) {
        for certificate in identity.certificateChain {
            if let start = certificate.notBefore, start > now {
                warn(.expiry, key, "\(certificate) isn't valid before \(start)")
            }
            guard let days = certificate.daysLeft(at: now), days < ServiceLimits.expiryWarningDays else { continue }
            let when = certificate.notAfter.map { "\($0)" } ?? ""
            warn(.expiry, key, "\(certificate) \(days < 0 ? "has expired" : "expires in \(days) days"): \(when)")
        }
    }
}

extension Certificate {
    /// Whole days until it expires, -1 and less if it has; nil if it holds no good time.
    func daysLeft(at now: UnixTime) -> Int? {
        guard let end = notAfter else { return nil }
        let seconds = end.secondsSince1970 - now.secondsSince1970
        return seconds < 0 ? -1 : Int(seconds / 86_400)
    }
}

extension [UInt8] {
    /// Whether it is text: DER begins with a SEQUENCE, 0x30, which is the digit 0.
    var isPEM: Bool { first != 0x30 }

    /// The certificates of a PEM file, or the one of a DER file.
    fileprivate var certificates: [Certificate] {
        get throws(TLSError) { isPEM ? try Certificate.certificates(pem: self) : [try Certificate(der: self)] }
    }
}
