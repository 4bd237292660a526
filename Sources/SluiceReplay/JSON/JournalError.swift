/// Why a journal can't be read or replayed, and where in its text.
///
/// Branch on ``code``; log ``description``.
public struct JournalError: Error, Hashable, Sendable {
    /// What is wrong, in one word to branch on.
    public let code: Code

    /// The line of the journal, from 1.
    public let line: Int

    /// The byte of the line, from 1.
    public let column: Int

    /// What was expected there, and what there is. For people; never holds keys or plaintext.
    public let words: String

    /// An error at a place.
    package init(_ code: Code, line: Int, column: Int, _ words: String) {
        self.code = code
        self.line = line
        self.column = column
        self.words = words
    }
}

extension JournalError: CustomStringConvertible {
    /// `line 3, column 17: truncated: the line ends within a string`.
    public var description: String {
        "line \(line), column \(column): \(code): \(words)"
    }
}

extension JournalError {
    /// The kinds of failure. More may be added, so a `switch` needs a `default`.
    public struct Code: Hashable, Sendable, CustomStringConvertible {
        private enum Value: String {
            case duplicateField, invalidHex, invalidValue, malformed, missingField, notUTF8, outOfRange, tooDeep,
                tooLong
            case tooMany, truncated, unknownField, unsupportedNumber, unsupportedVersion, wrongType
        }

        private let value: Value

        /// The name of the static member: `truncated`.
        public var description: String { value.rawValue }

        /// An object has a field twice.
        public static let duplicateField = Code(value: .duplicateField)
        /// A string that should be bytes in hexadecimal and isn't.
        public static let invalidHex = Code(value: .invalidHex)
        /// A value of the right type that TLS or OpenSSL has no use for: a name that is none, a key that can't be parsed.
        public static let invalidValue = Code(value: .invalidValue)
        /// The text isn't JSON, RFC 8259.
        public static let malformed = Code(value: .malformed)
        /// An object lacks a field that it must have.
        public static let missingField = Code(value: .missingField)
        /// A string isn't UTF-8, or escapes half of a surrogate pair.
        public static let notUTF8 = Code(value: .notUTF8)
        /// A value of the right type that means nothing there.
        public static let outOfRange = Code(value: .outOfRange)
        /// Arrays and objects are nested beyond the limit.
        public static let tooDeep = Code(value: .tooDeep)
        /// A line or the journal is longer than the limit.
        public static let tooLong = Code(value: .tooLong)
        /// A line holds more values, or an object more fields, than the limit.
        public static let tooMany = Code(value: .tooMany)
        /// The text ends within a value.
        public static let truncated = Code(value: .truncated)
        /// An object has a field that this version doesn't know.
        public static let unknownField = Code(value: .unknownField)
        /// A number that isn't whole, or has no room in 64 bits.
        public static let unsupportedNumber = Code(value: .unsupportedNumber)
        /// A journal of another version of the format.
        public static let unsupportedVersion = Code(value: .unsupportedVersion)
        /// A value of another type than the field has.
        public static let wrongType = Code(value: .wrongType)
    }
}
