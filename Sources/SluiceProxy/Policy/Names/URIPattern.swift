/// A URI to match against, byte for byte: `urn:uuid:…`, or `spiffe://example.org/web/*` for all below.
struct URIPattern: Hashable, Sendable {
    /// The whole URI, or what stands before the star.
    private let text: String
    private let isPrefix: Bool

    /// A star may stand only at the end of a path, so that it can't reach into the name of another host.
    init?(_ text: String) {
        isPrefix = text.utf8.last == UInt8(ascii: "*")
        self.text = isPrefix ? String(text.dropLast()) : text
        guard Self.isURI(text), !self.text.utf8.contains(UInt8(ascii: "*")) else { return nil }
        guard !isPrefix || Self.isPathBegun(self.text) else { return nil }
    }

    /// Strings are compared as bytes: `==` would take U+212A for the letter K.
    func matches(_ uri: String) -> Bool {
        guard isPrefix else { return uri.utf8.elementsEqual(text.utf8) }
        return Self.isURI(uri) && uri.utf8.count > text.utf8.count && uri.utf8.starts(with: text.utf8)
            && !Self.hasDotSegment(uri)
    }

    var description: String { isPrefix ? text + "*" : text }

    /// A scheme and a colon, then printable ASCII.
    private static func isURI(_ text: String) -> Bool {
        let bytes = text.utf8
        guard bytes.count <= uriBytesMax, bytes.allSatisfy({ (0x21...0x7e).contains($0) }),
            let colon = bytes.firstIndex(of: UInt8(ascii: ":")), let first = bytes.first
        else { return false }
        return colon < bytes.index(before: bytes.endIndex) && Character(Unicode.Scalar(first)).isLetter
            && bytes[..<colon].allSatisfy(isOfScheme)
    }

    private static func isOfScheme(_ byte: UInt8) -> Bool {
        let character = Character(Unicode.Scalar(byte))
        return character.isLetter || character.isNumber || "+-.".contains(character)
    }

    /// Whether this is `scheme://authority/`, perhaps with more of a path, up to a slash.
    private static func isPathBegun(_ text: String) -> Bool {
        let parts = text.split(separator: "/", maxSplits: 3, omittingEmptySubsequences: false)
        return parts.count == 4 && parts[0].hasSuffix(":") && parts[1].isEmpty && !parts[2].isEmpty
            && text.hasSuffix("/") && !hasDotSegment(text)
    }

    /// `.` and `..` lead out of the path that a prefix names (RFC 3986 §5.2.4), written plainly or as `%2e`.
    private static func hasDotSegment(_ uri: String) -> Bool {
        uri.split { "/?#".contains($0) }.contains { segment in
            [".", ".."].contains(segment.lowercased().replacing("%2e", with: "."))
        }
    }
}

/// SPIFFE-ID §2.3: at most 2,048 bytes.
private let uriBytesMax = 2048
