import SluiceReplay
import SluiceSimulation
import Testing

struct JSONReaderTests {
    @Test(
        arguments: [
            ("null", .null), ("true", .bool(true)), (" false\t", .bool(false)), ("0", .integer(0)), ("-0", .integer(0)),
            ("9223372036854775807", .integer(.max)), ("-9223372036854775808", .integer(.min)), ("\"\"", .string("")),
            ("\"a\\\"\\\\\\/\\b\\f\\n\\r\\t\"", .string("a\"\\/\u{8}\u{c}\n\r\t")),
            ("\"\\u00e9\\u20AC\"", .string("é€")),
            ("\"\\ud83d\\ude00\"", .string("😀")), ("\"é€😀\u{7f}\u{2028}\"", .string("é€😀\u{7f}\u{2028}")),
            ("\"\\u0000\"", .string("\0")), ("[]", .array([])), ("[ ]", .array([])), ("{ }", .object([])),
        ] as [(String, JSONValue.Kind)]
    )
    func `a value is read`(text: String, kind: JSONValue.Kind) throws {
        #expect(try read(text).kind == kind)
    }

    @Test func `each value knows its line and column`() throws {
        let value = try read("{\"a\": [1, true],  \"é\":{\"b\":\"x\"}}", line: 7)
        #expect(try value.fields.map(\.name) == ["a", "é"])
        #expect(try value.fields.map(\.column) == [2, 19])
        #expect(try value.field("a").column == 7)
        #expect(try value.field("a").elements.map(\.column) == [8, 11])
        #expect(try value.field("é").field("b").column == 29)
        #expect(try value.field("é").field("b").line == 7)
    }

    @Test func `a line within a larger text counts from its own beginning`() throws {
        let text = Array("xxxx[1, 2]yy".utf8)
        let value = try JSONValue(text[4..<10], line: 1)
        #expect(try value.elements.map(\.column) == [2, 5])
    }

    @Test(
        arguments: [
            ("", .truncated, 1), ("  ", .truncated, 3), ("[1,", .truncated, 4), ("{\"a\"", .truncated, 5),
            ("{\"a\":", .truncated, 6), ("{", .truncated, 2), ("\"ab", .truncated, 4), ("\"a\\", .truncated, 4),
            ("\"\\u12", .truncated, 6), ("\"\\ud83d\\", .truncated, 9), ("tru", .truncated, 4), ("-", .truncated, 2),
        ] as [(String, JournalError.Code, Int)]
    )
    func `a cut line is truncated`(text: String, code: JournalError.Code, column: Int) {
        expect(code, column: column) { try read(text) }
    }

    @Test(
        arguments: [
            ("nul!", .malformed, 4), ("True", .malformed, 1), ("1 2", .malformed, 3), ("[1,]", .malformed, 4),
            ("[1 2]", .malformed, 4), ("[,1]", .malformed, 2), ("{a:1}", .malformed, 2), ("{\"a\" 1}", .malformed, 6),
            ("{\"a\":1,}", .malformed, 8), ("{1:1}", .malformed, 2), ("[1}", .malformed, 3), ("'a'", .malformed, 1),
            ("01", .malformed, 1), ("-01", .malformed, 1), ("-a", .malformed, 2), ("+1", .malformed, 1),
            (".5", .malformed, 1), ("\"\\x\"", .malformed, 3), ("\"a\nb\"", .malformed, 3),
            ("\"\\u12g4\"", .malformed, 6),
            ("\u{feff}1", .malformed, 1), ("1 // one", .malformed, 3), ("NaN", .malformed, 1), ("1x", .malformed, 2),
        ] as [(String, JournalError.Code, Int)]
    )
    func `what isn't JSON is malformed`(text: String, code: JournalError.Code, column: Int) {
        expect(code, column: column) { try read(text) }
    }

    @Test(arguments: ["1.0", "1e3", "-1E3", "9223372036854775808", "-9223372036854775809", "1" + zeros(1000)])
    func `a number that isn't whole or too large is refused as such`(text: String) {
        expect(.unsupportedNumber, column: 2) { try read("[\(text)]") }
    }

    @Test(arguments: ["\\ud83d", "\\ude00", "\\ud83d\\u0041", "\\ud83dx", "\\ud83d\\ud83d"])
    func `half of a surrogate pair is refused`(escape: String) {
        expect(.notUTF8, column: 4) { try read("\"a\(escape)\"") }
    }

    @Test func `a surrogate pair that is broken off by another escape is malformed`() {
        expect(.malformed, column: 9) { try read("\"\\ud83d\\n\"") }
    }

    @Test(
        arguments: [[0xff], [0xc3], [0xc0, 0x80], [0xed, 0xa0, 0x80], [0xf4, 0x90, 0x80, 0x80], [0x80]] as [[UInt8]]
    )
    func `bytes that aren't UTF-8 are refused`(bytes: [UInt8]) {
        expect(.notUTF8, column: 4) { try JSONValue((Array("\"ab".utf8) + bytes + Array("\"".utf8))[...], line: 1) }
    }

    @Test func `each control character in a string is refused`() {
        for byte in UInt8(0)..<0x20 {
            expect(.malformed, column: 2) { try JSONValue([0x22, byte, 0x22], line: 1) }
        }
    }

    @Test func `a field that is there twice is refused`() {
        expect(.duplicateField, column: 8) { try read("{\"a\":1,\"a\":1}") }
        expect(.duplicateField, column: 8) { try read("{\"a\":1,\"\\u0061\":1}") }
    }

    @Test(arguments: ["[", "{\"a\":"])
    func `nesting is bounded`(opening: String) throws {
        let deepest =
            String(repeating: "[", count: JSONLimits.depthMax) + String(repeating: "]", count: JSONLimits.depthMax)
        #expect(try read(deepest).elements.count == 1)
        let text = String(repeating: opening, count: 1_000_000)
        expect(.tooDeep, column: JSONLimits.depthMax * opening.utf8.count + 1) { try read(text) }
    }

    @Test func `values and fields are counted`() throws {
        let full = "[" + String(repeating: "0,", count: JSONLimits.valuesMax - 2) + "0]"
        #expect(try read(full).elements.count == JSONLimits.valuesMax - 1)
        expect(.tooMany, column: 2 * JSONLimits.valuesMax) { try read("[0," + full.dropFirst()) }
        let fields = (0...JSONLimits.fieldsMax).map { "\"\($0)\":0" }
        #expect(try read("{" + fields.dropLast().joined(separator: ",") + "}").fields.count == JSONLimits.fieldsMax)
        let column = 2 + fields.dropLast().reduce(0) { $0 + $1.utf8.count + 1 }
        expect(.tooMany, column: column) { try read("{" + fields.joined(separator: ",") + "}") }
    }

    @Test func `a line has an end`() {
        let text = [UInt8](repeating: 0x20, count: JSONLimits.lineBytesMax + 1)
        expect(.tooLong, column: JSONLimits.lineBytesMax + 1) { try JSONValue(text[...], line: 1) }
    }

    @Test func `no cut and no flipped bit reaches a trap`() {
        let good = Array("{\"feed\":\"16030100\",\"taken\":-5,\"é\":[null,true,{\"\\ud83d\\ude00\":\"\\n\"}]}".utf8)
        for count in 0..<good.count {
            #expect(throws: JournalError.self) { try JSONValue(good[..<count], line: 1) }
        }
        for bit in 0..<8 * good.count {
            var text = good
            text[bit / 8] ^= 1 << (bit % 8)
            _ = try? JSONValue(text[...], line: 1)
        }
    }

    @Test func `noise of brackets, quotes and digits reaches no trap`() {
        var generator = SplitMix64(seed: 1)
        let alphabet = Array("{}[]\",:\\u0d8-.e tfn\u{1}".utf8) + [0xff, 0xc3]
        for _ in 0..<20_000 {
            let text = (0..<Int.random(in: 0..<24, using: &generator)).map { _ in
                alphabet[Int.random(in: 0..<alphabet.count, using: &generator)]
            }
            _ = try? JSONValue(text[...], line: 1)
        }
    }

    private func read(_ text: String, line: Int = 1) throws -> JSONValue {
        try JSONValue(Array(text.utf8)[...], line: line)
    }
}

private func zeros(_ count: Int) -> String {
    String(repeating: "0", count: count)
}
