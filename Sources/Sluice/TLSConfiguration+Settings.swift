internal import SluiceOpenSSL

// How a configuration becomes the settings of an `SSL_CTX`, and what is wrong with it if it can't.

extension TLSClientConfiguration {
    func settings() throws(TLSError) -> ContextSettings {
        var settings = try parameters.settings(isServer: false)
        if let identity { settings.callbacks.identities = [identity.handle] }
        settings.callbacks.asksClientIdentity = parameters.decisions.contains(.clientIdentity)
        try parameters.refuse(.clientHello, "a ClientHello decision is a server's")
        let mode: VerificationSettings.Mode = verification.extent == .none ? .none : .required
        settings.verification = try verification.settings(mode: mode, purpose: .server, parameters)
        // libssl goes on after any verdict where it doesn't verify, the owner's too.
        if settings.callbacks.asksPeerChain { settings.verification.mode = .required }
        settings.sessions.lifetime = TLSLimits.sessionLifetimeSecondsMax
        settings.sessions.contextDigest = verification.resumptionScope(.server, settings)
        return settings
    }
}

extension TLSServerConfiguration {
    func settings() throws(TLSError) -> ContextSettings {
        var settings = try parameters.settings(isServer: true)
        if identities.isEmpty, !parameters.decisions.contains(.clientHello) {
            throw TLSError(
                .invalidConfiguration,
                fault: .caller,
                "a server needs an identity, unless it chooses one in a ClientHello decision"
            )
        }
        settings.callbacks.identities = identities.map(\.handle)
        settings.callbacks.ticketKeys = sessions.ticketKeys.map(\.key)
        settings.callbacks.asksClientHello = parameters.decisions.contains(.clientHello)
        try parameters.refuse(.clientIdentity, "a client identity decision is a client's")
        if clientAuthentication == .none {
            try parameters.refuse(.peerCertificate, "a server decides on certificates only where it asks for them")
        }
        settings.verification = try clientAuthentication.settings(parameters)
        settings.sessions = try sessions.settings()
        settings.sessions.contextDigest = sessions.resumptionScope(clientAuthentication.resumptionScope(settings))
        return settings
    }
}

extension TLSParameters {
    fileprivate func settings(isServer: Bool) throws(TLSError) -> ContextSettings {
        try check("ring capacity", ringCapacity, TLSLimits.ringCapacityMin...TLSLimits.ringCapacityMax)
        try check("security level", securityLevel, 0...5)
        var callbacks = CallbackSettings(isServer: isServer)
        callbacks.applicationProtocols = applicationProtocols.map(\.bytes)
        callbacks.observesKeyLog = observations.contains(.keyLog)
        callbacks.observesMessages = observations.contains(.messages)
        callbacks.observesRecords = observations.contains(.records)
        callbacks.asksPeerChain = decisions.contains(.peerCertificate)
        var settings = ContextSettings(
            callbacks: callbacks,
            versionMin: versions.lowerBound.rawValue,
            versionMax: versions.upperBound.rawValue
        )
        settings.cipherSuites = cipherSuites.map(\.name)
        settings.tls12CipherSuites = tls12CipherSuites.map(\.name)
        settings.groups = groups.map(\.name)
        settings.signatureAlgorithms = signatureAlgorithms.map(\.name)
        settings.securityLevel = securityLevel
        return settings
    }

    fileprivate func refuse(_ decision: Decisions, _ words: String) throws(TLSError) {
        if decisions.contains(decision) { throw TLSError(.invalidConfiguration, fault: .caller, words) }
    }
}

extension PeerVerification {
    fileprivate func settings(
        mode: VerificationSettings.Mode,
        purpose: VerificationParameters.Purpose,
        _ parameters: TLSParameters
    ) throws(TLSError) -> VerificationSettings {
        var settings = VerificationSettings()
        settings.mode = mode
        // Sessions expire by it too, whatever is checked.
        settings.parameters.time = parameters.time?.secondsSince1970
        guard mode != .none else { return settings }
        try check("intermediates", intermediatesMax, 0...100)
        settings.store = try roots.makeStore(revocationLists: revocationLists)
        settings.parameters = verificationParameters(purpose: purpose, time: parameters.time)
        return settings
    }

    /// What a chain must satisfy, but for the name.
    func verificationParameters(purpose: VerificationParameters.Purpose, time: UnixTime?) -> VerificationParameters {
        var parameters = VerificationParameters()
        parameters.purpose = purpose
        parameters.time = time?.secondsSince1970
        parameters.intermediatesMax = intermediatesMax
        if !revocationLists.isEmpty { parameters.revocation = revocationScope == .chain ? .chain : .leaf }
        return parameters
    }
}

extension ClientAuthentication {
    fileprivate func settings(_ parameters: TLSParameters) throws(TLSError) -> VerificationSettings {
        let (verification, mode): (PeerVerification, VerificationSettings.Mode)
        switch self {
        case .none: return VerificationSettings()
        case .optional(let given): (verification, mode) = (given, .optional)
        case .required(let given): (verification, mode) = (given, .required)
        }
        if verification.extent == .none {
            throw TLSError(
                .invalidConfiguration,
                fault: .caller,
                "a server that takes any client certificate asks for the peerCertificate decision and accepts it"
            )
        }
        var settings = try verification.settings(mode: mode, purpose: .client, parameters)
        let authorities = settings.store?.certificates ?? []
        if authorities.count <= TLSLimits.acceptableAuthoritiesMax { settings.acceptableAuthorities = authorities }
        return settings
    }
}

extension ServerSessions {
    fileprivate func settings() throws(TLSError) -> SessionSettings {
        try check("ticket count", ticketCount, 0...16)
        try check("session lifetime in seconds", Int(lifetime.components.seconds), 1...604_800)
        try check("cached sessions", cacheSessionsMax, 0...1_000_000)
        var settings = SessionSettings()
        settings.ticketCount = ticketCount
        settings.lifetime = lifetime.components.seconds
        settings.cacheSessionsMax = cacheSessionsMax
        settings.holdsTickets = holdsTicketsUntilFirstWrite
        return settings
    }
}

private func check(_ name: String, _ value: Int, _ range: ClosedRange<Int>) throws(TLSError) {
    if !range.contains(value) {
        throw TLSError(
            .invalidConfiguration,
            fault: .caller,
            "\(name) must be \(range.lowerBound) to \(range.upperBound), not \(value)"
        )
    }
}
