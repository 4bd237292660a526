internal import NIOCore
internal import Sluice

// The two things that must not take for ever.

extension TLSHandler {
    func scheduleHandshakeTimeout(_ context: ChannelHandlerContext) {
        guard let timeout = configuration.handshakeTimeout else { return }
        handshakeTimer = context.eventLoop.assumeIsolated().scheduleTask(in: timeout) {
            guard self.stage == .running, !self.engine.isEstablished, let context = self.context else { return }
            self.finish(context, TLSHandlerError(.handshakeTimedOut), isFired: true)
        }
    }

    func scheduleShutdownTimeout(_ context: ChannelHandlerContext) {
        guard shutdownTimer == nil else { return }
        sentAtShutdownTimer = engine.counters.ciphertextBytesSent
        shutdownTimer = context.eventLoop.assumeIsolated().scheduleTask(in: configuration.shutdownTimeout) {
            self.shutdownTimer = nil
            // What was flushed before the close may be long, and the peer slow but reading.
            if self.engine.counters.ciphertextBytesSent > self.sentAtShutdownTimer, let context = self.context {
                self.scheduleShutdownTimeout(context)
            } else {
                self.shutdownDidTimeOut()
            }
        }
    }

    private func shutdownDidTimeOut() {
        guard let context else { return }
        let error = TLSHandlerError(.shutdownTimedOut)
        switch stage {
        case .running where goal == .unwrap: unwrap(context, error)
        case .running:
            stage = .finishing
            failWrites(error)
            promises.takeCloseOutput()?.fail(error)
            closeChannel()
        case .finishing: closeChannel()
        case .idle, .over: break
        }
    }

    func cancelTimers() {
        handshakeTimer?.cancel()
        handshakeTimer = nil
        shutdownTimer?.cancel()
        shutdownTimer = nil
    }
}
