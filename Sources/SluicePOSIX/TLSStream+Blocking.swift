public import Sluice

// The calls that wait, each until its deadline.

extension TLSStream where Transport: ~Copyable {
    /// Waits until the handshake has completed, or `TLSEngine/pendingDecision` waits for an answer: give it to the
    /// engine and call again.
    ///
    /// - Returns: Whether the handshake has completed.
    /// - Throws: Why there is no connection; ``finish(by:)`` then tells the peer.
    @discardableResult
    public mutating func handshake(by deadline: Deadline) throws(TLSStreamError) -> Bool {
        while !engine.isEstablished, engine.pendingDecision == nil {
            if case .failed(let error) = engine.state { throw .tls(error) }
            try turn(by: deadline, "complete the handshake in time")
        }
        _ = try pumpNow()
        return engine.isEstablished
    }

    /// Waits for plaintext and appends what there is, at least a byte.
    ///
    /// - Returns: Bytes appended; 0 once the peer has closed, or if `output` is full.
    public mutating func read(into output: inout OutputRawSpan, by deadline: Deadline) throws(TLSStreamError) -> Int {
        while output.freeCapacity > 0 {
            do throws(TLSError) {
                let count = try engine.read(into: &output)
                if count > 0 || engine.isPeerClosed { return count }
            } catch {
                throw .tls(error)
            }
            try turn(by: deadline, "read in time")
        }
        return 0
    }

    /// Waits for plaintext: what there is, at least a byte and at most `countMax`; none once the peer has closed.
    public mutating func read(
        atMost countMax: Int = TLSLimits.recordPlaintextBytesMax,
        by deadline: Deadline
    ) throws(TLSStreamError) -> [UInt8] {
        while true {
            do throws(TLSError) {
                let bytes = try engine.read(atMost: countMax)
                if !bytes.isEmpty || engine.isPeerClosed { return bytes }
            } catch {
                throw .tls(error)
            }
            try turn(by: deadline, "read in time")
        }
    }

    /// Writes all of the plaintext, and waits until it has left.
    ///
    /// - Throws: Also where the peer went away before it was all sent.
    public mutating func write(_ plaintext: RawSpan, by deadline: Deadline) throws(TLSStreamError) {
        var written = 0
        while written < plaintext.byteCount {
            let rest = plaintext.extracting(droppingFirst: written)
            var count = 0
            do throws(TLSError) { count = try engine.write(rest) } catch { throw .tls(error) }
            written += count
            if count == 0 { try turn(by: deadline, "write in time") }
        }
        try flush(by: deadline)
    }

    /// Writes all of the plaintext, and waits until it has left.
    public mutating func write(_ plaintext: [UInt8], by deadline: Deadline) throws(TLSStreamError) {
        var rest = plaintext[...]
        while !rest.isEmpty {
            var count = 0
            let piece = Array(rest.prefix(TLSLimits.recordPlaintextBytesMax))
            do throws(TLSError) { count = try engine.write(piece) } catch { throw .tls(error) }
            rest = rest.dropFirst(count)
            if count == 0 { try turn(by: deadline, "write in time") }
        }
        try flush(by: deadline)
    }

    /// Waits until all that was written has left.
    public mutating func flush(by deadline: Deadline) throws(TLSStreamError) {
        while engine.drainableByteCount > 0 || !transport.isFlushed {
            if let sendFailure { throw .transport(sendFailure) }
            try turn(by: deadline, "send in time")
        }
    }

    /// Ends this end's sending with close_notify, and waits until that has left. Reading goes on.
    public mutating func close(by deadline: Deadline) throws(TLSStreamError) {
        try flush(by: deadline)
        do throws(TLSError) { try engine.close() } catch { throw .tls(error) }
        // A peer that has closed may not wait for this end's close_notify.
        while !isFlushed { try turn(by: deadline, "close in time") }
    }

    /// Sends what is left (an alert, close_notify), ends the transport's sending, and throws away what still comes until
    /// the peer's end, unless both ends have closed TLS.
    ///
    /// A socket that is closed with unread bytes resets the connection, and the peer then may never see the alert.
    /// Failures are of no interest any more; the deadline should be near.
    public mutating func finish(by deadline: Deadline) {
        while !isFlushed, !deadline.isPassed, (try? turn(by: deadline, "send in time")) != nil {}
        transport.finishSending()
        while !transport.isFlushed, !deadline.isPassed, (try? transport.flush()) != nil {
            try? transport.wait(for: .writable, by: deadline)
        }
        // Where both ends have said that they are through, nothing can come.
        while engine.state != .closed, !deadline.isPassed, (try? discardInput()) == false {
            try? transport.wait(for: .readable, by: deadline)
        }
    }

    /// One go at moving bytes, and if nothing moved a wait for the transport.
    private mutating func turn(by deadline: Deadline, _ words: String) throws(TLSStreamError) {
        if try pumpNow() { return }
        let interests = interests
        if interests.isEmpty { throw .transport(sendFailure ?? TransportError(.connectionReset, words)) }
        do throws(TransportError) {
            try transport.wait(for: interests, by: deadline)
        } catch {
            throw .transport(error)
        }
        if deadline.isPassed { throw .transport(TransportError(.deadlinePassed, words)) }
    }

    private mutating func pumpNow() throws(TLSStreamError) -> Bool {
        do throws(TransportError) { return try pump() } catch { throw .transport(error) }
    }
}
