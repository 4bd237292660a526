internal import Sluice

// TLS as a transport of plaintext, and so of another TLS.

extension TLSStream: ByteTransport where Transport: ~Copyable {
    /// Appends plaintext that has arrived, at most what fits.
    ///
    /// - Returns: `ended` once the peer has closed with close_notify.
    /// - Throws: `tunnelFailed` when TLS failed, or the peer's bytes ended without close_notify.
    public mutating func read(into output: inout OutputRawSpan) throws(TransportError) -> Transfer {
        guard output.freeCapacity > 0 else { return .moved(0) }
        let result = try readOnce(into: &output)
        guard result == .blocked else { return result }
        // Once: a peer that sends much and says nothing doesn't keep the caller.
        try pump()
        return try readOnce(into: &output)
    }

    private mutating func readOnce(into output: inout OutputRawSpan) throws(TransportError) -> Transfer {
        do throws(TLSError) {
            let count = try engine.read(into: &output)
            if count > 0 { return .moved(count) }
            return engine.isPeerClosed ? .ended : .blocked
        } catch {
            throw TransportError(error)
        }
    }

    /// Takes as much plaintext as there is room for now, and sends what the transport takes of it.
    ///
    /// - Throws: `tunnelFailed` when TLS failed.
    public mutating func write(_ bytes: RawSpan) throws(TransportError) -> Transfer {
        guard bytes.byteCount > 0 else { return .moved(0) }
        var count = try writeOnce(bytes)
        // Sends what was taken, or makes room. Once, as in reading.
        try pump()
        if count == 0 {
            count = try writeOnce(bytes)
            if count > 0 { try pump() }
        }
        return count > 0 ? .moved(count) : .blocked
    }

    private mutating func writeOnce(_ bytes: RawSpan) throws(TransportError) -> Int {
        do throws(TLSError) { return try engine.write(bytes) } catch { throw TransportError(error) }
    }

    /// Sends what the transport takes now.
    public mutating func flush() throws(TransportError) -> Bool {
        if let sendFailure { throw sendFailure }
        return isFlushed ? false : try pump()
    }

    /// Sends close_notify. What carries this connection stays open: its end is for who is spoken to by it.
    public mutating func finishSending() {
        try? engine.close()
        _ = try? pump()
    }

    /// What the transport knows.
    public mutating func endWords() -> String? { transport.endWords() }

    /// Adds what has to be waited for before plaintext can be read, or written and flushed.
    public borrowing func addInterests(_ interests: Readiness, to poll: inout Poll) {
        var wanted = self.interests
        // Until the handshake is through, and while a message is here in part, writing needs the peer's bytes, too.
        let isReadingNeeded = interests.contains(.readable) || engine.writableByteCount == 0
        if !isReadingNeeded { wanted.remove(.readable) }
        if interests.contains(.readable), engine.readableByteCount > 0 { poll.addNothingToWaitFor() }
        if wanted.contains(.readable), !adopted.isEmpty { poll.addNothingToWaitFor() }
        transport.addInterests(wanted, to: &poll)
    }
}

extension TransportError {
    /// The failure of a TLS connection that carries another one.
    init(_ error: TLSError) {
        self.init(.tunnelFailed, "go on through the TLS connection that carries this one: \(error)")
    }
}
