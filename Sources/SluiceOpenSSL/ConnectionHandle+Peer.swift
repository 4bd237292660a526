internal import COpenSSL

// Whom a client talks to, and the session that it offers.

extension ConnectionHandle {
    /// Sends this host name in the ClientHello (`SSL_set_tlsext_host_name`, RFC 6066 §3; never an IP address).
    package mutating func setServerName(_ hostName: String) -> Bool {
        unsafe sluice_SSL_set_tlsext_host_name(ssl, hostName) == 1
    }

    /// By what the context judges certificates, without a name.
    package var verificationParameters: VerificationParameters { context.settings.verification.parameters }

    /// Demands that the peer's certificate bears the name in `parameters`. What else the context judges it by an `SSL` takes over
    /// when it is made (`SSL_new`).
    package mutating func verifyPeerName(_ parameters: VerificationParameters) throws(CredentialFailure) {
        guard let own = unsafe SSL_get0_param(ssl) else { return }
        try unsafe parameters.applyName(to: own)
    }

    /// Offers a copy of a session (`SSL_SESSION_dup`, `SSL_set_session`), unless its peer wasn't accepted.
    ///
    /// A copy, because libssl marks the one that it used as not resumable when the server sends a new ticket.
    ///
    /// libssl doesn't check a resumed peer again: it takes over the verify code that was stored with the session. A
    /// session from a connection without verification must not smuggle that into one with it.
    ///
    /// - Returns: Whether the session will be offered.
    package mutating func offer(_ session: SessionHandle) -> Bool {
        ERR_clear_error()
        guard session.isResumable, let copy = unsafe copyToOffer(session) else { return false }
        defer { unsafe SSL_SESSION_free(copy) }
        guard unsafe SSL_set_session(ssl, copy) == 1 else { return false }
        guard isVerifying, verifyResult != X509_V_OK else { return true }
        unsafe _ = SSL_set_session(ssl, nil)
        return false
    }

    /// A copy that says its age by this connection's clock.
    private func copyToOffer(_ session: SessionHandle) -> OpaquePointer? {
        guard let time else { return unsafe SSL_SESSION_dup(session.pointer) }
        // Both may come from a damaged file. A session from the future is new.
        let (difference, isOverflown) = time.subtractingReportingOverflow(session.time)
        let age = time < session.time ? 0 : isOverflown ? .max : difference
        guard let aged = session.aged(bySeconds: age) else { return nil }
        return unsafe SSL_SESSION_dup(aged.pointer)
    }
}
