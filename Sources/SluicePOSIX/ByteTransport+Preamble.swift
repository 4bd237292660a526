public import SluicePreamble

extension ByteTransport where Self: ~Copyable {
    /// Says what goes before TLS: asks a server for STARTTLS or a proxy for a tunnel, and waits for the answer.
    ///
    /// - Parameters:
    ///   - preamble: What to say.
    ///   - bytes: What was read already and belongs to the preamble: what came behind the preamble before it.
    ///   - deadline: When to give up.
    /// - Returns: Bytes that arrived behind the end of the preamble, for ``TLSStream/init(_:over:adopting:)``.
    /// - Throws: ``TLSStreamError/preamble(_:)`` when the other end refuses or makes no sense, and failures of the
    ///   transport.
    public mutating func perform(
        _ preamble: inout some Preamble,
        adopting bytes: [UInt8] = [],
        by deadline: Deadline
    ) throws(TLSStreamError) -> [UInt8] {
        var bytes = bytes
        while true {
            bytes.removeFirst(try Self.feed(bytes, to: &preamble))
            try say(preamble.drain(), by: deadline)
            if preamble.isFinished { return bytes }
            assert(bytes.isEmpty, "a preamble that isn't finished takes everything")
            bytes = try hear(by: deadline)
            guard bytes.isEmpty else { continue }
            try Self.feedEOF(to: &preamble)
            guard preamble.isFinished else {
                throw .transport(TransportError(.connectionReset, "come to TLS: the other end has closed"))
            }
        }
    }

    /// Sends all of the bytes, and waits until they have left.
    private mutating func say(_ bytes: [UInt8], by deadline: Deadline) throws(TLSStreamError) {
        var rest = bytes[...]
        do throws(TransportError) {
            while !rest.isEmpty || !isFlushed {
                let isFlushing = try flush()
                let result = try SystemCalls.lend(rest) { bytes throws(TransportError) in try write(bytes) }
                if case .moved(let count) = result { rest = rest.dropFirst(count) }
                guard !result.isProgress else { continue }
                try checkTime(deadline)
                if !isFlushing { try wait(for: .writable, by: deadline) }
            }
        } catch {
            throw .transport(error)
        }
    }

    /// Waits for bytes: what there is, at least a byte; none at the end.
    private mutating func hear(by deadline: Deadline) throws(TLSStreamError) -> [UInt8] {
        do throws(TransportError) {
            while true {
                let (result, bytes) = try read(atMost: preamblePieceBytes)
                if result != .blocked { return bytes }
                try checkTime(deadline)
                try wait(for: .readable, by: deadline)
            }
        } catch {
            throw .transport(error)
        }
    }

    private borrowing func checkTime(_ deadline: Deadline) throws(TransportError) {
        if deadline.isPassed { throw TransportError(.deadlinePassed, "come to TLS in time") }
    }

    private static func feed(_ bytes: [UInt8], to preamble: inout some Preamble) throws(TLSStreamError) -> Int {
        do throws(PreambleError) { return try preamble.feed(bytes) } catch { throw .preamble(error) }
    }

    private static func feedEOF(to preamble: inout some Preamble) throws(TLSStreamError) {
        do throws(PreambleError) { try preamble.feedEOF() } catch { throw .preamble(error) }
    }
}

/// What is read at a time before TLS: less than a ring, so that what belongs to TLS fits into one.
private let preamblePieceBytes = 4096
