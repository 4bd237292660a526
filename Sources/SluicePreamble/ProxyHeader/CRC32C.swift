/// The checksum of RFC 4960 appendix B: polynomial 0x1edc6f41, bits reversed.
struct CRC32C {
    private var register: UInt32 = .max

    /// The checksum of what was added.
    var value: UInt32 { ~register }

    /// Adds bytes.
    mutating func add(_ bytes: some Sequence<UInt8>) {
        for byte in bytes {
            register ^= UInt32(byte)
            for _ in 0..<8 { register = register >> 1 ^ (register & 1 == 1 ? Self.reversedPolynomial : 0) }
        }
    }

    /// The checksum of some bytes, as four in network order.
    static func bytes(of bytes: some Sequence<UInt8>) -> [UInt8] {
        var checksum = CRC32C()
        checksum.add(bytes)
        return [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: checksum.value >> $0) }
    }

    private static let reversedPolynomial: UInt32 = 0x82f6_3b78
}
