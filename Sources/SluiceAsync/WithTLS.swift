public import Sluice

/// Speaks TLS over a transport for as long as a scope lasts.
///
/// The handshake comes first, then `body` runs in the caller's task, with two tasks beside it that carry the bytes. All
/// are over when this returns:
///
/// - `body` returns: what was written and close_notify (after a failure the alert) are sent, the transport is closed.
/// - `body` throws: the same without close_notify, so that the peer sees truncation and takes no part for the whole.
/// - The handshake fails: the alert is sent, the transport closed, the reason thrown.
/// - The caller's task is cancelled: the transport is closed without a goodbye, and the peer sees truncation.
///
/// - Parameters:
///   - engine: A client or server, fresh or with bytes fed to it already.
///   - transport: Carries the ciphertext. It is closed in the end, except after ``AsyncTLSStream/unwrap()``.
///   - alreadyReceived: Bytes of the peer's TLS that came with what was before it, as after STARTTLS.
///   - handshakeWithin: How long the handshake may take, decisions included.
///   - closeWithin: How long the transport may take over the last bytes.
///   - clock: What both times are measured by.
///   - appetite: How much to ask the transport for.
///   - decisions: Who answers the engine's questions.
///   - body: Uses the stream, from any of its own tasks.
/// - Returns: What `body` returns.
/// - Throws: What `body` throws. Why there is no connection: `TLSError`, the transport's own error, or
///   ``AsyncTLSError``. Why something that was written could not be sent, where `body` returned.
public func withTLS<Value>(
    _ engine: consuming TLSEngine,
    over transport: some AsyncByteTransport,
    alreadyReceived: [UInt8] = [],
    handshakeWithin: Duration = AsyncTLSLimits.handshakeDuration,
    closeWithin: Duration = AsyncTLSLimits.closeDuration,
    clock: some Clock<Duration> = ContinuousClock(),
    appetite: AsyncTLSAppetite = .exact,
    deciding decisions: AsyncTLSDecisions = .none,
    _ body: (AsyncTLSStream) async throws -> Value
) async throws -> Value {
    let core = StreamCore(engine, received: alreadyReceived, appetite: appetite)
    return try await withTaskGroup(of: Void.self) { group in
        group.addTask { await core.receiveAll(from: transport) }
        group.addTask { await core.sendAll(to: transport) }
        let result: Result<Value, any Error>
        var isComplete = false
        do {
            let summary = try await core.handshake(within: handshakeWithin, on: clock, deciding: decisions)
            result = .success(try await body(AsyncTLSStream(core: core, summary: summary)))
            isComplete = true
        } catch {
            result = .failure(error)
        }
        await core.finish(isComplete: isComplete, within: closeWithin, on: clock)
        let loss = core.monitor.update { $0.end() }
        group.cancelAll()
        if !core.monitor.update({ $0.isUnwrapped }) { await transport.close() }
        await group.waitForAll()
        return if let loss, case .success = result { Result<Value, any Error>.failure(loss) } else { result }
    }.get()
}
