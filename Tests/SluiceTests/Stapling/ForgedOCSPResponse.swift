import COpenSSL
import Fixtures
import Sluice
import Testing

/// An OCSP response written out by hand, RFC 6960 §4.2.1. Nobody has signed it, and nothing that Sluice does asks for that.
struct ForgedOCSPResponse {
    /// The responder's word for the whole: 0 is an answer, anything else an excuse.
    var status: UInt8 = 0

    /// What it says of certificates.
    var answers: [Answer]

    /// The signature's length.
    var signatureByteCount = 64

    struct Answer {
        /// A CertID in DER.
        var identifier: [UInt8]
        /// `[0] good`, `[1] revoked` with a time, `[2] unknown`.
        var status: [UInt8] = [0x80, 0]
        /// As GeneralizedTime.
        var thisUpdate = "20250101000000Z"
        var nextUpdate: String? = "20250108000000Z"

        /// That the leaf is good.
        init(for leaf: Certificate, issuer: Certificate) {
            identifier = ForgedOCSPResponse.identifier(of: leaf, issuer: issuer)
        }
    }

    /// That a fixture's leaf is good, which the intermediate has signed.
    init(_ fixture: Fixtures.Identity = Fixtures.serverECDSA) {
        let chain = TLSIdentity.fixture(fixture).certificateChain
        answers = [Answer(for: chain[0], issuer: chain[1])]
    }

    init(_ answers: [Answer]) {
        self.answers = answers
    }

    /// The response in DER.
    var der: [UInt8] {
        guard status == 0 else { return tlv(0x30, tlv(0x0A, [status])) }
        let data = tlv(0xA2, tlv(0x04, Array(repeating: 1, count: 20))) + time("20250101000000Z")
        let list = tlv(0x30, answers.flatMap { answer($0) })
        let algorithm = tlv(0x30, [0x06, 0x08, 0x2A, 0x86, 0x48, 0xCE, 0x3D, 0x04, 0x03, 0x02])
        let signature = tlv(0x03, [0] + Array(repeating: 2, count: signatureByteCount))
        let basic = tlv(0x30, tlv(0x30, data + list) + algorithm + signature)
        let type: [UInt8] = [0x06, 0x09, 0x2B, 0x06, 0x01, 0x05, 0x05, 0x07, 0x30, 0x01, 0x01]
        return tlv(0x30, tlv(0x0A, [0]) + tlv(0xA0, tlv(0x30, type + tlv(0x04, basic))))
    }

    /// The same of so many bytes.
    func padded(to byteCount: Int) -> ForgedOCSPResponse {
        var padded = self
        // Lengths take one byte more here and there, so the second step may be needed.
        for _ in 0..<4 { padded.signatureByteCount += byteCount - padded.der.count }
        return padded
    }

    private func answer(_ answer: Answer) -> [UInt8] {
        let until = answer.nextUpdate.map { tlv(0xA0, time($0)) } ?? []
        return tlv(0x30, answer.identifier + answer.status + time(answer.thisUpdate) + until)
    }

    private func time(_ text: String) -> [UInt8] { tlv(0x18, Array(text.utf8)) }

    /// Tag, length, value.
    private func tlv(_ tag: UInt8, _ value: [UInt8]) -> [UInt8] {
        let count = value.count
        if count < 128 { return [tag, UInt8(count)] + value }
        if count < 256 { return [tag, 0x81, UInt8(count)] + value }
        return [tag, 0x82, UInt8(count >> 8), UInt8(count & 255)] + value
    }

    /// OpenSSL's own name for a certificate in OCSP, with SHA-256 in it.
    private static func identifier(of leaf: Certificate, issuer: Certificate) -> [UInt8] {
        func parse(_ der: [UInt8]) -> OpaquePointer? {
            der.withUnsafeBufferPointer { buffer in
                var next = buffer.baseAddress
                return d2i_X509(nil, &next, buffer.count)
            }
        }
        let (leaf, issuer) = (parse(leaf.der), parse(issuer.der))
        let identifier = OCSP_cert_to_id(EVP_sha256(), leaf, issuer)
        defer {
            OCSP_CERTID_free(identifier)
            X509_free(leaf)
            X509_free(issuer)
        }
        var bytes = [UInt8](repeating: 0, count: Int(i2d_OCSP_CERTID(identifier, nil)))
        bytes.withUnsafeMutableBufferPointer { buffer in
            var next = buffer.baseAddress
            _ = i2d_OCSP_CERTID(identifier, &next)
        }
        return bytes
    }
}

extension OCSPResponse {
    /// That a fixture's leaf is good.
    static func fixture(_ fixture: Fixtures.Identity) -> OCSPResponse {
        do { return try OCSPResponse(der: ForgedOCSPResponse(fixture).der) } catch { fatalError("\(error)") }
    }
}

extension TLSIdentity {
    /// An identity of the test PKI, and that it is good.
    static func stapled(_ fixture: Fixtures.Identity) -> TLSIdentity {
        do { return try .fixture(fixture).stapling(.fixture(fixture)) } catch { fatalError("\(error)") }
    }
}
