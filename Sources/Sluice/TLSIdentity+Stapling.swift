internal import SluiceOpenSSL

extension TLSIdentity {
    /// The same identity with an OCSP response that a server sends to clients that ask for one (RFC 6066 §8), or without.
    ///
    /// It is sent as long as the identity is in use, whatever the time: make another ``TLSContext`` before
    /// ``OCSPResponse/Answer/nextUpdate``. Clients send none, and none goes out where a session is resumed.
    ///
    /// - Parameter response: What the leaf's authority says of the leaf, good or not; nil for nothing.
    /// - Returns: The identity.
    /// - Throws: ``TLSError/Code/invalidOCSPResponse`` for a response about other certificates. Where the issuer isn't in
    ///   the chain, only its name tells.
    public func stapling(_ response: OCSPResponse?) throws(TLSError) -> TLSIdentity {
        if let response, response.answer(for: leaf, issuedBy: issuer) == nil {
            let others = response.answers.map(\.serialNumber).joined(separator: ", ")
            let words =
                "the OCSP response is not about \(leaf), number \(leaf.serialNumber), but about number \(others)"
            throw TLSError(.invalidOCSPResponse, fault: .caller, words + ", or of another issuer")
        }
        var identity = self
        identity.ocspResponse = response
        return identity
    }

    /// What the OCSP response says of the leaf; nil if there is no response.
    public var ocspAnswer: OCSPResponse.Answer? {
        ocspResponse?.answer(for: leaf, issuedBy: issuer)
    }

    /// Who signed the leaf, if the chain has it.
    private var issuer: Certificate? {
        certificateChain.dropFirst().first { $0.handle.isIssuer(of: leaf.handle) } ?? (leaf.isSelfSigned ? leaf : nil)
    }
}
