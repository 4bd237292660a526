internal import COpenSSL

// What a repeatable connection does differently, see `RepeatableState` and `RandomStream`.

extension ConnectionHandle {
    /// The connection's own clock, in seconds since 1970; nil where it goes by the system's.
    package var time: Int64? { state.repeatable?.time }

    /// Sets the clock of a repeatable connection: certificates too are judged by it (`X509_VERIFY_PARAM_set_time`).
    package mutating func setTime(_ time: Int64) {
        state.repeatable?.time = time
        unsafe X509_VERIFY_PARAM_set_time(SSL_get0_param(ssl), time_t(time))
    }

    /// Makes a new connection repeatable: gives it a random stream, a clock, and RSA keys of its own.
    ///
    /// - Precondition: Its context was made with a seed.
    package mutating func becomeRepeatable(seed: [UInt8], time: Int64) throws(OpenSSLFailure) {
        guard let library = context.library else { preconditionFailure("a seeded connection needs a seeded context") }
        stream = try RandomStream(key: seed, in: library)
        state.repeatable = RepeatableState(library: library, time: time)
        setTime(time)
        try takeOwnKeys()
    }

    /// Makes the keys of the present context this connection's own.
    mutating func takeOwnKeys() throws(OpenSSLFailure) {
        guard state.repeatable != nil else { return }
        do throws(CredentialFailure) {
            var own: [IdentityHandle] = []
            for identity in state.settings.identities { own.append(try identity.forOneEngine()) }
            state.settings.identities = own
        } catch {
            throw error.openSSL
        }
        for identity in state.settings.defaultIdentities.reversed() where unsafe !identity.install(on: ssl) {
            throw .takingQueue()
        }
    }
}
