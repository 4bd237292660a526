/// Reads a line of JSON strictly, RFC 8259: no comments, no trailing commas, no number but a whole one of 64 bits, no
/// field twice, no byte that isn't UTF-8. Bounded by `JSONLimits`.
struct JSONReader {
    let text: ArraySlice<UInt8>
    let line: Int
    var index: Int
    private var valueCount = 0

    init(_ text: ArraySlice<UInt8>, line: Int) {
        self.text = text
        self.line = line
        index = text.startIndex
    }

    /// The one value of the line.
    mutating func readLine() throws(JournalError) -> JSONValue {
        guard text.count <= JSONLimits.lineBytesMax else {
            index += JSONLimits.lineBytesMax
            throw failure(.tooLong, "a line has at most \(JSONLimits.lineBytesMax) bytes")
        }
        let value = try readValue(depth: 0)
        skipSpace()
        guard peek() == nil else { throw failure(.malformed, "something follows the end of the value") }
        return value
    }

    private mutating func readValue(depth: Int) throws(JournalError) -> JSONValue {
        skipSpace()
        let start = column
        valueCount += 1
        guard valueCount <= JSONLimits.valuesMax else {
            throw failure(.tooMany, "a line has at most \(JSONLimits.valuesMax) values")
        }
        return JSONValue(kind: try readKind(depth: depth), line: line, column: start)
    }

    private mutating func readKind(depth: Int) throws(JournalError) -> JSONValue.Kind {
        guard let first = peek() else { throw failure(.truncated, "the line ends where a value should begin") }
        switch first {
        case UInt8(ascii: "{"): return .object(try readObject(depth: depth + 1))
        case UInt8(ascii: "["): return .array(try readArray(depth: depth + 1))
        case UInt8(ascii: "\""): return .string(try readString())
        case UInt8(ascii: "t"): return try readWord("true", .bool(true))
        case UInt8(ascii: "f"): return try readWord("false", .bool(false))
        case UInt8(ascii: "n"): return try readWord("null", .null)
        case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): return .integer(try readInteger())
        default: throw failure(.malformed, "no value begins like this")
        }
    }

    private mutating func readWord(_ word: StaticString, _ kind: JSONValue.Kind) throws(JournalError) -> JSONValue.Kind
    {
        for byte in word.description.utf8 { try expect(byte, within: "\(word)") }
        return kind
    }
}

// Arrays and objects.
extension JSONReader {
    private mutating func readArray(depth: Int) throws(JournalError) -> [JSONValue] {
        try enter(depth)
        var elements: [JSONValue] = []
        if skip(UInt8(ascii: "]")) { return elements }
        repeat {
            elements.append(try readValue(depth: depth))
        } while try isContinued(until: UInt8(ascii: "]"), within: "an array")
        return elements
    }

    private mutating func readObject(depth: Int) throws(JournalError) -> [JSONValue.Field] {
        try enter(depth)
        var fields: [JSONValue.Field] = []
        var names: Set<String> = []
        if skip(UInt8(ascii: "}")) { return fields }
        repeat {
            let field = try readField(depth: depth, names: &names)
            fields.append(field)
        } while try isContinued(until: UInt8(ascii: "}"), within: "an object")
        return fields
    }

    private mutating func readField(depth: Int, names: inout Set<String>) throws(JournalError) -> JSONValue.Field {
        skipSpace()
        let start = column
        guard names.count < JSONLimits.fieldsMax else {
            throw failure(.tooMany, "an object has at most \(JSONLimits.fieldsMax) fields")
        }
        if let byte = peek(), byte != UInt8(ascii: "\"") { throw failure(.malformed, "a field begins with its name") }
        let name = try readString()
        guard names.insert(name).inserted else {
            throw JournalError(.duplicateField, line: line, column: start, "the object has this field already")
        }
        skipSpace()
        try expect(UInt8(ascii: ":"), within: "a field")
        return JSONValue.Field(name: name, value: try readValue(depth: depth), column: start)
    }

    /// Takes the bracket that opens an array or object.
    private mutating func enter(_ depth: Int) throws(JournalError) {
        guard depth <= JSONLimits.depthMax else {
            throw failure(.tooDeep, "values are nested at most \(JSONLimits.depthMax) deep")
        }
        index += 1
    }

    /// Takes a comma, or the bracket that closes.
    private mutating func isContinued(until close: UInt8, within whole: String) throws(JournalError) -> Bool {
        if skip(UInt8(ascii: ",")) { return true }
        try expect(close, within: whole)
        return false
    }
}

// Numbers.
extension JSONReader {
    private mutating func readInteger() throws(JournalError) -> Int64 {
        let start = index
        let isNegative = skip(UInt8(ascii: "-"))
        let digits = skipDigits()
        guard !digits.isEmpty else {
            throw peek() == nil
                ? failure(.truncated, "the line ends within a number")
                : failure(.malformed, "a number has a digit behind its sign")
        }
        guard digits.count == 1 || digits.first != UInt8(ascii: "0") else {
            index = start
            throw failure(.malformed, "a number has no zeros before its first digit")
        }
        let isWhole = peek().map { !".eE".utf8.contains($0) } ?? true
        guard isWhole, let number = Self.integer(digits, isNegative: isNegative) else {
            index = start
            throw failure(.unsupportedNumber, "only whole numbers of 64 bits can stand here")
        }
        return number
    }

    private static func integer(_ digits: ArraySlice<UInt8>, isNegative: Bool) -> Int64? {
        guard digits.count <= 19 else { return nil }  // Int64.min has 19
        return Int64((isNegative ? "-" : "") + String(decoding: digits, as: UTF8.self))
    }

    private mutating func skipDigits() -> ArraySlice<UInt8> {
        let start = index
        while let byte = peek(), (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) { index += 1 }
        return text[start..<index]
    }
}

// Single bytes.
extension JSONReader {
    /// Where the next byte is, from 1.
    private var column: Int { index - text.startIndex + 1 }

    func peek() -> UInt8? {
        index < text.endIndex ? text[index] : nil
    }

    /// Takes this byte if it is next, behind white space.
    private mutating func skip(_ byte: UInt8) -> Bool {
        skipSpace()
        return skipOne(byte)
    }

    /// Takes this byte if it is the very next.
    mutating func skipOne(_ byte: UInt8) -> Bool {
        guard peek() == byte else { return false }
        index += 1
        return true
    }

    private mutating func skipSpace() {
        while let byte = peek(), byte == 0x20 || byte == 0x09 || byte == 0x0d || byte == 0x0a { index += 1 }
    }

    mutating func expect(_ byte: UInt8, within whole: String) throws(JournalError) {
        guard !skipOne(byte) else { return }
        guard peek() != nil else { throw failure(.truncated, "the line ends within \(whole)") }
        throw failure(.malformed, "\(whole) goes on with '\(Unicode.Scalar(byte))'")
    }

    func failure(_ code: JournalError.Code, _ words: String) -> JournalError {
        JournalError(code, line: line, column: column, words)
    }
}
