/// A value of JSON to be written, RFC 8259. Fields are written in the order given, without white space.
///
/// ```
/// let line: JSONText = ["feed": .hex([0x16, 0x03]), "taken": 2]  // {"feed":"1603","taken":2}
/// ```
package enum JSONText: Hashable, Sendable {
    case null
    case bool(Bool)
    case integer(Int64)
    case string(String)
    /// A string of two digits for each byte.
    case hex([UInt8])
    case array([JSONText])
    /// The caller sees to it that no name is there twice.
    case object([Field])

    /// A field of an object.
    package struct Field: Hashable, Sendable {
        package let name: String
        package let value: JSONText

        package init(_ name: String, _ value: JSONText) {
            self.name = name
            self.value = value
        }
    }

    /// A number of any type.
    ///
    /// - Precondition: It has room in an `Int64`.
    package static func number(_ number: some BinaryInteger) -> JSONText {
        .integer(Int64(number))
    }
}

extension JSONText {
    /// The text as UTF-8, on one line; without a line feed behind it.
    package var utf8: [UInt8] {
        var text: [UInt8] = []
        append(to: &text)
        return text
    }

    /// Appends the text as UTF-8.
    package func append(to text: inout [UInt8]) {
        switch self {
        case .null: text += "null".utf8
        case .bool(let bool): text += (bool ? "true" : "false").utf8
        case .integer(let integer): text += String(integer).utf8
        case .string(let string): Self.append(string, to: &text)
        case .hex(let bytes): Self.append(bytes, to: &text)
        case .array(let elements): Self.append(elements, to: &text)
        case .object(let fields): Self.append(fields, to: &text)
        }
    }

    private static func append(_ elements: [JSONText], to text: inout [UInt8]) {
        text.append(UInt8(ascii: "["))
        for (index, element) in elements.enumerated() {
            if index > 0 { text.append(UInt8(ascii: ",")) }
            element.append(to: &text)
        }
        text.append(UInt8(ascii: "]"))
    }

    private static func append(_ fields: [Field], to text: inout [UInt8]) {
        assert(Set(fields.map(\.name)).count == fields.count, "a field of an object is there once")
        text.append(UInt8(ascii: "{"))
        for (index, field) in fields.enumerated() {
            if index > 0 { text.append(UInt8(ascii: ",")) }
            append(field.name, to: &text)
            text.append(UInt8(ascii: ":"))
            field.value.append(to: &text)
        }
        text.append(UInt8(ascii: "}"))
    }

    private static func append(_ bytes: [UInt8], to text: inout [UInt8]) {
        text.append(UInt8(ascii: "\""))
        Hex.append(bytes, to: &text)
        text.append(UInt8(ascii: "\""))
    }

    /// What must be escaped is, RFC 8259 §7, and nothing else.
    private static func append(_ string: String, to text: inout [UInt8]) {
        text.append(UInt8(ascii: "\""))
        for byte in string.utf8 {
            switch byte {
            case UInt8(ascii: "\""), UInt8(ascii: "\\"): text += [UInt8(ascii: "\\"), byte]
            case UInt8(ascii: "\n"): text += "\\n".utf8
            case UInt8(ascii: "\r"): text += "\\r".utf8
            case UInt8(ascii: "\t"): text += "\\t".utf8
            case 0..<0x20: text += "\\u00\(Hex.text(of: [byte]))".utf8
            default: text.append(byte)
            }
        }
        text.append(UInt8(ascii: "\""))
    }
}

extension JSONText: ExpressibleByBooleanLiteral, ExpressibleByIntegerLiteral, ExpressibleByStringLiteral {
    package init(booleanLiteral bool: Bool) {
        self = .bool(bool)
    }

    package init(integerLiteral integer: Int64) {
        self = .integer(integer)
    }

    package init(stringLiteral string: String) {
        self = .string(string)
    }
}

extension JSONText: ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral {
    package init(arrayLiteral elements: JSONText...) {
        self = .array(elements)
    }

    package init(dictionaryLiteral fields: (String, JSONText)...) {
        self = .object(fields.map { Field($0, $1) })
    }
}
