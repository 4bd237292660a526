internal import COpenSSL

// Plaintext in and out, record after record. The loops are here and not in the engine above, so that a record costs it one
// call into this module.

extension ConnectionHandle {
    /// Where a run of records ended.
    package enum ReadingEnd: Sendable {
        /// All input is used, or the output is full and plaintext comes next.
        case nothingDue
        /// There is something to do that is no plaintext.
        case turnDue
        /// libssl stopped.
        case stopped(Outcome)
    }

    /// Takes ciphertext as if it were put into the inbound ring, and appends the plaintext of record after record.
    ///
    /// - Parameters:
    ///   - ciphertext: No more than ``inboundFreeByteCount``. What libssl reads at once is not copied.
    ///   - output: Where plaintext goes.
    /// - Returns: Where it ended.
    /// - Throws: What libssl has against the peer's bytes.
    package mutating func readRecords(
        feeding ciphertext: RawSpan,
        into output: inout OutputRawSpan
    ) throws(OpenSSLFailure) -> ReadingEnd {
        try unsafe ciphertext.withUnsafeBytes { bytes throws(OpenSSLFailure) in
            unsafe wire.pointee.lend(bytes)
            defer { unsafe wire.pointee.takeBack() }
            return try readRecords(into: &output)
        }
    }

    @inline(__always)
    private mutating func readRecords(into output: inout OutputRawSpan) throws(OpenSSLFailure) -> ReadingEnd {
        // A read that leaves room has emptied its record, and libssl gives no plaintext in the middle of a handshake message.
        var hasRead = false
        while output.freeCapacity > 0 {
            guard inboundByteCount > 0 || isInputEnded || (!hasRead && pendingPlaintextByteCount > 0) else {
                return !hasRead && isHandshakeDue ? .turnDue : .nothingDue
            }
            let outcome = try read(into: &output)
            guard outcome == .done else { return .stopped(outcome) }
            hasRead = true
        }
        guard inboundByteCount > 0 || isInputEnded else { return .nothingDue }
        return pendingPlaintextByteCount == 0 ? .turnDue : .nothingDue
    }

    /// Encrypts plaintext as record after record, as long as no handshake message is due and the ring has room.
    ///
    /// - Parameters:
    ///   - plaintext: What to send.
    ///   - taken: How many of its bytes are encrypted already; grows.
    /// - Returns: `.done` for all of it, else what stopped it; `.wantsInput` where a message of the peer's is half here.
    /// - Throws: What libcrypto says where it can't encrypt.
    package mutating func writeRecords(_ plaintext: RawSpan, taken: inout Int) throws(OpenSSLFailure) -> Outcome {
        // A message of the peer's that is cut in the middle, or one of ours that waits for room: the last turn said.
        if isHandshakeDue { return .wantsInput }
        while taken < plaintext.byteCount {
            let count = recordByteCount(of: plaintext.byteCount - taken)
            guard count > 0 else { return .wantsOutput }
            let outcome = try write(plaintext.extracting(droppingFirst: taken), count)
            guard outcome == .done else { return outcome }
            taken += count
        }
        return .done
    }

    /// How many of the next `count` bytes go into a record now; 0 to wait for room.
    ///
    /// The end of a ring that holds a full record has room for a sliver. Filling it would make every other record a
    /// tiny one; a drain away is a ring that takes a full one.
    private func recordByteCount(of count: Int) -> Int {
        let room = writableByteCount
        guard room < count else { return count }
        let worthwhile = min(count, recordPlaintextBytesMax, ringCapacity / 4)
        return room < worthwhile && outboundByteCount > 0 ? 0 : room
    }

    /// Appends the plaintext of at most one record (`SSL_read_ex`).
    @inline(__always)
    private mutating func read(into output: inout OutputRawSpan) throws(OpenSSLFailure) -> Outcome {
        try unsafe output.withUnsafeMutableBytes { buffer, initializedCount throws(OpenSSLFailure) in
            let start = unsafe buffer.baseAddress.map { unsafe $0 + initializedCount }
            let free = buffer.count - initializedCount
            var count = 0
            let outcome = try unsafe callForRecord { ssl in unsafe SSL_read_ex(ssl, start, free, &count) }
            initializedCount += count
            return outcome
        }
    }

    /// Encrypts the first `byteCount` bytes of `plaintext`, which fit the ring, as one record (`SSL_write_ex`).
    @inline(__always)
    private mutating func write(_ plaintext: RawSpan, _ byteCount: Int) throws(OpenSSLFailure) -> Outcome {
        try unsafe plaintext.withUnsafeBytes { buffer throws(OpenSSLFailure) in
            var count = 0
            let outcome = try unsafe callForRecord { ssl in
                unsafe SSL_write_ex(ssl, buffer.baseAddress, byteCount, &count)
            }
            assert(outcome != .done || count == byteCount, "a record was cut short")
            return outcome
        }
    }
}
