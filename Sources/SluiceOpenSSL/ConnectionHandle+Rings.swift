internal import COpenSSL

// The rings, and their absence while the connection hibernates.

extension ConnectionHandle {
    /// Makes the rings if they aren't there. Each verb that moves bytes calls it first.
    package mutating func wake() throws(OpenSSLFailure) {
        if !rings.isAllocated { try unsafe rings.allocate(for: ssl) }
    }

    /// Gives back the rings and libssl's record buffers (`SSL_free_buffers`), if no byte is on its way.
    ///
    /// - Returns: Whether the memory was given back. A partial record, unread plaintext or undrained bytes keep it.
    package mutating func hibernate() -> Bool {
        if !rings.isAllocated { return true }
        // Releases of 3.0 before 3.0.14 free the buffer of a record whose header alone is in (CVE-2024-4741).
        guard !isRecordBodyAwaited, inboundByteCount == 0, outboundByteCount == 0, !isHandshakeDue,
            unsafe SSL_free_buffers(ssl) == 1
        else { return false }
        requestBeforeHibernation = readRequest
        unsafe state.watch.pointee.gate = InputGate()
        unsafe rings.release(from: ssl)
        state.notices.giveBack()
        releaseBuffersWhileLight()
        return true
    }

    /// Whether a record's header was read and its body wasn't (`SSL_rstate_string`: "RB" for reading the body).
    private var isRecordBodyAwaited: Bool {
        unsafe SSL_rstate_string(ssl).map { unsafe String(cString: $0) } == "RB"
    }

    /// Whether the rings are there.
    package var isAwake: Bool { rings.isAllocated }

    /// Bytes that each ring can hold.
    package var ringCapacity: Int { rings.capacity }

    /// Bytes that ``fillInbound(_:)`` can take before the ring is full.
    package var inboundFreeByteCount: Int { rings.inboundFreeByteCount }

    /// Fed bytes that libssl has not read.
    package var inboundByteCount: Int { rings.inboundByteCount }

    /// Bytes to be drained.
    package var outboundByteCount: Int { rings.outboundByteCount }

    /// Bytes that libssl can write before the ring is full.
    package var outboundFreeByteCount: Int { rings.outboundFreeByteCount }

    /// Whether an alert and a KeyUpdate have room in the outbound ring. libssl reads only while they do, see `InputGate`.
    package var hasRoomForControl: Bool { outboundFreeByteCount >= controlBytesReserved }

    /// Whether libssl would find anything if it read now: bytes in the ring or in its own buffers (`SSL_has_pending`),
    /// or the end of them. If not, a call to find that out is spared.
    package var hasInput: Bool { unsafe inboundByteCount > 0 || isInputEnded || SSL_has_pending(ssl) == 1 }

    /// How many more bytes libssl wants to end what it is reading.
    ///
    /// Where it stopped with everything read and nothing asked for, the next thing is a record's header.
    package var readRequest: Int {
        guard rings.isAllocated else { return requestBeforeHibernation }
        return rings.readRequest > 0 ? rings.readRequest : recordHeaderBytes
    }

    /// The longest plaintext that one record takes now: what fits a record, the ring, and leaves ``controlBytesReserved``.
    package var writableByteCount: Int {
        max(0, min(plaintextRecordBytesMax, outboundFreeByteCount - (recordOverheadBytesMax + controlBytesReserved)))
    }

    /// Lends a stretch of the inbound ring, see `BIOPair.fillInbound`. Returns the bytes put in.
    package mutating func fillInbound<E>(
        isEmpty: Bool,
        _ body: (inout OutputRawSpan) throws(E) -> Void
    ) throws(E) -> Int {
        if !isEmpty { growInbound() }
        return try rings.fillInbound(isEmpty: isEmpty, body)
    }

    /// Copies into the inbound ring. Returns the bytes that fitted.
    package mutating func fillInbound(copying bytes: RawSpan) -> Int {
        if rings.inboundRoom < bytes.byteCount { growInbound() }
        return rings.fillInbound(copying: bytes)
    }

    /// Makes the inbound ring large. Without memory for that it stays as it is, and takes less at a time.
    private mutating func growInbound() {
        _ = try? unsafe rings.grow(.inbound, for: ssl, isGateClosed: isGateClosed)
    }

    /// Makes the outbound ring large. Returns whether it is larger now.
    mutating func growOutbound() throws(OpenSSLFailure) -> Bool {
        try unsafe rings.grow(.outbound, for: ssl, isGateClosed: isGateClosed)
    }

    /// Moves bytes from the outbound ring to `output`. Returns how many.
    package mutating func takeOutbound(into output: inout OutputRawSpan) -> Int {
        rings.takeOutbound(into: &output)
    }

    /// Lends a stretch of the outbound ring, see `BIOPair.takeOutbound`. Returns the bytes taken.
    package mutating func takeOutbound<E>(_ body: (RawSpan) throws(E) -> Int) throws(E) -> Int {
        try rings.takeOutbound(body)
    }

    /// Takes back what was fed and not read.
    package mutating func takeInbound() -> [UInt8] {
        unsafe rings.takeInbound(from: ssl)
    }

    /// Lets libssl read an end of file when the ring is empty.
    package mutating func shutdownInbound() {
        rings.shutdownInbound()
        isInputEnded = true
    }
}

/// The most plaintext in a record, RFC 8446 §5.1.
package let plaintextRecordBytesMax = 16_384

/// The most that a record is longer than its plaintext: header (5), IV (16), MAC (48) and padding (16) of a CBC suite
/// in TLS 1.2 make 85; AEAD suites stay under 30.
package let recordOverheadBytesMax = 85

/// Room that plaintext never takes, so that an alert and a KeyUpdate always have a place in the outbound ring.
package let controlBytesReserved = 256
