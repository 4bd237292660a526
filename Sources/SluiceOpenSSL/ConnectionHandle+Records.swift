internal import COpenSSL

// Plaintext in and out, record after record. The loops are here and not in the engine above, so that a record costs it one
// call into this module.

extension ConnectionHandle {
    /// Appends the plaintext of record after record, until there is no more input, no room or something else to do.
    ///
    /// - Returns: `.done` without more input or room, else what stopped it; `.wantsOutput` also where libssl may not read on
    ///   because an alert would have no room.
    package mutating func readRecords(into output: inout OutputRawSpan) throws(OpenSSLFailure) -> Outcome {
        while output.freeCapacity > 0, hasInput {
            // Beyond the record at hand libssl reads on, and may have to answer.
            guard hasRoomForControl || pendingPlaintextByteCount > 0 else { return .wantsOutput }
            let outcome = try read(into: &output)
            guard outcome == .done else { return outcome }
        }
        return .done
    }

    /// Encrypts plaintext as record after record, as long as no handshake message is due and the ring has room.
    ///
    /// - Parameters:
    ///   - plaintext: What to send.
    ///   - taken: Grows by the bytes that were encrypted.
    /// - Returns: `.done` for all of it, else what stopped it; `.wantsInput` where a message of the peer's is half here.
    /// - Throws: What libcrypto says where it can't encrypt.
    package mutating func writeRecords(_ plaintext: RawSpan, taken: inout Int) throws(OpenSSLFailure) -> Outcome {
        var rest = plaintext
        while rest.byteCount > 0 {
            // A message of the peer's that is cut in the middle, or one of ours that waits for room: the last turn said.
            if isHandshakeDue { return .wantsInput }
            let room = recordRoom(for: rest.byteCount)
            guard room > 0 else { return .wantsOutput }
            let record = rest.extracting(first: room)
            let outcome = try write(record)
            guard outcome == .done else { return outcome }
            taken += record.byteCount
            rest = rest.extracting(droppingFirst: record.byteCount)
        }
        return .done
    }

    /// How much of the next `count` bytes goes into a record now; 0 to wait for room.
    ///
    /// The end of a ring that holds a full record has room for a sliver. Filling it would make every other record a
    /// tiny one; a drain away is a ring that takes a full one.
    private func recordRoom(for count: Int) -> Int {
        let room = writableByteCount
        let worthwhile = min(count, plaintextRecordBytesMax, ringCapacity / 4)
        return room < worthwhile && outboundByteCount > 0 ? 0 : room
    }

    /// Appends the plaintext of at most one record (`SSL_read_ex`).
    private mutating func read(into output: inout OutputRawSpan) throws(OpenSSLFailure) -> Outcome {
        let free = output.freeCapacity
        guard free > 0 else { return .done }
        var failure: OpenSSLFailure?
        var outcome = Outcome.done
        unsafe output.withUnsafeMutableBytes { buffer, initializedCount in
            let start = unsafe buffer.baseAddress.map { unsafe $0 + initializedCount }
            var count = 0
            do throws(OpenSSLFailure) {
                outcome = try unsafe call(.reading) { ssl in unsafe SSL_read_ex(ssl, start, free, &count) }
            } catch {
                failure = error
            }
            initializedCount += count
        }
        if let failure { throw failure }
        return outcome
    }

    /// Encrypts the whole of `plaintext`, which fits the ring, as one record (`SSL_write_ex`).
    private mutating func write(_ plaintext: RawSpan) throws(OpenSSLFailure) -> Outcome {
        var failure: OpenSSLFailure?
        var outcome = Outcome.done
        unsafe plaintext.withUnsafeBytes { buffer in
            var count = 0
            do throws(OpenSSLFailure) {
                outcome = try unsafe call(.writing) { ssl in
                    unsafe SSL_write_ex(ssl, buffer.baseAddress, buffer.count, &count)
                }
            } catch {
                failure = error
            }
            assert(failure != nil || outcome != .done || count == buffer.count, "a record was cut short")
        }
        if let failure { throw failure }
        return outcome
    }
}
