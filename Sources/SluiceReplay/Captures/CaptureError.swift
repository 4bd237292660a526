/// Why a packet capture can't be read.
///
/// Branch on ``code``; log ``description``.
public struct CaptureError: Error, Hashable, Sendable {
    /// What is wrong, in one word to branch on.
    public let code: Code

    /// Where in the file, in bytes from 0.
    public let offset: Int

    /// What was expected there, and what to do where something can be done. For people.
    public let words: String

    /// An error at a place.
    package init(_ code: Code, at offset: Int, _ words: String) {
        self.code = code
        self.offset = offset
        self.words = words
    }

    /// The kinds of failure. More may be added, so a `switch` needs a `default`.
    public struct Code: Hashable, Sendable, CustomStringConvertible {
        private enum Value: String {
            case malformed, notACapture, tooMany, unsupportedLink
        }

        private let value: Value

        /// The name of the static member: `malformed`.
        public var description: String { value.rawValue }

        /// A length or number in the file that can't be.
        public static let malformed = Code(value: .malformed)
        /// The file begins neither as pcap nor as pcapng.
        public static let notACapture = Code(value: .notACapture)
        /// The file has more of something than the limit.
        public static let tooMany = Code(value: .tooMany)
        /// No packet of the capture is from a link that can be read.
        public static let unsupportedLink = Code(value: .unsupportedLink)
    }
}

extension CaptureError: CustomStringConvertible {
    /// `byte 24: malformed: a packet has at most 262144 bytes`.
    public var description: String {
        "byte \(offset): \(code): \(words)"
    }
}
