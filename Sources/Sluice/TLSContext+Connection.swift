internal import SluiceOpenSSL

extension TLSContext {
    /// A connection before its first message: it knows whom it talks to, what it resumes, and has its rings.
    ///
    /// Everything that can throw on the way to an engine is here: the initialiser of a noncopyable struct may throw
    /// before its fields are set or after, not both (Swift 6.3).
    func makeConnection(
        to serverName: ServerName?,
        resuming session: TLSSession?,
        seed: RandomSeed? = nil,
        time: UnixTime? = nil
    ) throws(TLSError) -> ConnectionHandle {
        var connection = try makeConnection(seed: seed, time: time)
        if role == .server {
            connection.holdTicketsIfNeeded()
        } else if let serverName {
            try setPeer(serverName, of: &connection)
            try offer(session, to: serverName, on: &connection)
        }
        return connection
    }

    private func makeConnection(seed: RandomSeed?, time: UnixTime?) throws(TLSError) -> ConnectionHandle {
        do throws(OpenSSLFailure) {
            var connection = try ConnectionHandle(context: handle, ringCapacity: ringCapacity)
            if let seed, let time {
                let key = seed.streamKey(for: role == .client ? "client" : "server")
                try connection.becomeRepeatable(seed: key, time: time.secondsSince1970)
            }
            return connection
        } catch {
            throw TLSError.internal("libssl can't make a connection", error)
        }
    }

    private func setPeer(_ serverName: ServerName, of connection: inout ConnectionHandle) throws(TLSError) {
        if serverName.kind == .dnsName, !connection.setServerName(serverName.description) {
            throw TLSError(.invalidConfiguration, fault: .caller, "the server name \(serverName) can't be sent")
        }
        guard isServerNameChecked else { return }
        var parameters = VerificationParameters()
        parameters.hostName = serverName.kind == .dnsName ? serverName.description : nil
        parameters.ipAddress = serverName.addressBytes
        do throws(CredentialFailure) {
            try connection.verifyPeerName(parameters)
        } catch {
            throw TLSError(error)
        }
    }

    private func offer(
        _ session: TLSSession?,
        to serverName: ServerName,
        on connection: inout ConnectionHandle
    ) throws(TLSError) {
        guard let session else { return }
        guard session.serverName == serverName else {
            let words = "a session with \(session.serverName) can't resume with \(serverName)"
            throw TLSError(.invalidSession, fault: .caller, words)
        }
        let now = connection.time ?? connection.verificationParameters.time ?? systemTime()
        if session.isResumable(at: UnixTime(secondsSince1970: now)), session.scope == resumptionScope {
            _ = connection.offer(session.handle)
        }
    }

    /// Checks that there is no seed: an engine without one has no randomness there.
    func checkUnseeded() throws(TLSError) {
        guard seed != nil else { return }
        let words = "a context with a seed makes engines with a seed: TLSEngine(context, seed:, time:)"
        throw TLSError(.invalidConfiguration, fault: .caller, words)
    }

    /// The seed, which an engine with a seed can't do without.
    var requiredSeed: RandomSeed {
        get throws(TLSError) {
            if let seed { return seed }
            let words = "an engine with a seed needs a context with a seed: TLSContext(configuration, seed:)"
            throw TLSError(.invalidConfiguration, fault: .caller, words)
        }
    }

    /// How a client's engines judge servers, as a digest.
    var resumptionScope: [UInt8] { handle.settings.sessions.contextDigest }

    /// Whether a client's engines look for the server's name in its certificate.
    var isServerNameChecked: Bool {
        verification?.extent == .chainAndName
    }
}
