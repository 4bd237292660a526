// A value as what it should be. Whatever it isn't is an error with its place.
extension JSONValue {
    /// The fields of an object, in their order.
    package var fields: [Field] {
        get throws(JournalError) {
            guard case .object(let fields) = kind else { throw wrongType("an object") }
            return fields
        }
    }

    /// The elements of an array.
    package var elements: [JSONValue] {
        get throws(JournalError) {
            guard case .array(let elements) = kind else { throw wrongType("an array") }
            return elements
        }
    }

    /// The text of a string.
    package var string: String {
        get throws(JournalError) {
            guard case .string(let string) = kind else { throw wrongType("a string") }
            return string
        }
    }

    /// The value of a Boolean.
    package var bool: Bool {
        get throws(JournalError) {
            guard case .bool(let bool) = kind else { throw wrongType("a Boolean") }
            return bool
        }
    }

    /// The bytes of a string of hexadecimal digits. The error's column is that of the wrong digit, unless the string
    /// has escapes, which nobody writes there.
    package var bytes: [UInt8] {
        get throws(JournalError) {
            let digits = try string
            do throws(InvalidHex) {
                return try Hex.bytes(of: digits)
            } catch {
                let words = "two hexadecimal digits for each byte can stand here, nothing else"
                throw JournalError(.invalidHex, line: line, column: column + 1 + error.offset, words)
            }
        }
    }

    /// A number of any size.
    package var integer: Int64 {
        get throws(JournalError) {
            guard case .integer(let integer) = kind else { throw wrongType("a number") }
            return integer
        }
    }

    /// A number within a range.
    package func integer<Integer: FixedWidthInteger & Sendable>(
        in range: ClosedRange<Integer>
    ) throws(JournalError) -> Integer {
        guard let number = Integer(exactly: try integer), range.contains(number) else {
            throw failure(.outOfRange, "the number should be \(range.lowerBound) to \(range.upperBound)")
        }
        return number
    }

    /// The field of an object with this name.
    package func field(_ name: String) throws(JournalError) -> JSONValue {
        guard let value = try optionalField(name) else { throw failure(.missingField, "no field \"\(name)\"") }
        return value
    }

    /// The field of an object with this name, if it has one. Null is a value.
    package func optionalField(_ name: String) throws(JournalError) -> JSONValue? {
        try fields.first { $0.name == name }?.value
    }

    /// Refuses an object with fields of other names. A misspelt field must not be a silent default.
    package func refuseFields(except names: [String]) throws(JournalError) {
        guard let stranger = try fields.first(where: { !names.contains($0.name) }) else { return }
        let words = "the fields here are \(names.joined(separator: ", "))"
        throw JournalError(.unknownField, line: line, column: stranger.column, words)
    }

    private func wrongType(_ expected: String) -> JournalError {
        failure(.wrongType, "\(kind.name) where \(expected) should be")
    }
}
