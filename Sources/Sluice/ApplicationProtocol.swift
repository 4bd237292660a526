/// The identification sequence of an application protocol, RFC 7301: `h2`, `http/1.1`.
public struct ApplicationProtocol: CustomStringConvertible, ExpressibleByStringLiteral, Hashable, Sendable {
    /// The bytes on the wire, 1...255 of them.
    public let bytes: [UInt8]

    /// A protocol with these bytes, or nil if there are none or more than 255.
    public init?(_ bytes: [UInt8]) {
        guard (1...255).contains(bytes.count) else { return nil }
        self.bytes = bytes
    }

    /// A protocol with this name in UTF-8, or nil if it is empty or longer than 255 bytes.
    public init?(_ name: String) {
        self.init(Array(name.utf8))
    }

    /// A protocol with this name.
    ///
    /// - Precondition: The literal is 1...255 bytes long.
    public init(stringLiteral name: String) {
        guard let parsed = ApplicationProtocol(name) else {
            preconditionFailure("write an application protocol of 1 to 255 bytes, not \"\(name)\"")
        }
        self = parsed
    }

    /// The bytes as text; those that aren't UTF-8 are replaced.
    public var description: String { String(decoding: bytes, as: UTF8.self) }
}
