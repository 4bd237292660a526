public import Sluice

// How a session gets on: from stage to stage until nothing changes.

extension ProxySession {
    /// Takes everything as far as it goes.
    mutating func settle() {
        for _ in 0..<SessionLimits.stepsMax {
            guard step() else { return }
        }
    }

    /// One step. Returns whether another may get further.
    private mutating func step() -> Bool {
        askOwner()
        switch stage {
        case .peeking(let peek): return lookAtClientHello(peek)
        case .routing, .connecting: return watchClient()
        case .greeting: return greet()
        case .reaching: return reach()
        case .relaying: return relay()
        case .ending: return wind()
        case .over: return false
        }
    }

    // MARK: - The client

    private mutating func lookAtClientHello(_ peek: ClientHelloPeek) -> Bool {
        switch peek.finding {
        case .incomplete:
            guard client.isInputEnded else { return false }
            let words = peek.bytes.isEmpty ? "closed before it said anything" : "closed inside its ClientHello"
            end(SessionEnd(.connectionLost, side: .client, words: words))
        case .refused(let alert):
            client.queue.append(alert.plaintextRecord)
            let words = "what the client sent is no ClientHello of at most \(peek.bytesMax) bytes (\(alert))"
            end(SessionEnd(.notTLS, side: .client, words: words))
        case .clientHello(let hello):
            stage = .routing(peek.bytes)
            changingFacts.serverName = hello.serverName
            commands.append(.route(hello))
        }
        return true
    }

    /// Answers `route`: what becomes of the client.
    ///
    /// - Precondition: ``ProxyCommand/route(_:)`` was the question, and has no answer yet. A session that has ended in the
    ///   meantime takes no notice.
    public mutating func resolve(_ plan: ClientPlan) {
        guard case .routing(let bytes) = stage else {
            if case .ending = stage { return }
            if case .over = stage { return }
            preconditionFailure("resolve(_:) answers a route command, once")
        }
        switch plan {
        case .terminate(let termination): terminate(termination, bytes)
        case .forward:
            changingFacts.received.client += UInt64(bytes.count)
            upstream.queue.append(bytes)
            beginConnecting()
        case .refuse(let alert):
            if !bytes.isEmpty { client.queue.append(alert.plaintextRecord) }
            end(SessionEnd(.refused, words: "no route (\(alert))"))
        }
        settle()
    }

    private mutating func terminate(_ termination: Termination, _ bytes: [UInt8]) {
        do throws(TLSError) {
            client.engine = try TLSEngine(termination)
            stage = .greeting
            stageDeadline = start + timeouts.handshake
            // An engine takes a whole ClientHello in one go, whatever the size of its rings.
            guard try client.engine?.feed(bytes) == bytes.count else {
                return end(SessionEnd(.internalError, words: "libssl leaves some of a ClientHello"))
            }
            if client.isInputEnded { try client.engine?.feedEOF() }
        } catch {
            if !client.hasEngine { end(SessionEnd(.internalError, error: error)) }
        }
    }

    private mutating func greet() -> Bool {
        if let failure = client.failure { return failHandshake(of: .client, failure) }
        guard let summary = client.summary else { return false }
        changingFacts.client = summary
        changingFacts.handshakeTime = now - start
        beginConnecting()
        return true
    }

    /// Between the handshake and the upstream: a client that fails now needs no upstream.
    private mutating func watchClient() -> Bool {
        guard let failure = client.failure else { return false }
        return failRelay(from: .client, failure)
    }

    // MARK: - The upstream

    private mutating func beginConnecting() {
        stage = .connecting
        stageDeadline = nil
        upstream.isPresent = true
        commands.append(.connect)
    }

    /// Answers `connect`: there is a connection, and nothing has passed on it that isn't over.
    ///
    /// - Precondition: ``ProxyCommand/connect`` was the command, and has no answer yet. A session that has ended in the
    ///   meantime takes no notice.
    public mutating func upstreamConnected(_ plan: UpstreamPlan = .plaintext) {
        guard case .connecting = stage else {
            if case .ending = stage { return }
            if case .over = stage { return }
            preconditionFailure("upstreamConnected(_:) answers a connect command, once")
        }
        switch plan {
        case .plaintext: join()
        case .originate(let origination): originate(origination)
        }
        settle()
    }

    private mutating func originate(_ origination: Origination) {
        do throws(TLSError) {
            upstream.engine = try TLSEngine(origination)
            stage = .reaching
            stageDeadline = now + timeouts.handshake
        } catch {
            end(SessionEnd(.internalError, error: error))
        }
    }

    private mutating func reach() -> Bool {
        if let failure = upstream.failure { return failHandshake(of: .upstream, failure) }
        if let failure = client.failure { return failRelay(from: .client, failure) }
        guard let summary = upstream.summary else { return false }
        changingFacts.upstream = summary
        join()
        return true
    }

    private mutating func join() {
        stage = .relaying
        stageDeadline = nil
        lastActivity = now
        changingFacts.joinTime = now - start
    }

    private mutating func failHandshake(of side: ProxySide, _ failure: TLSError) -> Bool {
        end(SessionEnd(.handshakeFailed, side: side, error: failure))
        return true
    }

    // MARK: - Questions

    /// Passes the engines' questions on.
    private mutating func askOwner() {
        for side in ProxySide.allCases where !isJudging[side] && self[side].closing == .open {
            switch self[side].pendingDecision {
            case nil: break
            case .peerCertificate(let request):
                isJudging[side] = true
                commands.append(.judge(side, request))
            // The route was chosen from the ClientHello, and with it the context.
            case .clientHello: try? self[side].engine?.resolve(ClientHelloAnswer.proceed)
            case .clientIdentity: try? self[side].engine?.resolve(ClientIdentityAnswer.presentNone)
            }
        }
    }

    /// Answers `judge`: whether the certificates of a side's peer are accepted.
    ///
    /// - Precondition: ``ProxyCommand/judge(_:_:)`` was the question, and has no answer yet. A session that has ended in
    ///   the meantime takes no notice.
    public mutating func resolve(_ answer: PeerCertificateAnswer, of side: ProxySide) {
        precondition(isJudging[side], "resolve(_:of:) answers a judge command, once")
        isJudging[side] = false
        guard self[side].closing == .open, self[side].pendingDecision != nil else { return }
        try? self[side].engine?.resolve(answer)
        settle()
    }
}

extension TLSEngine {
    fileprivate init(_ termination: Termination) throws(TLSError) {
        if let repetition = termination.repetition {
            try self.init(
                termination.context,
                seed: repetition.seed,
                time: repetition.time,
                recorder: repetition.recorder
            )
        } else {
            try self.init(termination.context)
        }
    }

    fileprivate init(_ origination: Origination) throws(TLSError) {
        if let repetition = origination.repetition {
            try self.init(
                origination.context,
                to: origination.serverName,
                resuming: origination.session,
                seed: repetition.seed,
                time: repetition.time,
                recorder: repetition.recorder
            )
        } else {
            try self.init(origination.context, to: origination.serverName, resuming: origination.session)
        }
    }
}
