internal import SluiceOpenSSL

// The plaintext side: write, read and close.

extension TLSEngine {
    /// Takes plaintext to be sent to the peer, in records of up to 16 KiB.
    ///
    /// What is no more than ``writableByteCount`` is taken whole, but by the first write where tickets were held for it
    /// (``ServerSessions/holdsTicketsUntilFirstWrite``): they go first.
    ///
    /// - Returns: Bytes taken, `0...plaintext.byteCount`; all of them are encrypted by then. If fewer, `drain`, then offer
    ///   the rest. 0 until the handshake has completed, and while a ticket or KeyUpdate of the peer's is half here.
    /// - Throws: ``TLSError`` when the connection is over, and `closed` after ``close()``.
    public mutating func write(_ plaintext: RawSpan) throws(TLSError) -> Int {
        let before = traffic.written
        return try recording { engine throws(TLSError) in
            try engine.takePlaintext(plaintext)
        } as: { engine in
            let taken = Int(engine.traffic.written - before)
            let bytes = [UInt8](copying: plaintext.extracting(first: taken))
            let extraMax = engine.connection.ringCapacity
            return .write(bytes, offered: Self.offer(of: plaintext.byteCount, taken: taken, extraMax: extraMax))
        } outcome: {
            .count($0)
        }
    }

    @inline(__always)
    private mutating func takePlaintext(_ plaintext: RawSpan) throws(TLSError) -> Int {
        try checkAlive()
        guard case .open(let local, _) = life else { return 0 }
        guard local == .open else { throw TLSError(.closed, fault: .caller, "write came after close()") }
        guard plaintext.byteCount > 0 else { return 0 }
        if ticketsHeld > 0 {
            releaseTickets()
            try checkAlive()
        }
        var taken = 0
        defer { traffic.written += UInt64(taken) }
        do throws(OpenSSLFailure) {
            if case .wantsOutput = try connection.writeRecords(plaintext, taken: &taken) { isWaitingForRoom = true }
        } catch {
            fail(TLSError.internal("libssl can't encrypt", error))
            try checkAlive()
        }
        return taken
    }

    /// Sends the tickets that waited for the first write.
    ///
    /// libssl ends its turn after an answer to a KeyUpdate and leaves tickets that were asked for to the next write, which
    /// has no room for them; so the answer goes out by itself first.
    private mutating func releaseTickets() {
        // libssl takes no wish for a ticket while another message is half through; a later write asks again.
        guard !connection.isHandshakeDue, writeDueAnswer() else { return }
        connection.requestTickets(ticketsHeld)
        ticketsHeld = 0
        advance()
    }

    private mutating func writeDueAnswer() -> Bool {
        do throws(OpenSSLFailure) {
            return try connection.writeDueAnswer() == .done
        } catch {
            fail(error)
            return false
        }
    }

    /// Appends plaintext that arrived from the peer, as much as there is or fits.
    ///
    /// - Returns: Bytes appended. 0 means that there is nothing to read now; ``isPeerClosed`` tells whether there will
    ///   ever be.
    /// - Throws: ``TLSError`` when the connection is over and everything that came before was read.
    public mutating func read(into output: inout OutputRawSpan) throws(TLSError) -> Int {
        guard let recorder else { return try moveInbound(into: &output) }
        let before = output.byteCount
        let free = output.freeCapacity
        do throws(TLSError) {
            let total = try moveInbound(into: &output)
            let bytes = [UInt8](copying: output.bytes.extracting(droppingFirst: before))
            recorder.record(TLSCall(.read(atMost: min(free, total + 1)), .bytes(bytes)))
            return total
        } catch {
            recorder.record(TLSCall(.read(atMost: min(free, 1)), failure: error))
            throw error
        }
    }

    private mutating func moveInbound(into output: inout OutputRawSpan) throws(TLSError) -> Int {
        try checkAlive()
        let before = output.byteCount
        readRecords(feeding: RawSpan(), into: &output)
        let total = output.byteCount - before
        if total == 0 { try checkAlive() }
        return total
    }

    /// Takes ciphertext that has room in the inbound ring, and reads record after record. A failure becomes the engine's
    /// state; after some bytes it is for the next call.
    @inline(__always)
    mutating func readRecords(feeding ciphertext: RawSpan, into output: inout OutputRawSpan) {
        guard case .open(_, .open) = life else { return }
        let before = output.byteCount
        traffic.fed += UInt64(ciphertext.byteCount)
        do throws(OpenSSLFailure) {
            switch try connection.readRecords(feeding: ciphertext, into: &output) {
            case .nothingDue: break
            case .turnDue: advance()
            case .stopped(let outcome): _ = settle(outcome)
            }
        } catch {
            fail(error)
        }
        traffic.read += UInt64(output.byteCount - before)
    }

    /// Ends this end's sending with close_notify, RFC 8446 §6.1. Reading goes on until the peer's.
    ///
    /// close_notify waits for the end of a post-handshake message that is half here. Before the handshake has completed
    /// there is nothing to close: the connection is given up, and the peer sees its end of file as truncation.
    ///
    /// - Throws: ``TLSError`` when the connection is over already.
    public mutating func close() throws(TLSError) {
        try recording(.close) { engine throws(TLSError) in try engine.closeLocal() }
    }

    private mutating func closeLocal() throws(TLSError) {
        try checkAlive()
        if life == .handshaking {
            fail(TLSError(.closed, fault: .caller, "close() came before the handshake had completed"))
            return
        }
        life.closeLocal()
        advance()
        try checkAlive()
    }

    /// Changes this end's keys, and the peer's if asked to, RFC 8446 §4.6.3 (`SSL_key_update`).
    ///
    /// - Returns: false where the connection is TLS 1.2, which has no such thing, where it isn't open to write, and while
    ///   another post-handshake message is half here or waits for room.
    /// - Throws: ``TLSError`` when the connection is over.
    public mutating func updateKeys(requestingPeer isPeerRequested: Bool) throws(TLSError) -> Bool {
        try recording { engine throws(TLSError) in
            try engine.changeKeys(requestingPeer: isPeerRequested)
        } as: { _ in
            .updateKeys(requestingPeer: isPeerRequested)
        } outcome: {
            .flag($0)
        }
    }

    private mutating func changeKeys(requestingPeer isPeerRequested: Bool) throws(TLSError) -> Bool {
        try checkAlive()
        guard case .open(.open, _) = life else { return false }
        guard connection.requestKeyUpdate(fromPeerToo: isPeerRequested) else { return false }
        advance()
        try checkAlive()
        return true
    }

    /// Gives back the rings and OpenSSL's record buffers of an idle connection, which wakes by itself with the next
    /// byte either way.
    ///
    /// - Returns: Whether the memory was given back. Undrained or unread bytes, a record cut in the middle, an unfinished
    ///   handshake or a failure keep it.
    public mutating func hibernate() -> Bool {
        guard case .open = life, !isWaitingForRoom, !isInputEnded else { return false }
        let isAsleep = connection.hibernate()
        recorder?.record(TLSCall(.hibernate, .flag(isAsleep)))
        return isAsleep
    }
}
