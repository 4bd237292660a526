internal import COpenSSL

/// An `SSL_CTX`, complete and never changed after its initialiser.
///
/// `@unchecked Sendable` holds because of that: what libssl changes in it later (reference counts, the session cache,
/// ticket keys of its own) it guards with its own locks.
@safe package final class ContextHandle: @unchecked Sendable {
    /// Owned; given back in `deinit` (`SSL_CTX_free`). Each `SSL` made from it holds a reference of its own.
    let pointer: OpaquePointer

    /// What it was made from.
    package let settings: ContextSettings

    /// Where the context of repeatable engines lives; nil for ordinary ones, which live in OpenSSL's default.
    let library: LibraryContext?

    /// Makes a context (`SSL_CTX_new_ex`) and applies every setting, or says which one libssl refuses.
    ///
    /// - Parameters:
    ///   - settings: What to make it from.
    ///   - seed: For a context of repeatable engines, the 32 bytes that its own randomness follows from: the ticket key.
    /// - Throws: The setting and the value that libssl refuses.
    package init(_ settings: ContextSettings, seed: [UInt8]? = nil) throws(SettingFailure) {
        library = try Self.library(isRepeatable: seed != nil)
        unsafe pointer = try Self.makePointer(settings, seed: seed, in: library)
        self.settings = try settings.imported(into: library)
        applyModes()
        try applyProtocol()
        try applyIdentities()
        try applyVerification()
        try applySessions()
        registerCallbacks()
    }

    deinit {
        unsafe SSL_CTX_free(pointer)
    }

    private static func library(isRepeatable: Bool) throws(SettingFailure) -> LibraryContext? {
        guard isRepeatable else { return nil }
        guard let library = try? LibraryContext.repeatable.get() else {
            throw SettingFailure("library context", "OSSL_LIB_CTX_new")
        }
        return library
    }

    /// `SSL_CTX_new_ex`, which draws a ticket key.
    private static func makePointer(
        _ settings: ContextSettings,
        seed: [UInt8]?,
        in library: LibraryContext?
    ) throws(SettingFailure) -> OpaquePointer {
        ERR_clear_error()
        let method = settings.callbacks.isServer ? unsafe TLS_server_method() : unsafe TLS_client_method()
        var pointer: OpaquePointer?
        if let seed, let library {
            let stream = try? RandomStream(key: seed, in: library)
            unsafe pointer = stream?.whileDrawing { unsafe SSL_CTX_new_ex(library.pointer, nil, method) }
        } else {
            unsafe pointer = SSL_CTX_new(method)
        }
        guard let pointer = unsafe pointer else { throw SettingFailure("context", "SSL_CTX_new") }
        return unsafe pointer
    }

    /// What is right for every connection, whatever the configuration.
    private func applyModes() {
        if library != nil { forgetSystemDefaults() }
        let options =
            sluice_SSL_OP_NO_RENEGOTIATION | sluice_SSL_OP_NO_COMPRESSION | sluice_SSL_OP_CIPHER_SERVER_PREFERENCE
            | sluice_SSL_OP_PRIORITIZE_CHACHA
        unsafe _ = SSL_CTX_set_options(pointer, options)
        // Without this a retried write must come from the same address, which a span can't promise.
        unsafe _ = sluice_SSL_CTX_set_mode(pointer, Int(SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER))
        unsafe _ = sluice_SSL_CTX_set_dh_auto(pointer, 1)
    }

    /// Versions, suites, groups and signature algorithms, each name tried alone first.
    ///
    /// libssl skips a name that it doesn't know as long as another one in the list is good; here each must be good.
    private func applyProtocol() throws(SettingFailure) {
        unsafe SSL_CTX_set_security_level(pointer, CInt(settings.securityLevel))
        // Debian's default minimum answers an old client with internal_error instead of protocol_version (3.0.19).
        guard unsafe sluice_SSL_CTX_set_min_proto_version(pointer, CInt(settings.versionMin)) == 1 else {
            throw SettingFailure("minimum version", "\(settings.versionMin)")
        }
        guard unsafe sluice_SSL_CTX_set_max_proto_version(pointer, CInt(settings.versionMax)) == 1 else {
            throw SettingFailure("maximum version", "\(settings.versionMax)")
        }
        let tls12Names = settings.tls12CipherSuites.map(ContextSettings.cipherListName)
        try apply(tls12Names, list: settings.tls12CipherList, "TLS 1.2 cipher suite") {
            unsafe SSL_CTX_set_cipher_list(pointer, $0) == 1
        }
        try apply(settings.cipherSuites, list: settings.cipherSuiteList, "TLS 1.3 cipher suite") {
            unsafe SSL_CTX_set_ciphersuites(pointer, $0) == 1
        }
        try apply(settings.groups, list: settings.groupList, "group") {
            unsafe sluice_SSL_CTX_set1_groups_list(pointer, $0) == 1
        }
        if let list = settings.signatureAlgorithmList(isRepeatable: library != nil) {
            try apply(settings.signatureAlgorithms, list: list, "signature algorithm") {
                unsafe sluice_SSL_CTX_set1_sigalgs_list(pointer, $0) == 1
                    && sluice_SSL_CTX_set1_client_sigalgs_list(pointer, $0) == 1
            }
        }
        try applyApplicationProtocols()
    }

    /// A client's offer in wire form (`SSL_CTX_set_alpn_protos`, which returns 0 for success); a server answers in
    /// `selectApplicationProtocol`.
    private func applyApplicationProtocols() throws(SettingFailure) {
        guard !settings.callbacks.isServer, !settings.callbacks.applicationProtocols.isEmpty else { return }
        let list = settings.callbacks.applicationProtocols.flatMap { [UInt8(truncatingIfNeeded: $0.count)] + $0 }
        guard unsafe SSL_CTX_set_alpn_protos(pointer, list, CUnsignedInt(list.count)) == 0 else {
            throw SettingFailure("application protocols", "\(list.count) bytes")
        }
    }

    private func apply(
        _ names: [String],
        list: String,
        _ setting: String,
        with set: (String) -> Bool
    ) throws(SettingFailure) {
        for name in names where name.contains(where: listSyntax.contains) || !set(name) {
            throw SettingFailure(setting, name)
        }
        guard set(list) else { throw SettingFailure(setting + "s", list) }
    }

    private func applyIdentities() throws(SettingFailure) {
        guard !settings.callbacks.identities.isEmpty else { return }
        try tryIdentities()
        for identity in settings.callbacks.defaultIdentities.reversed()
        where unsafe !identity.install(onContext: pointer) {
            throw SettingFailure("identity", identity.chain.first?.subject ?? "")
        }
    }

    /// Installs each identity on a connection that is never used: what the security level forbids is found here and not
    /// when a client asks for that name.
    private func tryIdentities() throws(SettingFailure) {
        guard let ssl = unsafe SSL_new(pointer) else { throw SettingFailure("identity", "SSL_new") }
        defer { unsafe SSL_free(ssl) }
        for identity in settings.callbacks.identities where unsafe !identity.install(on: ssl) {
            throw SettingFailure("identity", identity.chain.first?.subject ?? "")
        }
    }

    private func applyVerification() throws(SettingFailure) {
        let verification = settings.verification
        let mode =
            switch verification.mode {
            case .none: SSL_VERIFY_NONE
            case .optional: SSL_VERIFY_PEER
            case .required: SSL_VERIFY_PEER | SSL_VERIFY_FAIL_IF_NO_PEER_CERT
            }
        unsafe SSL_CTX_set_verify(pointer, mode, nil)
        if let store = verification.store {
            unsafe store.withPointer { unsafe SSL_CTX_set1_cert_store(pointer, $0) }
        }
        if let parameters = unsafe SSL_CTX_get0_param(pointer) {
            do throws(CredentialFailure) {
                try unsafe verification.parameters.apply(to: parameters)
            } catch {
                throw SettingFailure("verification", error.words)
            }
        }
        guard !verification.acceptableAuthorities.isEmpty else { return }
        guard let names = unsafe sluice_sk_X509_NAME_new() else { throw SettingFailure("authorities", "no memory") }
        for authority in verification.acceptableAuthorities {
            unsafe authority.withPointer { certificate in
                let name = unsafe X509_NAME_dup(X509_get_subject_name(certificate))
                unsafe _ = sluice_sk_X509_NAME_push(names, name)
            }
        }
        unsafe SSL_CTX_set0_CA_list(pointer, names)
    }

    private func applySessions() throws(SettingFailure) {
        let sessions = settings.sessions
        unsafe _ = SSL_CTX_set_timeout(pointer, Int(sessions.lifetime))
        guard settings.callbacks.isServer else {
            // A client's sessions go to its owner as notices; libssl keeps none.
            let mode = SSL_SESS_CACHE_CLIENT | SSL_SESS_CACHE_NO_INTERNAL
            unsafe _ = sluice_SSL_CTX_set_session_cache_mode(pointer, Int(mode))
            return
        }
        // What the cache holds depends on other connections, and its clock is the wall's.
        let isCaching = sessions.cacheSessionsMax > 0 && library == nil
        let cache = isCaching ? SSL_SESS_CACHE_SERVER : SSL_SESS_CACHE_OFF
        unsafe _ = sluice_SSL_CTX_set_session_cache_mode(pointer, Int(cache))
        unsafe _ = sluice_SSL_CTX_sess_set_cache_size(pointer, sessions.cacheSessionsMax)
        guard unsafe SSL_CTX_set_num_tickets(pointer, sessions.ticketCount) == 1 else {
            throw SettingFailure("ticket count", "\(sessions.ticketCount)")
        }
        // sluice_SSL_OP_NO_TICKET alone still sends tickets in TLS 1.3, where the count above stops them (3.0.19).
        if sessions.ticketCount == 0 { unsafe _ = SSL_CTX_set_options(pointer, sluice_SSL_OP_NO_TICKET) }
        let digest = sessions.contextDigest
        guard unsafe SSL_CTX_set_session_id_context(pointer, digest, CUnsignedInt(digest.count)) == 1 else {
            throw SettingFailure("session context", "\(digest.count) bytes")
        }
    }

    private func registerCallbacks() {
        let callbacks = settings.callbacks
        unsafe SSL_CTX_set_msg_callback(pointer, noteMessage)
        unsafe SSL_CTX_set_cert_verify_callback(pointer, verifyPeerChain, nil)
        if callbacks.observesKeyLog { unsafe SSL_CTX_set_keylog_callback(pointer, noteKeyLogLine) }
        guard callbacks.isServer else {
            unsafe SSL_CTX_sess_set_new_cb(pointer, noteNewSession)
            if library != nil { unsafe SSL_CTX_set_psk_use_session_callback(pointer, renewOfferedSession) }
            if callbacks.asksClientIdentity { unsafe SSL_CTX_set_cert_cb(pointer, chooseIdentity, nil) }
            return
        }
        unsafe _ = sluice_SSL_CTX_set_tlsext_servername_callback(pointer, acknowledgeServerName)
        unsafe _ = sluice_SSL_CTX_set_tlsext_status_cb(pointer, stapleResponse)
        unsafe SSL_CTX_set_alpn_select_cb(pointer, selectApplicationProtocol, nil)
        if callbacks.identities.count > 1 { unsafe SSL_CTX_set_cert_cb(pointer, chooseIdentity, nil) }
        if callbacks.asksClientHello { unsafe SSL_CTX_set_client_hello_cb(pointer, decideClientHello, nil) }
        if !callbacks.ticketKeys.isEmpty {
            unsafe _ = SSL_CTX_set_tlsext_ticket_key_evp_cb(pointer, chooseTicketKey)
        }
        if library != nil { unsafe _ = SSL_CTX_set_session_ticket_cb(pointer, stampTicket, judgeTicket, nil) }
        if callbacks.asksPeerChain {
            let context = CUnsignedInt(SSL_EXT_TLS1_3_NEW_SESSION_TICKET | SSL_EXT_TLS1_3_ONLY)
            unsafe _ = SSL_CTX_add_custom_ext(
                pointer,
                alertExtensionType,
                context,
                sendAlertInsteadOfTicket,
                nil,
                nil,
                nil,
                nil
            )
        }
    }
}

/// What would make a name more than a name in one of libssl's list languages (`+` stays: "ECDSA+SHA256").
private let listSyntax: Set<Character> = [":", "!", "@", ",", " "]

/// A type from the private-use end of the extension registry; it never reaches the wire, see `sendAlertInsteadOfTicket`.
private let alertExtensionType: CUnsignedInt = 0xFF5A
