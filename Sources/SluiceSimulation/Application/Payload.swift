/// The plaintext that one end of one connection writes: every byte says where it belongs, so that a reader sees what was
/// lost, moved, doubled or is another's.
///
/// It is a row of blocks of 16 bytes, numbers big endian:
///
///     ┌─────┬────────────────┬────────────┬────────────┐
///     │ 'S' │ 'C' or 'S'     │ connection │ block      │
///     │     │ by the sender  │ 6 bytes    │ 8 bytes    │
///     └─────┴────────────────┴────────────┴────────────┘
struct Payload: Hashable, Sendable {
    let connection: Int
    let sender: End

    /// The bytes from an offset on.
    func bytes(from offset: Int, count: Int) -> [UInt8] {
        guard count > 0 else { return [] }
        let firstBlock = offset / blockBytes
        let skipped = offset % blockBytes
        let blockCount = (skipped + count + blockBytes - 1) / blockBytes
        var bytes: [UInt8] = []
        bytes.reserveCapacity(blockCount * blockBytes)
        let tag =
            UInt64(0x53) << 56 | UInt64(sender == .client ? 0x43 : 0x53) << 48 | UInt64(connection) & 0xFFFF_FFFF_FFFF
        for block in firstBlock..<firstBlock + blockCount {
            append(tag, to: &bytes)
            append(UInt64(block), to: &bytes)
        }
        return Array(bytes[skipped..<skipped + count])
    }

    /// Where bytes that were read differ from what belongs at an offset; nil if they don't.
    func difference(of bytes: [UInt8], at offset: Int) -> String? {
        let expected = self.bytes(from: offset, count: bytes.count)
        guard bytes != expected else { return nil }
        let index = zip(bytes, expected).prefix { $0 == $1 }.count
        return
            "byte \(offset + index) of what the \(sender) wrote is \(Self.origin(of: bytes.dropFirst(max(0, index - blockBytes + 1))))"
    }

    /// What the first whole block among some bytes says of itself.
    private static func origin(of bytes: ArraySlice<UInt8>) -> String {
        for start in bytes.indices.prefix(blockBytes) {
            let block = bytes[start...].prefix(blockBytes)
            guard block.count == blockBytes, block.first == 0x53, let sender = end(of: block.dropFirst().first) else {
                continue
            }
            let connection = number(block.dropFirst(2).prefix(6))
            let offset = number(block.dropFirst(8)).multipliedReportingOverflow(by: UInt64(blockBytes)).partialValue
            return "near byte \(offset) of what the \(sender) of connection \(connection) wrote"
        }
        return "nobody's"
    }

    private static func end(of byte: UInt8?) -> End? {
        switch byte {
        case 0x43: .client
        case 0x53: .server
        default: nil
        }
    }

    private static func number(_ bytes: ArraySlice<UInt8>) -> UInt64 {
        bytes.reduce(0) { $0 << 8 | UInt64($1) }
    }

    private func append(_ number: UInt64, to bytes: inout [UInt8]) {
        for shift in stride(from: 56, through: 0, by: -8) { bytes.append(UInt8(truncatingIfNeeded: number >> shift)) }
    }
}

private let blockBytes = 16
