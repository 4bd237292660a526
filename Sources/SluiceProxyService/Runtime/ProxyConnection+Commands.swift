internal import NIOCore
internal import Sluice
internal import SluicePreamble
internal import SluiceProxy

// What the session wants done.

extension ProxyConnection {
    /// Does what the session asks for. Returns whether there was anything.
    func obey() -> Bool {
        if session.isOver {
            client.preface = .none
            upstream.preface = .none
        }
        // Who the client is must be known first.
        if case .header = client.preface { return false }
        var isMoved = false
        while let command = session.nextCommand() {
            isMoved = true
            obey(command)
        }
        return isMoved
    }

    private func obey(_ command: ProxyCommand) {
        switch command {
        case .route(let hello): chooseRoute(hello)
        case .judge(let side, let request): session.resolve(judge(request, side), of: side)
        case .connect: beginConnecting()
        case .closeOutput(let side): closeOutput(side)
        case .close(let side): close(side)
        case .abort(let side): abort(side)
        case .observe(let side, let event): observe(event, side)
        case .finish: finish()
        }
    }

    // MARK: - Decisions

    /// Lets the client in, if the limits do.
    func admit() {
        guard !endpoints.isPeerLost else {
            reset(.client)
            return session.connectionLost(.client, words: "closed before it was accepted")
        }
        let versions = entrance.configuration.proxyVersions(from: endpoints.peer?.address)
        // Behind a proxy the client that counts is known later.
        switch service.admit(versions == nil ? endpoints.peer?.address : nil) {
        case .admitted(let ticket):
            self.ticket = ticket
            if let versions { client.preface = .header(ProxyHeaderParser(accepting: versions)) }
        case .refused(let refusal): refuse(refusal)
        }
    }

    private func refuse(_ refusal: Admission.Refusal) {
        let isCrowded = service.isCrowdedWithRefused()
        isRefused = true
        service.refused(self, refusal)
        session.end(SessionEnd(.overLimit, words: refusal.words))
        guard isCrowded else { return }
        reset(.client)
        session.connectionLost(.client)
    }

    /// Reads a client's PROXY header. Returns how many bytes that took.
    func feedHeader(_ buffer: ByteBuffer, _ parser: ProxyHeaderParser) -> Int {
        var parser = parser
        do {
            let count = try parser.feed(Array(buffer.readableBytesView)[...])
            client.preface = .header(parser)
            guard parser.isFinished else { return count }
            client.preface = .none
            endpoints.header = parser.header
            admitAgain()
            return count
        } catch {
            client.preface = .none
            session.end(SessionEnd(.refused, side: .client, words: "PROXY header: \(error)"))
            return 0
        }
    }

    /// Counts the connection for the client behind the proxy that made it.
    private func admitAgain() {
        guard let ticket, let address = endpoints.client?.address else { return }
        switch service.admit(ticket, as: address) {
        case .admitted(let ticket): self.ticket = ticket
        case .refused(let refusal): refuse(refusal)
        }
    }

    private func chooseRoute(_ hello: ClientHello?) {
        self.hello = hello
        let table = entrance.table
        let address = endpoints.client?.address
        switch hello.map({ table.route($0, from: address) }) ?? table.route(from: address) {
        case .refuse(let alert): session.resolve(.refuse(alert))
        case .route(let route):
            self.route = route
            recordings = service.recordings(for: route, endpoints)
            do throws(TLSError) {
                session.resolve(try route.clientPlan(recordings))
            } catch {
                session.end(SessionEnd(.internalError, error: error))
            }
        }
    }

    private func judge(_ request: PeerCertificateRequest, _ side: ProxySide) -> PeerCertificateAnswer {
        if let failure = request.failure { return .reject(CertificateRejection(failure)) }
        guard side == .client, let route else { return .accept }
        return route.accepts(request.certificates) ? .accept : .reject(.badCertificate)
    }

    private func beginConnecting() {
        guard let route else { return }
        let report = session.report
        // A resumed client isn't judged again, and the names that are wanted may be others now.
        if let summary = report.client {
            service.metrics.handshakeCompleted(summary, route, .client, after: report.handshakeTime)
            guard route.accepts(summary.peerCertificates) else {
                return session.end(SessionEnd(.refused, side: .client, words: "none of its names is wanted"))
            }
        }
        connectUpstream()
    }

    private func observe(_ event: TLSEvent, _ side: ProxySide) {
        switch event {
        case .handshakeCompleted(let summary) where side == .upstream: upstreamShookHands(summary)
        case .sessionReceived(let tlsSession): if let server = attempts.server { route?.keep(tlsSession, from: server) }
        case .keyLogLine(let line): service.keyLog?.append(line)
        case .alertSent(let alert): service.metrics.alert(alert, side, "sent")
        case .alertReceived(let alert): service.metrics.alert(alert, side, "received")
        default: break
        }
    }

    private func upstreamShookHands(_ summary: HandshakeSummary) {
        guard let route, let server = attempts.server else { return }
        service.metrics.handshakeCompleted(summary, route, .upstream, after: nil)
        attemptSucceeded(server)
        // In TLS 1.2 a server that resumes hands out no new session as a rule, and the old one goes on being good.
        guard summary.isResumed, summary.version == .tls12, let offered = attempts.offered else { return }
        route.putBack(offered, from: server)
    }

    // MARK: - Ends

    /// Shuts a sending half down behind what it still has to send: NIO, where the peer has shut down its own, would throw that
    /// away (2.101).
    private func closeOutput(_ side: ProxySide) {
        guard let channel = self[side].channel else { return }
        self[side].isOutputClosed = true
        channel.writeAndFlush(ByteBuffer()).assumeIsolated().whenComplete { _ in
            guard !self[side].isClosing else { return }
            channel.close(mode: .output, promise: nil)
        }
    }

    /// Closes a channel behind what it still has to send.
    private func close(_ side: ProxySide) {
        guard let channel = self[side].channel, !self[side].isClosing else { return }
        self[side].isClosing = true
        ChannelEnd(channel, .close, generation.timeouts).begin()
    }

    /// Resets a connection, behind what it still has to send.
    private func abort(_ side: ProxySide) {
        if side == .upstream { attempts.end() }
        guard let channel = self[side].channel, !self[side].isClosing else { return }
        self[side].isClosing = true
        ChannelEnd(channel, .reset, generation.timeouts).begin()
    }

    /// Resets a connection at once.
    private func reset(_ side: ProxySide) {
        guard let channel = self[side].channel else { return }
        self[side].isClosing = true
        channel.reset()
    }

    private func finish() {
        guard !isFinished else { return }
        isFinished = true
        attempts.end()
        recordings?.keepIfFailed(session.report, service.logger)
        tellEnd()
        leaveIfClosed()
    }

    /// Gives everything back once both channels are closed.
    func leaveIfClosed() {
        guard isFinished, !isGone, client.channel == nil, upstream.channel == nil else { return }
        isGone = true
        client.handler?.detach()
        upstream.handler?.detach()
        if let ticket { service.release(ticket) }
        ticket = nil
        if let route, let server = attempts.server { route.closed(server, session.report, service) }
        service.finished(self)
    }
}

extension Admission.Refusal {
    /// For logs.
    fileprivate var words: String {
        switch self {
        case .connections: "too many connections"
        case .connectionsPerAddress: "too many connections from this address"
        case .handshakesPerSecond: "too many handshakes a second"
        }
    }
}

extension CertificateRejection {
    /// The rejection whose alert OpenSSL's verdict asks for.
    fileprivate init(_ failure: VerificationFailure) {
        self = Self.allCases.first { $0.alert == failure.reason.alert } ?? .badCertificate
    }
}
