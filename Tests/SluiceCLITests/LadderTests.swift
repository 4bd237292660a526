import Testing

@testable import SluiceCLI

struct LadderTests {
    private let ladder = Ladder(width: 40, margin: 6)

    @Test func `every rung is as wide as the next`() {
        let long = "a word that is much longer than there is room for, and so goes on in the next line"
        let lines =
            [ladder.rung(), ladder.rung("words", margin: "1 s"), ladder.arrow(from: .client, "12 bytes")]
            + ladder.rungs(["one", "two", long, String(repeating: "x", count: 99)], by: .server, margin: "2 s")
        #expect(Set(lines.map(\.count)) == [48])
        #expect(lines.count > 7 && lines[3].hasPrefix("2 s   │        one · two"))
    }

    @Test func `words are broken where there is a space`() {
        #expect(["one", "two three four"].wrapped(to: 9) == ["one", "two three", "four"])
        #expect(["0123456789"].wrapped(to: 4) == ["0123", "4567", "89"])
        #expect([String]().wrapped(to: 4).isEmpty)
    }

    @Test func `bytes are shown in rows of sixteen`() {
        let lines = HexDump.lines(of: Array("GET / HTTP/1.1\r\n\u{7f}".utf8))
        #expect(
            lines == [
                "00000000  47 45 54 20 2f 20 48 54  54 50 2f 31 2e 31 0d 0a  GET / HTTP/1.1..",
                "00000010  7f                                                .",
            ]
        )
        #expect(HexDump.lines(of: []).isEmpty)
    }
}
