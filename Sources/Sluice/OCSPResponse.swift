internal import SluiceOpenSSL

/// What an authority says of a certificate, signed and for a while: an OCSP response, RFC 6960.
///
/// A server that has one of its own certificate sends it along with it, so that clients need not ask the authority. See
/// ``TLSIdentity/stapling(_:)``. Its signature is for clients to check: nothing here does. Responses are equal if their
/// DER is.
public struct OCSPResponse: Hashable, Sendable {
    private let contents: OCSPContents

    /// Parses one response that fills `der` exactly.
    ///
    /// - Parameter der: At most ``TLSLimits/ocspResponseBytesMax`` bytes, as `openssl ocsp -respout` writes them.
    /// - Throws: ``TLSError/Code/invalidOCSPResponse``, also where the responder gave no answer but an excuse.
    public init(der: [UInt8]) throws(TLSError) {
        guard der.count <= TLSLimits.ocspResponseBytesMax else {
            let words = "an OCSP response of \(der.count) bytes; at most \(TLSLimits.ocspResponseBytesMax) can be sent"
            throw TLSError(.invalidOCSPResponse, fault: .caller, words)
        }
        contents = try TLSError.mapping { () throws(CredentialFailure) in try OCSPContents(der: der) }
    }

    /// The response in DER, byte for byte as it was signed.
    public var der: [UInt8] { contents.der }

    /// What it says, certificate by certificate; nearly always one, never none.
    public var answers: [Answer] { contents.answers.map(Answer.init) }

    /// What it says of one certificate.
    ///
    /// - Parameters:
    ///   - certificate: The certificate.
    ///   - issuer: Who signed it. If nil the issuer's name must be the same, its key isn't looked at.
    /// - Returns: The answer, or nil if the response is about others.
    public func answer(for certificate: Certificate, issuedBy issuer: Certificate?) -> Answer? {
        contents.answer(for: certificate.handle, issuer: issuer?.handle).map(Answer.init)
    }

    /// What is said of one certificate.
    public struct Answer: Hashable, Sendable {
        /// The certificate's serial number in lower-case hexadecimal.
        public let serialNumber: String

        /// What the authority says of it.
        public let status: Status

        /// When that was known to be so.
        public let thisUpdate: UnixTime

        /// When the next answer is due and this one outdated; nil where it doesn't say.
        public let nextUpdate: UnixTime?

        fileprivate init(_ answer: OCSPContents.Answer) {
            serialNumber = answer.serialHex
            status =
                switch answer.status {
                case .good: .good
                case .revoked: .revoked
                case .unknown: .unknown
                }
            thisUpdate = UnixTime(secondsSince1970: answer.thisUpdate)
            nextUpdate = answer.nextUpdate.map(UnixTime.init(secondsSince1970:))
        }

        /// Whether clients take it then: from ``thisUpdate`` until ``nextUpdate``.
        public func isCurrent(at time: UnixTime) -> Bool {
            thisUpdate <= time && nextUpdate.map { time <= $0 } ?? true
        }
    }

    /// What an authority can say of a certificate.
    public enum Status: Hashable, Sendable {
        /// It isn't revoked.
        case good
        /// It is revoked, for good or for now.
        case revoked
        /// The responder doesn't know it.
        case unknown
    }
}

extension OCSPResponse: CustomStringConvertible {
    /// `OCSP response: 1000 is good`.
    public var description: String {
        "OCSP response: " + answers.map { "\($0.serialNumber) is \($0.status)" }.joined(separator: ", ")
    }
}
