internal import SluiceOpenSSL

// Bytes in and out with arrays: an allocation each, nothing else.

extension ProxySession {
    /// Takes bytes that arrived from a side's peer, see ``receive(_:from:)-(RawSpan,_)``.
    ///
    /// - Returns: Bytes taken, from the front.
    public mutating func receive(_ bytes: [UInt8], from side: ProxySide) -> Int {
        bytes.withRawSpan { receive($0, from: side) }
    }

    /// Bytes for a side's peer: all there are, or the first `countMax` of them.
    public mutating func transmit(to side: ProxySide, atMost countMax: Int = .max) -> [UInt8] {
        var bytes: [UInt8] = []
        while bytes.count < countMax,
            case let count = min(transmittableByteCount(to: side), countMax - bytes.count), count > 0
        {
            let before = bytes.count
            bytes += [UInt8](bytesMax: count) { output in _ = transmit(to: side, into: &output) }
            if bytes.count == before { break }
        }
        return bytes
    }
}
