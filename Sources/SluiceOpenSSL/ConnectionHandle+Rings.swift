internal import COpenSSL

// The rings as the engine above sees them.

extension ConnectionHandle {
    /// Gives back the rings' memory and libssl's record buffers (`SSL_free_buffers`), if no byte is on its way. Both are there
    /// again as they are needed.
    ///
    /// - Returns: Whether the memory was given back. A partial record, unread plaintext or undrained bytes keep it.
    package mutating func hibernate() -> Bool {
        // Releases of 3.0 before 3.0.14 free the buffer of a record whose header alone is in, or that is read in part
        // (CVE-2024-4741).
        guard inboundByteCount == 0, outboundByteCount == 0, !isHandshakeDue, !isReadingState("RB"),
            unsafe SSL_has_pending(ssl) == 0, unsafe SSL_free_buffers(ssl) == 1
        else { return false }
        unsafe wire.pointee.inbound.giveBack()
        unsafe wire.pointee.outbound.giveBack()
        state.notices.giveBack()
        releaseBuffersWhileLight()
        return true
    }

    /// Whether libssl's record layer is in this state (`SSL_rstate_string`): "RH" for reading a header, "RB" for reading a body.
    func isReadingState(_ name: String) -> Bool {
        unsafe SSL_rstate_string(ssl).map { unsafe String(cString: $0) } == name
    }

    /// Bytes that each ring can hold.
    package var ringCapacity: Int { unsafe wire.pointee.inbound.capacity }

    /// Bytes that can be fed before the inbound ring is full.
    package var inboundFreeByteCount: Int { unsafe wire.pointee.inbound.freeCount }

    /// Fed bytes that libssl has not read.
    package var inboundByteCount: Int { unsafe wire.pointee.inboundByteCount }

    /// Bytes to be drained.
    package var outboundByteCount: Int { unsafe wire.pointee.outbound.count }

    /// Whether an alert and a KeyUpdate have room in the outbound ring. libssl reads only while they do, see `Wire`.
    package var hasRoomForControl: Bool { unsafe wire.pointee.outbound.freeCount >= controlBytesReserved }

    /// Whether no more bytes will be fed, see ``endInbound()``.
    package var isInputEnded: Bool { unsafe wire.pointee.isEnded }

    /// Whether libssl would find anything if it read now: bytes on the wire or in its own buffers (`SSL_has_pending`),
    /// or the end of them. If not, a call to find that out is spared.
    package var hasInput: Bool { unsafe inboundByteCount > 0 || isInputEnded || SSL_has_pending(ssl) == 1 }

    /// How many more bytes libssl wants to end what it is reading.
    package var readRequest: Int { unsafe wire.pointee.readRequest }

    /// The longest plaintext that one record takes now: what fits a record, the ring, and leaves ``controlBytesReserved``.
    package var writableByteCount: Int {
        let room = unsafe wire.pointee.outbound.freeCount - (recordOverheadBytesMax + controlBytesReserved)
        return max(0, min(recordPlaintextBytesMax, room))
    }

    /// Where bytes are fed.
    package var inlet: Inlet { Inlet(state) }

    /// Lends a stretch of the inbound ring to be filled.
    ///
    /// - Parameters:
    ///   - isEmpty: Whether to lend nothing, whatever is free.
    ///   - body: Appends bytes. Those that it appended before it throws are kept.
    /// - Returns: The bytes that `body` put in.
    /// - Throws: What `body` throws.
    package mutating func fillInbound<E>(
        isEmpty: Bool,
        _ body: (inout OutputRawSpan) throws(E) -> Void
    ) throws(E) -> Int {
        let stretch =
            unsafe isEmpty
            ? UnsafeMutableRawBufferPointer(start: nil, count: 0) : wire.pointee.inbound.writableStretch()
        var output = unsafe OutputRawSpan(buffer: stretch, initializedCount: 0)
        var failure: E?
        do throws(E) { try body(&output) } catch { failure = error }
        let count = unsafe output.finalize(for: stretch)
        unsafe wire.pointee.inbound.didWrite(count)
        if let failure { throw failure }
        return count
    }

    /// Moves bytes from the outbound ring to `output`. Returns how many.
    package mutating func takeOutbound(into output: inout OutputRawSpan) -> Int {
        unsafe output.withUnsafeMutableBytes { buffer, initializedCount in
            let free = unsafe UnsafeMutableRawBufferPointer(rebasing: buffer[initializedCount...])
            let count = unsafe wire.pointee.outbound.move(into: free)
            initializedCount += count
            return count
        }
    }

    /// Lends one contiguous stretch of the outbound ring's bytes, and removes what `body` says it took.
    ///
    /// - Precondition: `body` takes no more than it was lent.
    @inline(__always)
    package mutating func takeOutbound<E>(_ body: (RawSpan) throws(E) -> Int) throws(E) -> Int {
        let stretch = unsafe wire.pointee.outbound.readableStretch
        let count = try body(unsafe stretch.bytes)
        precondition(count >= 0 && count <= stretch.count, "return how many of the lent bytes were taken")
        unsafe wire.pointee.outbound.removeFirst(count)
        return count
    }

    /// Takes back what was fed and not read: what follows the peer's close_notify.
    package mutating func takeInbound() -> [UInt8] {
        [UInt8](bytesMax: inboundByteCount) { output in
            unsafe output.withUnsafeMutableBytes { buffer, initializedCount in
                initializedCount = unsafe wire.pointee.inbound.move(into: buffer)
            }
        }
    }

    /// Says that no more bytes will be fed: behind what is there, libssl reads an end of file.
    package mutating func endInbound() {
        unsafe wire.pointee.isEnded = true
    }
}

/// The most plaintext in a record, RFC 8446 §5.1.
package let plaintextRecordBytesMax = 16_384

/// The most that a record is longer than its plaintext: header (5), IV (16), MAC (48) and padding (16) of a CBC suite
/// in TLS 1.2 make 85; AEAD suites stay under 30.
package let recordOverheadBytesMax = 85

/// Room that plaintext never takes, so that an alert and a KeyUpdate always have a place in the outbound ring.
package let controlBytesReserved = 256
