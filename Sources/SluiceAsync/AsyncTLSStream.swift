public import Sluice

/// A TLS connection over an async transport, inside its scope.
///
/// ``withTLS(_:over:alreadyReceived:handshakeWithin:closeWithin:clock:appetite:deciding:_:)`` makes it once the handshake has completed,
/// and ends it. Any task within the scope may use it, several at once: one reads while another writes.
///
/// A verb whose task is cancelled throws `CancellationError` and changes nothing else: no byte is lost, and the
/// connection goes on.
public struct AsyncTLSStream: Sendable {
    let core: StreamCore

    /// What the handshake came to.
    public let summary: HandshakeSummary

    /// Waits for plaintext of the peer.
    ///
    /// - Parameter countMax: At most so many bytes, at least 1.
    /// - Returns: What there is, at least a byte; none once the peer has closed. Two reads at once share the bytes.
    /// - Throws: `TLSError`, of code `truncated` if the peer's bytes ended without close_notify; the transport's own
    ///   error. Everything that came before was read by then.
    public func read(atMost countMax: Int = TLSLimits.recordPlaintextBytesMax) async throws -> [UInt8] {
        precondition(countMax > 0, "read at least a byte: none means that the peer has closed")
        return try await core.monitor.attempt { state in try state.read(atMost: countMax) }
    }

    /// Writes plaintext, all of it, and returns when the last byte is encrypted and on its way.
    ///
    /// No more than the engine's ring and one call of the transport waits to be sent, so a writer waits for a slow peer.
    /// To know that the transport took it, ``flush()``. The bytes of a write stay together, with several at once too.
    ///
    /// - Throws: `TLSError`; the transport's own error. If the task is cancelled, a part may have been written; to go on
    ///   after that use ``write(from:)``.
    public func write(_ plaintext: [UInt8]) async throws {
        var rest = plaintext[...]
        try await write(from: &rest)
    }

    /// Writes plaintext, all of it, and removes from `rest` what was written, so that a write that was cancelled can go
    /// on where it stopped.
    public func write(from rest: inout ArraySlice<UInt8>) async throws {
        let turn = core.monitor.update { $0.newTurn() }
        defer { core.monitor.update { $0.end(turn) } }
        try await core.monitor.attempt { state in try state.write(&rest, in: turn) }
    }

    /// Waits until the transport took everything that was written before.
    public func flush() async throws {
        let end = core.monitor.update { $0.ciphertextEnd }
        try await core.monitor.attempt { state in try state.checkSent(end) }
    }

    /// Ends this end's sending with close_notify once writes under way are through, and waits until the transport took
    /// that. Reading goes on until the peer's.
    public func close() async throws {
        let turn = core.monitor.update { $0.newTurn() }
        defer { core.monitor.update { $0.end(turn) } }
        try await core.monitor.attempt { state in try state.close(in: turn) }
        try await core.monitor.attempt { state in try state.checkFlushed() }
    }

    /// Ends TLS and keeps the transport: closes, waits for the peer's close_notify, and leaves the transport open for
    /// what follows, also when the scope ends.
    ///
    /// - Returns: Bytes behind the peer's close_notify that were received already: the beginning of what follows. Always
    ///   none over a transport that stops where it is told to, with ``AsyncTLSAppetite/exact``.
    /// - Throws: ``AsyncTLSError/Code/plaintextUnread`` if the peer still sends. Read to the end, then unwrap again.
    public func unwrap() async throws -> [UInt8] {
        try await close()
        return try await core.monitor.attempt { state in try state.unwrap() }
    }

    /// Uses the engine at once: for events, counters, key updates, exporters.
    ///
    /// What it has to send goes out by itself. Leave `feed`, `feedEOF`, `drain` and `takeLeftover` alone: they move bytes
    /// past the pumps. The other tasks of the connection wait meanwhile, so be brief.
    public func withEngine<Value: Sendable, Failure>(
        _ body: (inout TLSEngine) throws(Failure) -> Value
    ) throws(Failure) -> Value {
        try core.monitor.update { state throws(Failure) in
            defer { state.change() }
            return try body(&state.engine)
        }
    }
}
