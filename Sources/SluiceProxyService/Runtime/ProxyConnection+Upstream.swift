internal import NIOCore
internal import NIOPosix
internal import Sluice
internal import SluicePreamble
internal import SluiceProxy

// Finding a server that answers, and what is said to it before the session's first byte.

extension ProxyConnection {
    /// Tries the next server.
    func connectUpstream() {
        guard let route else { return }
        guard let server = route.chooseServer(attempts) else {
            let words = attempts.failures.isEmpty ? "every server is down" : attempts.failures.joined(separator: "; ")
            return session.end(SessionEnd(.connectFailed, side: .upstream, words: words))
        }
        attempts.begin(server)
        let timeout = TimeAmount(route.connectTimeout(generation.timeouts))
        let number = attempts.count
        attempts.timer = loop.assumeIsolated().scheduleTask(in: timeout) {
            guard self.attempts.count == number else { return }
            self.attemptTimedOut("no answer within \(route.connectTimeout(self.generation.timeouts))")
            self.pump()
        }
        let handler = SideHandler(self, .upstream)
        upstream.handler = handler
        connect(server, handler, timeout).assumeIsolated().whenComplete { result in
            self.attemptEnded(number, result)
        }
    }

    private func connect(
        _ server: UpstreamAddress,
        _ handler: SideHandler,
        _ timeout: TimeAmount
    ) -> EventLoopFuture<any Channel> {
        let handler = NIOLoopBound(handler, eventLoop: loop)
        let bootstrap = ClientBootstrap(group: loop)
            // The timer of the attempt is the one that counts; this ends what goes on after it.
            .connectTimeout(timeout + .seconds(1))
            .proxied(generation.limits)
            .channelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(handler.value)
                }
            }
        return switch server {
        case .tcp(let host, let port):
            if let address = try? SocketAddress(ipAddress: host, port: Int(port)) {
                bootstrap.connect(to: address)
            } else {
                bootstrap.connect(host: host, port: Int(port))
            }
        case .unix(let path): bootstrap.connect(unixDomainSocketPath: path)
        }
    }

    private func attemptEnded(_ number: Int, _ result: Result<any Channel, any Error>) {
        let isWanted = attempts.count == number && attempts.server != nil && !session.isOver
        switch result {
        case .success(let channel) where isWanted && channel.isActive: reached(channel)
        // An end in order would tell a server of plaintext that the client had nothing to say.
        case .success(let channel): channel.reset()
        case .failure(let error): if isWanted { attemptFailed("\(error)", isServers: !error.isShortage) }
        }
        pump()
        // One that breaks before this is over says nothing of it (NIO 2.101).
        if let channel = upstream.channel, !channel.isActive { channelDidClose(on: .upstream) }
    }

    /// A server that was reached has the session, which can't be given to another one.
    private func attemptTimedOut(_ words: String) {
        guard attempts.isJoined else { return attemptFailed(words) }
        session.end(SessionEnd(.handshakeTimeout, side: .upstream, words: words))
    }

    /// Leaves the server at hand for the next one.
    ///
    /// - Parameters:
    ///   - words: What went wrong.
    ///   - isServers: Whether it is the server's failure, and not this machine's that has run out of something.
    func attemptFailed(_ words: String, isServers: Bool = true) {
        guard let server = attempts.server else { return }
        attempts.fail(words)
        route?.leave(server, isFailed: isServers, service)
        service.metrics.connectFailed(route)
        leaveUpstream()
        if !session.isOver { connectUpstream() }
    }

    private func leaveUpstream() {
        upstream.handler?.detach()
        upstream.channel?.close(promise: nil)
        upstream = ConnectionSide()
    }

    /// There is a connection. The server learns who the client is, and that TLS follows.
    private func reached(_ channel: any Channel) {
        guard let route else { return }
        upstream.channel = channel
        do {
            if let version = route.configuration.upstream.proxyProtocol {
                let header = try proxyHeader(version).encoded(as: version)
                channel.write(ByteBuffer(bytes: header), promise: nil)
            }
        } catch {
            // That isn't the server's fault.
            return session.end(SessionEnd(.internalError, words: "no PROXY header can be made: \(error)"))
        }
        guard let application = route.configuration.upstream.startTLS else { return joined() }
        var dialogue = StartTLS(application, to: attempts.server?.preambleHost ?? .localhost)
        channel.writeAndFlush(ByteBuffer(bytes: dialogue.drain()), promise: nil)
        upstream.preface = .startTLS(dialogue)
    }

    /// Goes on with the server's side of the dialogue. Returns how many bytes that took.
    func feedStartTLS(_ buffer: ByteBuffer, _ dialogue: StartTLS) -> Int {
        var dialogue = dialogue
        do {
            let count = try dialogue.feed(Array(buffer.readableBytesView)[...])
            let answer = dialogue.drain()
            if !answer.isEmpty { upstream.channel?.writeAndFlush(ByteBuffer(bytes: answer), promise: nil) }
            upstream.preface = .startTLS(dialogue)
            if dialogue.isFinished { joined() }
            return count
        } catch {
            attemptFailed("\(error)")
            return 0
        }
    }

    /// From here on the session has the server.
    private func joined() {
        guard let route, let server = attempts.server else { return }
        attempts.isJoined = true
        upstream.preface = .none
        upstream.channel?.flush()
        let report = session.report
        do {
            let plan = try route.upstreamPlan(to: server, for: report, recordings)
            if case .originate(let origination) = plan { attempts.offered = origination.session }
            session.upstreamConnected(plan)
            // With TLS that is after the handshake.
            if !route.beginsUpstreamTLS { attemptSucceeded(server) }
        } catch {
            let isClients = error.code == .invalidConfiguration
            let side: ProxySide? = isClients ? .client : nil
            session.end(SessionEnd(isClients ? .refused : .internalError, side: side, error: error))
        }
    }

    /// The server is there, with TLS if that is wanted.
    func attemptSucceeded(_ server: UpstreamAddress) {
        attempts.end()
        route?.connectSucceeded(server, service)
    }

    private func proxyHeader(_ version: ProxyHeader.Version) -> ProxyHeader {
        guard version == .v2 else { return ProxyHeader(endpoints.route) }
        return ProxyHeader(endpoints.route, fields: ProxyHeader.fields(session.report, hello))
    }
}

extension ProxyHeader {
    /// What version 2 tells about the client's TLS.
    fileprivate static func fields(_ report: SessionReport, _ hello: ClientHello?) -> [Field] {
        var fields: [Field] = []
        if let name = report.serverName { fields.append(.authority(name)) }
        guard let summary = report.client else { return fields }
        if let name = summary.applicationProtocol { fields.append(.applicationProtocol(name.bytes)) }
        fields.append(.tls(TLSFacts(summary)))
        return fields
    }
}

extension ProxyHeader.TLSFacts {
    fileprivate init(_ summary: HandshakeSummary) {
        var client: Client = .tls
        let leaf = summary.peerCertificates.first
        if leaf != nil { client.insert(.certificateInSession) }
        if leaf != nil, !summary.isResumed { client.insert(.certificateOnConnection) }
        var fields = [
            ProxyHeader.Field(.tlsVersion, Array(summary.version.openSSLName.utf8)),
            ProxyHeader.Field(.tlsCipher, Array(summary.cipherSuite.openSSLName.utf8)),
        ]
        if let name = leaf?.commonName { fields.append(ProxyHeader.Field(.tlsCommonName, Array(name.utf8))) }
        self.init(client: client, verifyResult: leaf == nil ? 1 : 0, fields: fields)
    }
}

extension TLSVersion {
    /// As OpenSSL and the PROXY protocol have it.
    fileprivate var openSSLName: String { self == .tls13 ? "TLSv1.3" : "TLSv1.2" }
}

extension UpstreamAddress {
    var preambleHost: PreambleHost {
        if case .tcp(let host, _) = self { PreambleHost(host) ?? .localhost } else { .localhost }
    }
}
