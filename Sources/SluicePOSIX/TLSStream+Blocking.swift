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
        var patience = Patience(deadline, "complete the handshake in time")
        while !engine.isEstablished, engine.pendingDecision == nil {
            if case .failed(let error) = engine.state { throw .tls(error) }
            try turn(&patience)
        }
        // The last flight goes out. If that fails, the next call tells.
        _ = try? pump()
        return engine.isEstablished
    }

    /// Waits for plaintext and appends what there is, at least a byte.
    ///
    /// - Returns: Bytes appended; 0 once the peer has closed, or if `output` is full.
    public mutating func read(into output: inout OutputRawSpan, by deadline: Deadline) throws(TLSStreamError) -> Int {
        var patience = Patience(deadline, "read in time")
        while output.freeCapacity > 0 {
            do throws(TLSError) {
                let count = try engine.read(into: &output)
                if count > 0 || engine.isPeerClosed { return count }
            } catch {
                throw .tls(error)
            }
            try turn(&patience)
        }
        return 0
    }

    /// Waits for plaintext: what there is, at least a byte and at most `countMax`; none once the peer has closed.
    public mutating func read(
        atMost countMax: Int = TLSLimits.recordPlaintextBytesMax,
        by deadline: Deadline
    ) throws(TLSStreamError) -> [UInt8] {
        var patience = Patience(deadline, "read in time")
        while true {
            do throws(TLSError) {
                let bytes = try engine.read(atMost: countMax)
                if !bytes.isEmpty || engine.isPeerClosed { return bytes }
            } catch {
                throw .tls(error)
            }
            try turn(&patience)
        }
    }

    /// Writes all of the plaintext, and waits until it has left.
    ///
    /// - Throws: Also where the peer went away before it was all sent.
    public mutating func write(_ plaintext: RawSpan, by deadline: Deadline) throws(TLSStreamError) {
        var patience = Patience(deadline, "write in time")
        var written = 0
        while written < plaintext.byteCount {
            let rest = plaintext.extracting(droppingFirst: written)
            var count = 0
            do throws(TLSError) { count = try engine.write(rest) } catch { throw .tls(error) }
            written += count
            if count == 0 { try turn(&patience) }
        }
        try flush(by: deadline)
    }

    /// Writes all of the plaintext, and waits until it has left.
    public mutating func write(_ plaintext: [UInt8], by deadline: Deadline) throws(TLSStreamError) {
        var patience = Patience(deadline, "write in time")
        var rest = plaintext[...]
        while !rest.isEmpty {
            var count = 0
            let piece = Array(rest.prefix(TLSLimits.recordPlaintextBytesMax))
            do throws(TLSError) { count = try engine.write(piece) } catch { throw .tls(error) }
            rest = rest.dropFirst(count)
            if count == 0 { try turn(&patience) }
        }
        try flush(by: deadline)
    }

    /// Waits until all that was written has left.
    public mutating func flush(by deadline: Deadline) throws(TLSStreamError) {
        var patience = Patience(deadline, "send in time")
        while engine.drainableByteCount > 0 || !transport.isFlushed {
            if let sendFailure { throw .transport(sendFailure) }
            try turn(&patience)
        }
    }

    /// Ends this end's sending with close_notify, and waits until that has left. Reading goes on.
    public mutating func close(by deadline: Deadline) throws(TLSStreamError) {
        try flush(by: deadline)
        do throws(TLSError) { try engine.close() } catch { throw .tls(error) }
        // A peer that has closed may not wait for this end's close_notify.
        var patience = Patience(deadline, "close in time")
        while !isFlushed { try turn(&patience) }
    }

    /// Sends what is left (an alert, close_notify), ends the transport's sending, and throws away what still comes until
    /// the peer's end, unless both ends have closed TLS.
    ///
    /// A socket that is closed with unread bytes resets the connection, and the peer then may never see the alert.
    /// Failures are of no interest any more; the deadline should be near.
    public mutating func finish(by deadline: Deadline) {
        var patience = Patience(deadline, "send in time")
        while !isFlushed, !deadline.isPassed, (try? turn(&patience)) != nil {}
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
    private mutating func turn(_ patience: inout Patience) throws(TLSStreamError) {
        let (deadline, words) = (patience.deadline, patience.words)
        if try pumpNow() { return try patience.spend() }
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

/// How long a call may take, whatever moves meanwhile: a peer that keeps the line busy doesn't keep the caller.
private struct Patience {
    let deadline: Deadline
    /// What could not be done.
    let words: String
    private var isOver = false

    init(_ deadline: Deadline, _ words: String) {
        self.deadline = deadline
        self.words = words
    }

    /// Bytes moved. What moved behind the deadline may still be what was waited for, once.
    mutating func spend() throws(TLSStreamError) {
        if isOver { throw .transport(TransportError(.deadlinePassed, words)) }
        isOver = deadline.isPassed
    }
}
