/// A value of JSON as it was read, RFC 8259, which knows its place in the text.
package struct JSONValue: Hashable, Sendable {
    /// What it is.
    package let kind: Kind

    /// Its line in the journal, from 1.
    package let line: Int

    /// Where it begins in the line, in bytes from 1.
    package let column: Int

    /// The types of JSON, where a number is a whole one of 64 bits.
    package enum Kind: Hashable, Sendable {
        case null
        case bool(Bool)
        case integer(Int64)
        case string(String)
        case array([JSONValue])
        case object([Field])
    }

    /// A field of an object. Fields stay in the order in which they were written, and no name is there twice.
    package struct Field: Hashable, Sendable {
        package let name: String
        package let value: JSONValue
        /// Where its name begins in the line, in bytes from 1.
        package let column: Int
    }
}

extension JSONValue {
    /// Reads one line: one value, with nothing but white space around it.
    ///
    /// - Parameters:
    ///   - text: The line's bytes, without the line feed that ends it.
    ///   - line: Its number, for errors.
    /// - Throws: `JournalError` at the first byte that can't be right.
    package init(_ text: ArraySlice<UInt8>, line: Int) throws(JournalError) {
        var reader = JSONReader(text, line: line)
        self = try reader.readLine()
    }

    /// An error about this value.
    package func failure(_ code: JournalError.Code, _ words: String) -> JournalError {
        JournalError(code, line: line, column: column, words)
    }
}

extension JSONValue.Kind {
    /// The type in words: `a string`.
    package var name: String {
        switch self {
        case .null: "null"
        case .bool: "a Boolean"
        case .integer: "a number"
        case .string: "a string"
        case .array: "an array"
        case .object: "an object"
        }
    }
}
