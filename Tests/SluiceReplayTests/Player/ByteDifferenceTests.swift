import SluiceReplay
import Testing

@Suite struct `Bytes that differ` {
    @Test(
        arguments: [
            ([1, 2, 3], [1, 2, 4], 2), ([], [1], 0), ([1], [], 0), ([1, 2], [1], 1), ([1], [1, 2], 1), ([9], [1], 0),
        ] as [([UInt8], [UInt8], Int)]
    )
    func `differ first at an offset`(expected: [UInt8], got: [UInt8], offset: Int) throws {
        #expect(try #require(ByteDifference(expected: expected, got: got)).offset == offset)
    }

    @Test func `are the same, or it's no difference`() {
        #expect(ByteDifference(expected: [1, 2], got: [1, 2]) == nil)
    }

    @Test func `are seen side by side`() throws {
        let expected = Array("GET / HTTP/1.1\r\n".utf8)
        var got = expected
        got[9] = UInt8(ascii: "0")
        let view = try #require(ByteDifference(expected: expected, got: got)).description
        #expect(
            view == """
                offset    expected                          │ got
                00000000  47 45 54 20 2f 20 48 54  GET / HT │ 47 45 54 20 2f 20 48 54  GET / HT
                00000008  54 50 2f 31 2e 31 0d 0a  TP/1.1.. │ 54 30 2f 31 2e 31 0d 0a  T0/1.1..
                             ^^                             │    ^^
                """
        )
    }

    @Test func `are marked where one side has none`() throws {
        let view = try #require(ByteDifference(expected: [1, 2], got: [1, 2, 3])).description
        #expect(view.contains("\n00000000  01 02                    ..       │ 01 02 03                 ...\n"))
        #expect(view.hasSuffix("\n                ^^                          │       ^^"))
    }

    @Test(arguments: [0, 7, 8, 1000, 99_999])
    func `are shown near the first difference alone`(offset: Int) throws {
        let expected = [UInt8](repeating: 0, count: 100_000)
        var got = expected
        for index in offset..<got.count { got[index] = 1 }
        let lines = try #require(ByteDifference(expected: expected, got: got)).description.split(separator: "\n")
        #expect(lines.count <= 1 + 2 + 2 * 6 + 1)
        #expect(lines.allSatisfy { $0.count <= 80 })
        #expect(lines.contains { $0.contains("^^") })
    }
}
