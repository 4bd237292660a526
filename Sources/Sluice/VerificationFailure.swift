internal import SluiceOpenSSL

/// Why a certificate chain was not accepted.
public struct VerificationFailure: Hashable, Sendable {
    /// What was wrong, to branch on.
    public let reason: Reason

    /// Which certificate of the chain it was, counted from the leaf, which is 0.
    public let depth: Int

    /// That certificate; nil where it isn't about one.
    public let certificate: Certificate?

    /// A failure with these parts.
    public init(_ reason: Reason, depth: Int = 0, certificate: Certificate? = nil) {
        self.reason = reason
        self.depth = depth
        self.certificate = certificate
    }
}

extension VerificationFailure: CustomStringConvertible {
    /// What OpenSSL calls it, where, and about whom: `certificate has expired at depth 0: CN=server.test`.
    public var description: String {
        let place = "\(reason) at depth \(depth)"
        return certificate.map { "\(place): \($0)" } ?? place
    }
}
