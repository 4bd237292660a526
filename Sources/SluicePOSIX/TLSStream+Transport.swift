internal import Sluice

// TLS as a transport of plaintext, and so of another TLS.

extension TLSStream: ByteTransport where Transport: ~Copyable {
    /// Appends plaintext that has arrived, at most what fits.
    ///
    /// - Returns: `ended` once the peer has closed with close_notify.
    /// - Throws: `tunnelFailed` when TLS failed, or the peer's bytes ended without close_notify.
    public mutating func read(into output: inout OutputRawSpan) throws(TransportError) -> Transfer {
        guard output.freeCapacity > 0 else { return .moved(0) }
        repeat {
            do throws(TLSError) {
                let count = try engine.read(into: &output)
                if count > 0 { return .moved(count) }
                if engine.isPeerClosed { return .ended }
            } catch {
                throw TransportError(error)
            }
        } while try pump()
        return .blocked
    }

    /// Takes as much plaintext as there is room for now, and sends what the transport takes of it.
    ///
    /// - Throws: `tunnelFailed` when TLS failed.
    public mutating func write(_ bytes: RawSpan) throws(TransportError) -> Transfer {
        repeat {
            var count = 0
            do throws(TLSError) { count = try engine.write(bytes) } catch { throw TransportError(error) }
            if count > 0 || bytes.byteCount == 0 {
                try pump()
                return .moved(count)
            }
        } while try pump()
        return .blocked
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
