internal import Sluice

/// A digest of all bytes that were appended, however they were cut: SHA-256 over blocks, each hashed with the digest of
/// all before it. Takes a block's memory, whatever the length.
struct Transcript: Hashable, Sendable {
    private var chained = [UInt8](repeating: 0, count: 32)
    private var block: [UInt8] = []
    private(set) var byteCount = 0

    mutating func append(_ bytes: [UInt8]) {
        byteCount += bytes.count
        var rest = bytes[...]
        while block.count + rest.count >= blockBytes {
            let taken = rest.prefix(blockBytes - block.count)
            chained = Sluice.digest(of: chained + block + taken)
            block.removeAll(keepingCapacity: true)
            rest = rest.dropFirst(taken.count)
        }
        block += rest
    }

    /// The digest of everything so far.
    var digest: [UInt8] {
        Sluice.digest(of: chained + block)
    }
}

/// Enough to make hashing cheap, and small beside an engine's rings.
private let blockBytes = 4096
