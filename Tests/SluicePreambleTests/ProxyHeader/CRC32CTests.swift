import Testing

@testable import SluicePreamble

/// RFC 3720 appendix B.4, and the usual check value.
struct CRC32CTests {
    @Test(
        arguments: [
            (Array("123456789".utf8), 0xe306_9283), ([UInt8](repeating: 0, count: 32), 0x8a91_36aa),
            ([UInt8](repeating: 0xff, count: 32), 0x62a8_ab43), (Array(0..<32), 0x46dd_794e), ([], 0),
        ] as [([UInt8], UInt32)]
    )
    func `the checksum is Castagnoli's`(bytes: [UInt8], expected: UInt32) {
        var checksum = CRC32C()
        checksum.add(bytes)
        #expect(checksum.value == expected)
    }
}
