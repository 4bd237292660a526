/// What opens an encrypted private key or a PKCS#12 file. It never shows itself in a description or a dump.
public struct Passphrase: Sendable {
    /// The bytes as the file's maker typed them, almost always UTF-8.
    package let bytes: [UInt8]

    /// A passphrase of any bytes, perhaps none: an empty passphrase is one, too.
    public init(bytes: [UInt8]) {
        self.bytes = bytes
    }

    /// A passphrase in UTF-8.
    public init(_ text: String) {
        bytes = Array(text.utf8)
    }
}

extension Passphrase: ExpressibleByStringLiteral {
    /// A passphrase written in the source, for tests and demonstrations.
    public init(stringLiteral literal: String) {
        self.init(literal)
    }
}

extension Passphrase: CustomStringConvertible, CustomReflectable {
    /// `Passphrase(hidden)`.
    public var description: String { "Passphrase(hidden)" }

    /// A mirror without children.
    public var customMirror: Mirror { Mirror(self, children: []) }
}
