internal import SluiceOpenSSL

// The four verbs with arrays: an allocation each, nothing else.

extension TLSEngine {
    /// Takes ciphertext that arrived from the peer, see ``feed(_:)-(RawSpan)``.
    ///
    /// - Returns: Bytes taken, from the front.
    @discardableResult
    public mutating func feed(_ ciphertext: [UInt8]) throws(TLSError) -> Int {
        try ciphertext.withRawSpan { bytes throws(TLSError) in try feed(bytes) }
    }

    /// Ciphertext to be sent to the peer: all there is, or the first `countMax` bytes of it.
    ///
    /// A flight larger than the ring comes out whole.
    public mutating func drain(atMost countMax: Int = .max) -> [UInt8] {
        var bytes: [UInt8] = []
        while bytes.count < countMax, case let count = min(drainableByteCount, countMax - bytes.count), count > 0 {
            let stretch = [UInt8](bytesMax: count) { output in _ = drain(into: &output) }
            // As a rule it is all there is.
            if bytes.isEmpty { bytes = stretch } else { bytes += stretch }
        }
        return bytes
    }

    /// Takes plaintext to be sent to the peer, see ``write(_:)-(RawSpan)``.
    ///
    /// - Returns: Bytes taken, from the front.
    @discardableResult
    public mutating func write(_ plaintext: [UInt8]) throws(TLSError) -> Int {
        try plaintext.withRawSpan { bytes throws(TLSError) in try write(bytes) }
    }

    /// Plaintext that arrived from the peer: at most `countMax` bytes, none if there is nothing now.
    ///
    /// - Throws: ``TLSError`` when the connection is over and everything that came before was read.
    public mutating func read(atMost countMax: Int = TLSLimits.recordPlaintextBytesMax) throws(TLSError) -> [UInt8] {
        try checkAlive()
        guard readableByteCount > 0, countMax > 0 else { return [] }
        // No more can be here than the record at hand and what the ring holds behind it.
        let hereMax = connection.pendingPlaintextByteCount + connection.inboundByteCount
        return try [UInt8](bytesMax: min(countMax, hereMax)) { output throws(TLSError) in _ = try read(into: &output) }
    }
}
