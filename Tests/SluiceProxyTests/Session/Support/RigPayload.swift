import SluiceProxy

@testable import SluiceSimulation

/// The plaintext that one side of one session sends: no two places of it, and no two sessions, look alike. Made and
/// compared by the block, as tests move many megabytes without optimisation.
struct RigPayload {
    private let key: Int

    init(session: Int, sender: ProxySide) {
        key = session * 2 + (sender == .client ? 0 : 1)
    }

    /// The bytes from an offset on.
    func bytes(from offset: Int, count: Int) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(count)
        while bytes.count < count {
            let (block, place) = (offset + bytes.count).quotientAndRemainder(dividingBy: blockBytes)
            // Each block begins elsewhere in the noise.
            let start = (key &* 7919 &+ block &* 104_729) % blockBytes
            let length = min(count - bytes.count, blockBytes - place)
            bytes += noise[(start + place)..<(start + place + length)]
        }
        return bytes
    }

    /// Where bytes that arrived differ from what belongs at an offset; nil if they don't.
    func difference(of bytes: [UInt8], at offset: Int) -> Int? {
        let expected = self.bytes(from: offset, count: bytes.count)
        if bytes.isSame(as: expected) { return nil }
        return offset + zip(bytes, expected).prefix { $0 == $1 }.count
    }
}

extension [UInt8] {
    /// Whether both are the same bytes: fast without optimisation too.
    fileprivate func isSame(as other: [UInt8]) -> Bool {
        guard count == other.count else { return false }
        return withUnsafeBytes { one in
            other.withUnsafeBytes { other in
                let words = one.count / 8
                for word in 0..<words
                where one.loadUnaligned(fromByteOffset: word * 8, as: UInt64.self)
                    != other.loadUnaligned(fromByteOffset: word * 8, as: UInt64.self)
                {
                    return false
                }
                return !(words * 8..<one.count).contains { one[$0] != other[$0] }
            }
        }
    }
}

private let blockBytes = 32_749

/// Two blocks of it, so that a block may begin anywhere.
private let noise: [UInt8] = {
    var generator = SplitMix64(seed: 0x51_0CE)
    let block = generator.bytes(blockBytes)
    return block + block
}()
