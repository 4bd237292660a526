/// What stands between `<` and `>`.
struct XMLTag: Sendable {
    /// `<a>`, `</a>`, `<a/>`, `<?xml?>`.
    enum Kind: Sendable {
        case open, close, empty, declaration
    }

    let kind: Kind
    /// As written, with its prefix.
    let name: String
    /// Names as written; values without quotes, and with references such as `&lt;` unread.
    let attributes: [String: String]

    /// Parses the bytes between `<` and `>`.
    init(_ bytes: [UInt8]) throws(PreambleError) {
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw XMLScanner.malformed("a tag isn't UTF-8")
        }
        var rest = Array(text.utf8)[...]
        var kind = Kind.open
        if rest.first == UInt8(ascii: "?") {
            guard rest.count > 1, rest.last == UInt8(ascii: "?") else { throw Self.malformed(bytes) }
            rest = rest.dropFirst().dropLast()
            kind = .declaration
        } else if rest.first == UInt8(ascii: "/") {
            rest = rest.dropFirst()
            kind = .close
        } else if rest.last == UInt8(ascii: "/") {
            rest = rest.dropLast()
            kind = .empty
        }
        guard let name = Self.takeName(&rest), let attributes = try Self.takeAttributes(&rest),
            kind != .declaration || name == "xml", kind != .close || attributes.isEmpty
        else { throw Self.malformed(bytes) }
        self.kind = kind
        self.name = name
        self.attributes = attributes
    }

    private static func takeName(_ rest: inout ArraySlice<UInt8>) -> String? {
        let name = rest.prefix { $0.isLetter || $0.isDigit || "_-.:".utf8.contains($0) || $0 >= 0x80 }
        guard let first = name.first, !first.isDigit, first != UInt8(ascii: "-"), first != UInt8(ascii: ".") else {
            return nil
        }
        rest = rest.dropFirst(name.count)
        return String(decoding: name, as: UTF8.self)
    }

    /// Everything to the end; nil if it isn't attributes.
    private static func takeAttributes(_ rest: inout ArraySlice<UInt8>) throws(PreambleError) -> [String: String]? {
        var attributes: [String: String] = [:]
        while !rest.isEmpty {
            guard rest.first?.isXMLSpace == true else { return nil }
            rest = rest.drop(while: \.isXMLSpace)
            if rest.isEmpty { break }
            guard let name = takeName(&rest), let value = takeValue(&rest), attributes[name] == nil else { return nil }
            attributes[name] = value
            guard attributes.count <= PreambleLimits.xmppAttributesMax else {
                throw PreambleError(
                    .tooLong,
                    "an XMPP tag has more than \(PreambleLimits.xmppAttributesMax) attributes"
                )
            }
        }
        return attributes
    }

    private static func takeValue(_ rest: inout ArraySlice<UInt8>) -> String? {
        rest = rest.drop(while: \.isXMLSpace)
        guard rest.popFirst() == UInt8(ascii: "=") else { return nil }
        rest = rest.drop(while: \.isXMLSpace)
        guard let quote = rest.popFirst(), quote == UInt8(ascii: "'") || quote == UInt8(ascii: "\""),
            let end = rest.firstIndex(of: quote)
        else { return nil }
        defer { rest = rest[(end + 1)...] }
        return String(decoding: rest[..<end], as: UTF8.self)
    }

    private static func malformed(_ bytes: [UInt8]) -> PreambleError {
        XMLScanner.malformed("this is no tag: <\(quoted(bytes))>")
    }
}
