import SluiceReplay
import SluiceSimulation
import Testing

struct JSONTextTests {
    @Test func `fields are written in the order given, without spaces`() {
        let line: JSONText = ["feed": .hex([0x16, 0x03]), "taken": 5, "a": [true, .null, "x", [:]]]
        #expect(String(decoding: line.utf8, as: UTF8.self) == #"{"feed":"1603","taken":5,"a":[true,null,"x",{}]}"#)
    }

    @Test func `what must be escaped is`() {
        let text = JSONText.string("\"\\\n\r\t\u{0}\u{1f}\u{7f}/é😀")
        #expect(String(decoding: text.utf8, as: UTF8.self) == #""\"\\\n\r\t\u0000\u001f"# + "\u{7f}/é😀\"")
    }

    @Test func `what is written is read again`() throws {
        let every = String(String.UnicodeScalarView((0..<0x300).compactMap { Unicode.Scalar(UInt32($0)) }))
        let line: JSONText = ["text": .string(every), "min": .number(Int64.min), "max": .number(Int64.max)]
        let value = try JSONValue(line.utf8[...], line: 1)
        #expect(try value.field("text").string == every)
        #expect(try value.field("min").integer == .min)
        #expect(try value.field("max").integer == .max)
    }

    @Test func `megabytes in hexadecimal go out and come back`() throws {
        var generator = SplitMix64(seed: 1)
        let bytes = (0..<1 << 20).map { _ in UInt8.random(in: 0...255, using: &generator) }
        let line: JSONText = ["feed": .hex(bytes)]
        let isSame = try JSONValue(line.utf8[...], line: 1).field("feed").bytes == bytes
        #expect(isSame)
    }

    @Test func `hexadecimal digits are in lower case`() {
        #expect(Hex.text(of: UInt8.min...UInt8.max).hasPrefix("000102030405060708090a0b0c0d0e0f10"))
    }
}
