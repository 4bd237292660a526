import SluiceReplay
import Testing

struct JSONAccessTests {
    private let value: JSONValue

    init() throws {
        let text = "{\"text\":\"a\",\"number\":300,\"flag\":true,\"hex\":\"00fFa1\",\"list\":[1],\"none\":null}"
        value = try JSONValue(Array(text.utf8)[...], line: 3)
    }

    @Test func `each type is read as itself`() throws {
        #expect(try value.field("text").string == "a")
        #expect(try value.field("number").integer == 300)
        #expect(try value.field("number").integer(in: 0...300) == 300)
        #expect(try value.field("flag").bool)
        #expect(try value.field("hex").bytes == [0, 0xff, 0xa1])
        #expect(try value.field("list").elements.map { try $0.integer } == [1])
        #expect(try value.field("none").kind == .null)
        #expect(try value.optionalField("other") == nil)
        #expect(try value.optionalField("none")?.kind == .null)
    }

    @Test func `another type is refused at its place`() {
        expect(.wrongType, line: 3, column: 9) { try value.field("text").integer }
        expect(.wrongType, line: 3, column: 9) { try value.field("text").bool }
        expect(.wrongType, line: 3, column: 9) { try value.field("text").elements }
        expect(.wrongType, line: 3, column: 9) { try value.field("text").field("a") }
        expect(.wrongType, line: 3, column: 22) { try value.field("number").string }
        expect(.wrongType, line: 3, column: 22) { try value.field("number").bytes }
    }

    @Test func `a number outside its range is refused`() {
        expect(.outOfRange, line: 3, column: 22) { try value.field("number").integer(in: 0...299) }
        expect(.outOfRange, line: 3, column: 22) { try value.field("number").integer(in: UInt8(0)...255) }
    }

    @Test func `fields that are missing or unknown are refused`() throws {
        expect(.missingField, line: 3, column: 1) { try value.field("other") }
        expect(.unknownField, line: 3, column: 13) { try value.refuseFields(except: ["text"]) }
        try value.refuseFields(except: ["text", "number", "flag", "hex", "list", "none", "other"])
    }

    @Test(arguments: [("\"0\"", 3), ("\"0g\"", 3), ("\"00 0\"", 4), ("\"é\"", 2), ("\"000\"", 5), ("\"0x00\"", 3)])
    func `what isn't hexadecimal is refused at its digit`(text: String, column: Int) {
        expect(.invalidHex, column: column) { try JSONValue(Array(text.utf8)[...], line: 1).bytes }
    }

    @Test func `an error says its place first`() {
        let error = value.failure(.outOfRange, "no such version")
        #expect("\(error)" == "line 3, column 1: outOfRange: no such version")
    }
}
