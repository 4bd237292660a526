internal import NIOCore
internal import NIOTLS
internal import Sluice

// What the engine has to say, and to ask.

extension TLSHandler {
    /// Tells the next handlers that the handshake has completed, once.
    func tellHandshake(_ context: ChannelHandlerContext) {
        guard stage == .running, !isHandshakeTold, let summary = engine.summary else { return }
        isHandshakeTold = true
        handshakeTimer?.cancel()
        handshakeTimer = nil
        tellEvents()
        context.fireUserInboundEventTriggered(TLSEvent.handshakeCompleted(summary))
        let name = summary.applicationProtocol?.description
        context.fireUserInboundEventTriggered(TLSUserEvent.handshakeCompleted(negotiatedProtocol: name))
    }

    /// Hands the engine's events to the observer.
    func tellEvents() {
        while let event = engine.nextEvent() { configuration.observer?(event) }
    }

    /// Puts the engine's question to whoever answers it.
    func decide(_ context: ChannelHandlerContext) {
        guard stage == .running, !isDeciding, !engine.isEstablished, let question = engine.pendingDecision else {
            return
        }
        isDeciding = true
        let makers = configuration.decisions
        switch question {
        case .clientHello(let hello):
            ask(makers.clientHello?(hello, context.eventLoop), context) { handler, answer in
                guard case .clientHello = handler.engine.pendingDecision else { return }
                try? handler.engine.resolve(answer ?? .refuse(.internalError))
            }
        case .clientIdentity(let request):
            ask(makers.clientIdentity?(request, context.eventLoop), context) { handler, answer in
                guard case .clientIdentity = handler.engine.pendingDecision else { return }
                // Going on without an identity could be taken for a choice.
                if let answer { try? handler.engine.resolve(answer) } else { try? handler.engine.close() }
            }
        case .peerCertificate(let request):
            ask(makers.peerCertificate?(request, context.eventLoop), context) { handler, answer in
                guard case .peerCertificate = handler.engine.pendingDecision else { return }
                try? handler.engine.resolve(answer ?? .reject(.certificateUnknown))
            }
        }
    }

    /// Waits for an answer, and tells why if there is none.
    private func ask<Answer: Sendable>(
        _ answer: EventLoopFuture<Answer>?,
        _ context: ChannelHandlerContext,
        resolve: @escaping (TLSHandler, Answer?) -> Void
    ) {
        let answer = answer ?? context.eventLoop.makeFailedFuture(TLSHandlerError(.undecided))
        answer.hop(to: context.eventLoop).assumeIsolated().whenComplete { result in
            self.isDeciding = false
            guard self.stage == .running, let context = self.context else { return }
            switch result {
            case .success(let answer): resolve(self, answer)
            case .failure(let error):
                resolve(self, nil)
                context.fireErrorCaught(error)
            }
            self.pump()
        }
    }
}
