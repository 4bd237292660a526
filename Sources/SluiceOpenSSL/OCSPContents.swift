internal import COpenSSL

/// What an OCSP response holds, RFC 6960 §4.2: values alone. Nobody has checked its signature.
package struct OCSPContents: Hashable, Sendable {
    /// The response in DER, as it was signed.
    package let der: [UInt8]

    /// What it says, certificate by certificate; never empty.
    package let answers: [Answer]

    /// What it says of one certificate, a SingleResponse.
    package struct Answer: Hashable, Sendable {
        /// The certificate that it is about.
        let certificate: OCSPCertificateID
        /// What the authority says of it.
        package let status: Status
        /// From when that is known to hold, in seconds since 1970.
        package let thisUpdate: Int64
        /// When the next answer is due, likewise; nil where it doesn't say.
        package let nextUpdate: Int64?

        /// The certificate's serial number in lower-case hexadecimal.
        package var serialHex: String { certificate.serialHex }
    }

    /// What an authority can say of a certificate.
    package enum Status: Hashable, Sendable {
        case good, revoked, unknown
    }

    /// Parses one response that fills `bytes` exactly (`d2i_OCSP_RESPONSE`, `OCSP_response_get1_basic`).
    ///
    /// - Throws: `unusableOCSPResponse` that names what is wrong.
    package init(der bytes: [UInt8]) throws(CredentialFailure) {
        ERR_clear_error()
        guard let response = unsafe Self.decode(bytes) else {
            throw CredentialFailure(.unusableOCSPResponse, "\(bytes.count) bytes are not one OCSP response in DER")
        }
        defer { unsafe OCSP_RESPONSE_free(response) }
        let status = unsafe OCSP_response_status(response)
        guard status == OCSP_RESPONSE_STATUS_SUCCESSFUL else {
            let name = unsafe String(cString: OCSP_response_status_str(Int(status)))
            throw CredentialFailure(.unusableOCSPResponse, "the OCSP responder gave no answer but \(name) (\(status))")
        }
        guard let basic = unsafe OCSP_response_get1_basic(response) else {
            throw CredentialFailure(.unusableOCSPResponse, "the OCSP response is of no type that OpenSSL knows")
        }
        defer { unsafe OCSP_BASICRESP_free(basic) }
        der = bytes
        answers = try unsafe Self.answers(in: basic)
    }

    /// `d2i_OCSP_RESPONSE`, which must use every byte.
    private static func decode(_ bytes: [UInt8]) -> OpaquePointer? {
        unsafe bytes.withUnsafeBufferPointer { buffer in
            var next = buffer.baseAddress
            guard let response = unsafe d2i_OCSP_RESPONSE(nil, &next, buffer.count) else { return nil }
            if unsafe next == buffer.baseAddress.map({ unsafe $0 + buffer.count }) { return unsafe response }
            unsafe OCSP_RESPONSE_free(response)
            return nil
        }
    }

    /// Each SingleResponse (`OCSP_resp_count`, `OCSP_resp_get0`).
    private static func answers(in basic: OpaquePointer) throws(CredentialFailure) -> [Answer] {
        var answers: [Answer] = []
        for index in 0..<max(0, unsafe OCSP_resp_count(basic)) {
            guard let single = unsafe OCSP_resp_get0(basic, index), let answer = unsafe answer(in: single) else {
                let words = "answer \(index + 1) of the OCSP response holds no good identifier, status or time"
                throw CredentialFailure(.unusableOCSPResponse, words)
            }
            answers.append(answer)
        }
        if answers.isEmpty {
            throw CredentialFailure(.unusableOCSPResponse, "the OCSP response is about no certificate")
        }
        return answers
    }

    /// One SingleResponse, if it is sound (`OCSP_single_get0_status`).
    private static func answer(in single: OpaquePointer) -> Answer? {
        var reason: CInt = 0
        var revocationTime: UnsafeMutablePointer<ASN1_GENERALIZEDTIME>?
        var thisUpdate: UnsafeMutablePointer<ASN1_GENERALIZEDTIME>?
        var nextUpdate: UnsafeMutablePointer<ASN1_GENERALIZEDTIME>?
        let number = unsafe OCSP_single_get0_status(single, &reason, &revocationTime, &thisUpdate, &nextUpdate)
        guard let status = Status(number: number), let from = unsafe secondsSince1970(thisUpdate),
            let certificate = unsafe OCSPCertificateID(OCSP_SINGLERESP_get0_id(single))
        else { return nil }
        let until = unsafe secondsSince1970(nextUpdate)
        guard unsafe nextUpdate == nil || until != nil else { return nil }
        return Answer(certificate: certificate, status: status, thisUpdate: from, nextUpdate: until)
    }

    /// What it says of a certificate, and of no other with the same number: the issuer's name must be the same, and if
    /// the issuer is at hand its key too.
    package func answer(for certificate: X509Handle, issuer: X509Handle?) -> Answer? {
        answers.first { $0.certificate.isOf(certificate, issuer: issuer) }
    }
}

extension OCSPContents.Status {
    fileprivate init?(number: CInt) {
        switch number {
        case V_OCSP_CERTSTATUS_GOOD: self = .good
        case V_OCSP_CERTSTATUS_REVOKED: self = .revoked
        case V_OCSP_CERTSTATUS_UNKNOWN: self = .unknown
        default: return nil
        }
    }
}
