package import SluiceOpenSSL

extension VerificationFailure {
    /// What OpenSSL held against a chain; nil if it accepted it.
    package init?(_ verdict: ChainVerdict) {
        if verdict.isAccepted { return nil }
        self.init(
            Reason(rawValue: verdict.code),
            depth: verdict.depth,
            certificate: verdict.certificate.map(Certificate.init)
        )
    }
}
