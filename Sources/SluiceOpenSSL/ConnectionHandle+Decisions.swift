internal import COpenSSL

// What the owner decides while libssl waits, and how its answer reaches libssl.

extension ConnectionHandle {
    /// What libssl waits for.
    package enum Question: Sendable {
        /// The ClientHello, as a handshake message with its 4-byte header.
        case clientHello([UInt8])
        /// A client's identity, given the subjects that the server accepts, in RFC 4514 form.
        case clientIdentity(acceptableAuthorities: [String])
        /// The peer's chain, with libcrypto's verdict.
        case peerChain(presented: [X509Handle], ChainVerdict)
    }

    /// The question that is open now, if one is.
    package var question: Question? {
        if case .asked = state.clientHello { return .clientHello(state.clientHelloMessage) }
        if case .asked = state.clientIdentity {
            return .clientIdentity(acceptableAuthorities: peerAuthorityNames)
        }
        if isPeerChainAsked, let verdict = state.verdict {
            return .peerChain(presented: state.presentedChain, verdict)
        }
        return nil
    }

    /// Whether a question is open: what ``question`` says, without what it is about.
    package var isQuestionOpen: Bool {
        if case .asked = state.clientHello { return true }
        if case .asked = state.clientIdentity { return true }
        return isPeerChainAsked
    }

    /// A TLS 1.3 server is asked once the handshake has run to its end, see `verifyPeerChain`.
    private var isPeerChainAsked: Bool {
        guard case .asked = state.peerChain else { return false }
        return !state.settings.isServer || version <= TLS1_2_VERSION || isHandshakeComplete
    }

    /// Lets the handshake go on after the ClientHello.
    package mutating func acceptClientHello() {
        state.clientHello = .answered(.accepted)
        state.clientHelloMessage = []
    }

    /// Ends the handshake with this alert.
    package mutating func refuseClientHello(alert: UInt8) {
        state.clientHello = .answered(.refused(alert: alert))
        state.clientHelloMessage = []
    }

    /// Whether another context lives where this connection's does: both repeatable, or neither.
    package func canUse(_ other: ContextHandle) -> Bool { (other.library == nil) == (context.library == nil) }

    /// Uses another context for the rest of the connection (`SSL_set_SSL_CTX`).
    ///
    /// That call takes over certificates, security level, signature algorithms and callbacks, and nothing else: the
    /// versions, suites, groups, verification and options of the new context are set on the connection here.
    package mutating func use(_ other: ContextHandle) throws(OpenSSLFailure) {
        ERR_clear_error()
        let source = unsafe other.pointer
        guard unsafe SSL_set_SSL_CTX(ssl, source) != nil else { throw .takingQueue() }
        context = other
        state.settings = other.settings.callbacks
        try takeOwnKeys()
        unsafe setNumbers(from: source)
        let digest = other.settings.sessions.contextDigest
        guard unsafe SSL_set_session_id_context(ssl, digest, CUnsignedInt(digest.count)) == 1,
            unsafe SSL_set_cipher_list(ssl, other.settings.tls12CipherList) == 1,
            unsafe SSL_set_ciphersuites(ssl, other.settings.cipherSuiteList) == 1,
            unsafe sluice_SSL_set1_groups_list(ssl, other.settings.groupList) == 1
        else { throw .takingQueue() }
        holdTicketsIfNeeded()
    }

    /// Options, versions and how the peer is verified, as a context has them.
    private mutating func setNumbers(from source: OpaquePointer) {
        unsafe _ = SSL_clear_options(ssl, SSL_get_options(ssl))
        unsafe _ = SSL_set_options(ssl, SSL_CTX_get_options(source))
        unsafe _ = sluice_SSL_set_min_proto_version(ssl, CInt(sluice_SSL_CTX_get_min_proto_version(source)))
        unsafe _ = sluice_SSL_set_max_proto_version(ssl, CInt(sluice_SSL_CTX_get_max_proto_version(source)))
        unsafe _ = SSL_set_num_tickets(ssl, SSL_CTX_get_num_tickets(source))
        unsafe SSL_set_verify(ssl, SSL_CTX_get_verify_mode(source), nil)
        // What the new parameters leave open would stay as the first context had it: its time, its revocation checks.
        if let parameters = unsafe SSL_get0_param(ssl) {
            unsafe _ = X509_VERIFY_PARAM_clear_flags(parameters, X509_VERIFY_PARAM_get_flags(parameters))
        }
        unsafe _ = SSL_set1_param(ssl, SSL_CTX_get0_param(source))
        if let time { setTime(time) }
    }

    /// Uses this identity and no other (`SSL_certs_clear`, `SSL_use_cert_and_key`).
    ///
    /// - Returns: Whether libssl took it; false means that the key is too weak for the security level.
    package mutating func use(_ identity: IdentityHandle) -> Bool {
        var identity = identity
        if let library = context.library {
            guard let own = try? identity.imported(into: library) else { return false }
            identity = own
        }
        state.settings.identities = [identity]
        unsafe SSL_certs_clear(ssl)
        ERR_clear_error()
        return unsafe identity.install(on: ssl)
    }

    /// Lets a client go on with the identity that it has now, or none.
    package mutating func answerClientIdentity() {
        state.clientIdentity = .answered(())
    }

    /// Presents no identity (`SSL_certs_clear`).
    package mutating func useNoIdentity() {
        unsafe SSL_certs_clear(ssl)
    }

    /// Accepts the peer's chain whatever libcrypto holds against it.
    package mutating func acceptPeer() {
        state.peerChain = .answered(.accepted)
        state.presentedChain = []
    }

    /// Rejects the peer's chain with the verify code that libssl turns into an alert. For clients.
    package mutating func rejectPeer(code: Int32) {
        state.peerChain = .answered(.rejected(code: code))
        state.presentedChain = []
    }

    /// Whether the failure of the connection is the owner's own answer.
    package var isRefusedByOwner: Bool {
        if case .answered(.refused) = state.clientHello { return true }
        if case .answered(.rejected) = state.peerChain { return true }
        return false
    }

    /// Whether the handshake ran to its end, whatever the owner still has to say.
    package var isHandshakeComplete: Bool { unsafe SSL_is_init_finished(ssl) == 1 }

    /// Ends a server's connection with a fatal alert on the owner's word, when libssl itself has no objection.
    ///
    /// In TLS 1.3 the handshake is complete, see `sendAlertInsteadOfTicket`; the failure that libssl reports for it is
    /// the intended outcome. In TLS 1.2 this end's writing is still in the clear, so the alert can be written as it is:
    ///
    ///     ┌────────────┬──────────────┬───────────┬───────────┬─────────────┐
    ///     │ 21 (alert) │ version 0303 │ length 2  │ 2 (fatal) │ description │
    ///     └────────────┴──────────────┴───────────┴───────────┴─────────────┘
    package mutating func endWithAlert(_ description: UInt8) {
        if isHandshakeComplete {
            state.alertInsteadOfTicket = description
            requestTickets(1)
            _ = try? handshake()
        } else {
            let record: [UInt8] = [UInt8(SSL3_RT_ALERT), 3, 3, 0, 2, UInt8(SSL3_AL_FATAL), description]
            unsafe record.withUnsafeBytes { unsafe _ = wire.pointee.outbound.append(copying: $0) }
            state.notices.append(.alert(.outbound, level: UInt8(SSL3_AL_FATAL), description: description))
        }
    }

    /// Whether the context wants tickets to wait for the first write.
    package var holdsTickets: Bool { context.settings.sessions.holdsTickets }

    /// How many tickets are due that libssl was kept from sending: after a resumption one, as libssl itself does.
    package var ticketsHeldBack: Int {
        guard holdsTickets || state.settings.asksPeerChain else { return 0 }
        return isResumed ? min(1, context.settings.sessions.ticketCount) : context.settings.sessions.ticketCount
    }

    /// Sends this many TLS 1.3 tickets with the next ``handshake()`` (`SSL_new_session_ticket`).
    package mutating func requestTickets(_ count: Int) {
        for _ in 0..<count where unsafe SSL_new_session_ticket(ssl) != 1 { return }
    }

    /// Keeps a server from sending tickets of its own accord, for an owner that holds them or gives a verdict first.
    package mutating func holdTicketsIfNeeded() {
        guard state.settings.isServer, context.settings.sessions.holdsTickets || state.settings.asksPeerChain
        else { return }
        unsafe _ = SSL_set_num_tickets(ssl, 0)
    }

    /// Asks for new keys with the next ``handshake()`` (`SSL_key_update`); false where TLS 1.2 has no such thing.
    package mutating func requestKeyUpdate(fromPeerToo: Bool) -> Bool {
        let kind = fromPeerToo ? SSL_KEY_UPDATE_REQUESTED : SSL_KEY_UPDATE_NOT_REQUESTED
        defer { ERR_clear_error() }
        return unsafe SSL_key_update(ssl, kind) == 1
    }
}
