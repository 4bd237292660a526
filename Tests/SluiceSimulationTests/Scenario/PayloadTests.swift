import Testing

@testable import SluiceSimulation

/// Plaintext whose every byte says where it belongs.
struct PayloadTests {
    private static let payload = Payload(connection: 0x0102_0304_0506, sender: .client)

    @Test func `a block names sender, connection and offset`() {
        let block = Self.payload.bytes(from: 16 * 0x0102, count: 16)
        #expect(block == [0x53, 0x43, 1, 2, 3, 4, 5, 6, 0, 0, 0, 0, 0, 0, 1, 2])
    }

    @Test func `bytes are the same however they are asked for`() {
        let all = Self.payload.bytes(from: 0, count: 1000)
        for offset in [0, 1, 15, 16, 17, 900, 999] {
            for count in [0, 1, 15, 16, 17, 100] where offset + count <= 1000 {
                #expect(Self.payload.bytes(from: offset, count: count) == Array(all[offset..<offset + count]))
            }
        }
    }

    @Test(arguments: [0, 1, 16, 999])
    func `what is right has no difference`(offset: Int) {
        let bytes = Self.payload.bytes(from: offset, count: 100)
        #expect(Self.payload.difference(of: bytes, at: offset) == nil)
        #expect(Self.payload.difference(of: [], at: offset) == nil)
    }

    @Test func `another's bytes are told by their owner's name`() throws {
        let other = Payload(connection: 7, sender: .client).bytes(from: 160, count: 100)
        let words = try #require(Self.payload.difference(of: other, at: 160))
        #expect(words.contains("the client of connection 7"))
    }

    @Test func `lost, doubled and moved bytes are seen, and where they belong`() throws {
        let all = Self.payload.bytes(from: 0, count: 4096)
        let lost = Array(all[..<1000] + all[1001...])
        let doubled = Array(all[..<64] + all[32...])
        let moved = Array(all[1024..<2048] + all[..<1024])
        #expect(try #require(Self.payload.difference(of: lost, at: 0)).hasPrefix("byte 1006 "))
        #expect(try #require(Self.payload.difference(of: doubled, at: 0)).contains("near byte 32 "))
        #expect(try #require(Self.payload.difference(of: moved, at: 0)).contains("near byte 1024 "))
        #expect(try #require(Self.payload.difference(of: [0], at: 0)).contains("nobody's"))
    }
}
