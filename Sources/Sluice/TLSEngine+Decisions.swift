internal import SluiceOpenSSL

extension TLSEngine {
    /// The question that the handshake waits for, or nil. The same until it is answered, or the connection is over.
    public var pendingDecision: TLSDecision? {
        switch life.failure == nil ? connection.question : nil {
        case .clientHello(let message):
            // libssl has parsed the message before it asks; what it accepts and we can't read is shown by its bytes.
            .clientHello(ClientHello(message: message) ?? ClientHello(unreadable: message))
        case .clientIdentity(let authorities):
            .clientIdentity(ClientIdentityRequest(acceptableAuthorities: authorities))
        case .peerChain(let presented, let verdict):
            .peerCertificate(
                PeerCertificateRequest(
                    certificates: presented.map { Certificate($0) },
                    failure: VerificationFailure(verdict)
                )
            )
        case nil: nil
        }
    }

    /// Answers a ClientHello; the handshake goes on.
    ///
    /// - Precondition: ``pendingDecision`` is a `clientHello`, and a context is a server's.
    /// - Throws: ``TLSError`` when the answer ends the connection.
    public mutating func resolve(_ answer: ClientHelloAnswer) throws(TLSError) {
        try checkAlive()
        guard case .clientHello = connection.question else {
            preconditionFailure("answer a ClientHello only while pendingDecision is one")
        }
        try recording(.resolve(.clientHello(answer))) { engine throws(TLSError) in try engine.answer(answer) }
    }

    private mutating func answer(_ answer: ClientHelloAnswer) throws(TLSError) {
        switch answer {
        case .proceed: connection.acceptClientHello()
        case .refuse(let alert): connection.refuseClientHello(alert: alert.rawValue)
        case .use(let other): use(other)
        case .useIdentity(let identity): present(identity)
        }
        try goOn()
    }

    /// Answers a server's request for an identity; the handshake goes on.
    ///
    /// - Precondition: ``pendingDecision`` is a `clientIdentity`.
    /// - Throws: ``TLSError`` when the answer ends the connection.
    public mutating func resolve(_ answer: ClientIdentityAnswer) throws(TLSError) {
        try checkAlive()
        guard case .clientIdentity = connection.question else {
            preconditionFailure("answer for an identity only while pendingDecision asks for one")
        }
        try recording(.resolve(.clientIdentity(answer))) { engine throws(TLSError) in try engine.answer(answer) }
    }

    private mutating func answer(_ answer: ClientIdentityAnswer) throws(TLSError) {
        connection.answerClientIdentity()
        switch answer {
        case .present(let identity): present(identity)
        case .presentNone: connection.useNoIdentity()
        }
        try goOn()
    }

    /// Answers for the peer's certificates; the handshake goes on.
    ///
    /// - Precondition: ``pendingDecision`` is a `peerCertificate`.
    /// - Throws: ``TLSError`` when the answer ends the connection.
    public mutating func resolve(_ answer: PeerCertificateAnswer) throws(TLSError) {
        try checkAlive()
        guard case .peerChain = connection.question else {
            preconditionFailure("answer for the peer only while pendingDecision asks about it")
        }
        try recording(.resolve(.peerCertificate(answer))) { engine throws(TLSError) in try engine.answer(answer) }
    }

    private mutating func answer(_ answer: PeerCertificateAnswer) throws(TLSError) {
        switch answer {
        case .accept: connection.acceptPeer()
        case .reject(let reason): reject(reason)
        }
        try goOn()
    }

    private mutating func goOn() throws(TLSError) {
        advance()
        try checkAlive()
    }

    private mutating func use(_ other: TLSContext) {
        precondition(other.role == .server, "answer a ClientHello with a server's context")
        guard connection.canUse(other.handle) else {
            let words = "a ClientHello is answered with a context that has a seed exactly where the engine has one"
            fail(TLSError(.invalidConfiguration, fault: .caller, words))
            return
        }
        do throws(OpenSSLFailure) {
            try connection.use(other.handle)
            connection.acceptClientHello()
        } catch {
            fail(TLSError.internal("libssl can't use the context", error))
        }
    }

    private mutating func present(_ identity: TLSIdentity) {
        if connection.use(identity.handle) {
            if case .clientHello = connection.question { connection.acceptClientHello() }
        } else {
            let words = "the identity \(identity) can't be used at this security level"
            fail(TLSError(.invalidConfiguration, fault: .caller, words))
        }
    }

    private mutating func reject(_ reason: CertificateRejection) {
        guard context.role == .server else {
            // The verify callback runs again, fails with this code, and libssl sends the alert.
            connection.rejectPeer(code: reason.reason.rawValue)
            return
        }
        connection.endWithAlert(reason.alert.rawValue)
        var error = TLSError(.decisionRefused, fault: .caller, "the owner rejected the peer's certificate")
        error.alert = TLSError.Alert(reason.alert, sentBy: .local)
        fail(error)
    }
}

extension CertificateRejection {
    /// The verify code that libssl turns into the alert (`ssl_x509err2alert`).
    fileprivate var reason: VerificationFailure.Reason {
        switch self {
        case .badCertificate: .rejected
        case .certificateExpired: .certificateExpired
        case .certificateRevoked: .revoked
        // Not in libssl's table, and its alert for what isn't is certificate_unknown.
        case .certificateUnknown: .unhandledCriticalExtension
        case .unknownCA: .unableToGetLocalIssuer
        case .unsupportedCertificate: .invalidPurpose
        }
    }
}
