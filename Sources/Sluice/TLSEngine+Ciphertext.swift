internal import SluiceOpenSSL

// The ciphertext side: feed and drain, by copy or straight in the rings.

extension TLSEngine {
    /// Takes ciphertext that arrived from the peer, cut anywhere.
    ///
    /// - Returns: Bytes taken, `0...ciphertext.byteCount`. If fewer, `read` and `drain`, then offer the rest. After the
    ///   peer's close_notify none are taken: they belong to what follows TLS, with ``takeLeftover()`` before them.
    /// - Throws: ``TLSError`` when the connection is over; every later call throws the same value.
    public mutating func feed(_ ciphertext: RawSpan) throws(TLSError) -> Int {
        let before = traffic.fed
        return try recording { engine throws(TLSError) in
            try engine.takeCiphertext(ciphertext)
        } as: { engine in
            let taken = Int(engine.traffic.fed - before)
            let bytes = [UInt8](copying: ciphertext.extracting(first: taken))
            return .feed(bytes, offered: Self.offer(of: ciphertext.byteCount, taken: taken, extraMax: 1))
        } outcome: {
            .count($0)
        }
    }

    private mutating func takeCiphertext(_ ciphertext: RawSpan) throws(TLSError) -> Int {
        try checkAlive()
        guard !isInputEnded else { return 0 }
        var taken = 0
        while taken < ciphertext.byteCount, life.isReceiving {
            let count = min(ciphertext.byteCount - taken, connection.inboundFreeByteCount)
            guard count > 0 else { break }
            let piece = ciphertext.extracting(droppingFirst: taken).extracting(first: count)
            traffic.fed += UInt64(count)
            connection.inlet.lend(piece, to: &self) { engine in engine.advance() }
            taken += count
        }
        try checkAlive()
        return taken
    }

    /// Takes ciphertext and gives the plaintext in it: ``feed(_:)-(RawSpan)`` and ``read(into:)`` in one, for owners that read
    /// at once.
    ///
    /// It spares the look that `feed` takes at what it has, in case that isn't plaintext: an eighth of a round trip of
    /// small messages.
    ///
    /// - Parameters:
    ///   - ciphertext: What arrived from the peer, cut anywhere; nothing, to read what is there.
    ///   - plaintext: Plaintext is appended, as much as there is or fits.
    /// - Returns: Bytes of ciphertext taken. If fewer than offered, make room for plaintext, `drain`, then offer the rest.
    /// - Throws: ``TLSError`` when the connection is over and everything that came before was read.
    public mutating func feed(
        _ ciphertext: RawSpan,
        reading plaintext: inout OutputRawSpan
    ) throws(TLSError) -> Int {
        let before = plaintext.byteCount
        var taken = takeAndRead(ciphertext, &plaintext)
        while taken < ciphertext.byteCount {
            let count = takeAndRead(ciphertext.extracting(droppingFirst: taken), &plaintext)
            guard count > 0 else { break }
            taken += count
        }
        // A failure behind plaintext is for the next call.
        if plaintext.byteCount == before { try checkAlive() }
        return taken
    }

    /// Takes a ring full of ciphertext at most. Returns how much; a failure becomes the engine's state.
    @inline(__always)
    private mutating func takeAndRead(_ ciphertext: RawSpan, _ plaintext: inout OutputRawSpan) -> Int {
        guard recorder == nil, case .open(_, .open) = life, !isInputEnded else {
            let taken = try? feed(ciphertext)
            _ = try? read(into: &plaintext)
            return taken ?? 0
        }
        let count = min(ciphertext.byteCount, connection.inboundFreeByteCount)
        readRecords(feeding: ciphertext.extracting(first: count), into: &plaintext)
        if case .open(.closing, _) = life { advance() } else if isWaitingForRoom { advance() }
        return count
    }

    /// Lends the free part of the inbound ring to be filled, and processes what was put in: a transport reads from its
    /// descriptor straight into the ring, without a buffer of its own.
    ///
    /// The span may be shorter than ``feedableByteCount``, where the ring wraps; it is empty when the ring is full or
    /// the connection is over. A failure that the new bytes cause is thrown by the next verb.
    ///
    /// - Parameter body: Appends bytes. What it appended before it throws is kept.
    /// - Returns: Bytes put in.
    /// - Throws: What `body` throws.
    public mutating func feed<E>(
        filling body: (inout OutputRawSpan) throws(E) -> Void
    ) throws(E) -> Int {
        let isTaking = life.isReceiving && !isInputEnded
        let before = connection.inboundByteCount
        let isRecorded = recorder != nil
        var bytes: [UInt8] = []
        defer {
            let count = connection.inboundByteCount - before
            if count > 0 {
                traffic.fed += UInt64(count)
                advance()
                recorder?.record(TLSCall(.fill(bytes), .count(count)))
            }
        }
        return try connection.fillInbound(isEmpty: !isTaking) { output throws(E) in
            defer { if isRecorded { bytes = [UInt8](copying: output.bytes) } }
            try body(&output)
        }
    }

    /// Appends ciphertext to be sent to the peer, as much as there is or fits.
    ///
    /// Always valid: after a failure and after the close it gives what is left, the fatal alert with it.
    ///
    /// - Returns: Bytes appended. 0 means that there is nothing to send now, or that `output` is full.
    public mutating func drain(into output: inout OutputRawSpan) -> Int {
        let before = output.byteCount
        let free = output.freeCapacity
        let total = moveOutbound(into: &output)
        if let recorder, total > 0 {
            let bytes = [UInt8](copying: output.bytes.extracting(droppingFirst: before))
            recorder.record(TLSCall(.drain(atMost: min(free, total + 1)), .bytes(bytes)))
        }
        return total
    }

    private mutating func moveOutbound(into output: inout OutputRawSpan) -> Int {
        var total = 0
        while output.freeCapacity > 0 {
            let count = connection.takeOutbound(into: &output)
            guard count > 0 else { break }
            total += count
            didDrain(count)
        }
        return total
    }

    /// Lends ciphertext that is ready for the peer, and removes what `body` says it sent: a transport writes from the
    /// ring straight to its descriptor.
    ///
    /// The span may be shorter than ``drainableByteCount``, where the ring wraps; it is empty when nothing is ready.
    ///
    /// - Parameter body: Returns how many of the bytes it took, `0...span.byteCount`. If it throws, none are removed.
    /// - Returns: What `body` returned.
    /// - Throws: What `body` throws.
    public mutating func drain<E>(lending body: (RawSpan) throws(E) -> Int) throws(E) -> Int {
        guard let recorder else {
            let count = try connection.takeOutbound(body)
            if count > 0 { didDrain(count) }
            return count
        }
        var bytes: [UInt8] = []
        let count = try connection.takeOutbound { stretch throws(E) in
            let count = try body(stretch)
            bytes = [UInt8](copying: stretch.extracting(first: count))
            return count
        }
        guard count > 0 else { return 0 }
        didDrain(count)
        recorder.record(TLSCall(.drain(atMost: count), .bytes(bytes)))
        return count
    }

    private mutating func didDrain(_ count: Int) {
        traffic.drained += UInt64(count)
        // A flight that didn't fit goes on as soon as there is room.
        if isWaitingForRoom { advance() }
    }

    /// Says that the peer's bytes have ended: the transport read an end of file.
    ///
    /// After the peer's close_notify that is the clean end. Without it the peer's plaintext may be cut off: what arrived
    /// can still be read, then `read` throws `truncated`, whose ``TLSError/isDuringHandshake`` tells whether the
    /// handshake was cut.
    ///
    /// - Throws: `truncated` if nothing is left to read.
    public mutating func feedEOF() throws(TLSError) {
        try recording(.feedEOF) { engine throws(TLSError) in try engine.endInput() }
    }

    private mutating func endInput() throws(TLSError) {
        try checkAlive()
        isInputEnded = true
        guard life.isReceiving else { return }
        connection.endInbound()
        advance()
        try checkAlive()
    }

    /// Takes the bytes that were fed and lie behind the peer's close_notify: the beginning of what follows TLS on the
    /// same transport. Empty until then.
    public mutating func takeLeftover() -> [UInt8] {
        let bytes = isPeerClosed ? connection.takeInbound() : []
        recorder?.record(TLSCall(.takeLeftover, .bytes(bytes)))
        return bytes
    }
}
