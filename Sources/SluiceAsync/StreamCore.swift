internal import Sluice

/// What a scope's tasks share: the pumps, the handshake, and the users of the stream.
///
/// The pumps alone touch the transport, and everything else only the state, under its lock. So a user's task can be
/// cancelled at any point and no byte is half moved.
final class StreamCore: Sendable {
    let monitor: Monitor<StreamState>

    init(_ engine: consuming TLSEngine, received: [UInt8], appetite: AsyncTLSAppetite) {
        monitor = Monitor(StreamState(engine: engine, received: received, appetite: appetite))
    }

    /// Receives what the engine wants until it wants no more.
    func receiveAll(from transport: some AsyncByteTransport) async {
        do {
            while let count = try await monitor.attempt({ state in state.nextReceive() }) {
                let bytes = try await transport.receive(atMost: count)
                monitor.update { $0.didReceive(bytes) }
            }
        } catch {
            monitor.update { $0.didFailToReceive(error) }
        }
    }

    /// Sends what the engine makes until the scope ends.
    func sendAll(to transport: some AsyncByteTransport) async {
        do {
            while let bytes = try await monitor.attempt({ state in state.nextSend() }) {
                try await transport.send(bytes)
                monitor.update { $0.didSend(bytes.count) }
            }
        } catch {
            monitor.update { $0.didFailToSend(error) }
        }
        await discardAll()
    }

    /// Goes on draining to nobody: an engine whose answers have no room reads no further, and what the peer sent last
    /// could not be read.
    private func discardAll() async {
        while (try? await monitor.attempt({ state in state.nextSend() })) ?? nil != nil {}
    }

    /// Waits until the handshake has completed, answering what is asked.
    func handshake(
        within duration: Duration,
        on clock: some Clock<Duration>,
        deciding decisions: AsyncTLSDecisions
    ) async throws -> HandshakeSummary {
        try await withThrowingTaskGroup(of: HandshakeSummary?.self) { group in
            defer { group.cancelAll() }
            group.addTask { try await self.monitor.attempt { state in try state.establish() } }
            group.addTask {
                try await self.answerAll(with: decisions)
                return nil
            }
            group.addTask {
                try await clock.sleep(for: duration)
                throw self.monitor.update { $0.handshakeTimeout }
            }
            while let ended = try await group.next() {
                if let summary = ended { return summary }
            }
            throw CancellationError()
        }
    }

    private func answerAll(with decisions: AsyncTLSDecisions) async throws {
        while let decision = try await monitor.attempt({ state in state.nextDecision() }) {
            do {
                let answer = try await decisions.answer(decision)
                try monitor.update { state throws(TLSError) in try state.resolve(answer) }
            } catch {
                giveUp(decision)
                throw error
            }
        }
    }

    /// Lets the peer know that there is no answer.
    private func giveUp(_ decision: TLSDecision) {
        monitor.update { state in
            guard let answer = decision.answerWithoutOwner, state.engine.pendingDecision != nil else { return }
            // It is a refusal, and throws itself.
            try? state.resolve(answer)
        }
    }

    /// Says goodbye after a scope that came to something, and waits until the transport took everything, or the time is
    /// over.
    func finish(isComplete: Bool, within duration: Duration, on clock: some Clock<Duration>) async {
        guard monitor.update({ $0.beginClosing(isComplete: isComplete) }) else { return }
        await withTaskGroup(of: Void.self) { group in
            group.addTask { try? await self.monitor.attempt { state in try state.checkFlushed() } }
            group.addTask { try? await clock.sleep(for: duration) }
            await group.next()
            group.cancelAll()
        }
    }
}
