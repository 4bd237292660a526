/// Finds the elements in an XMPP stream, a byte at a time.
///
/// RFC 6120 §11.1 lets a stream hold no comments, processing instructions, document types and entities of its own, so
/// there is no need to read them: they end the connection. Text is passed over. Bounded in bytes, depth and attributes.
struct XMLScanner: Sendable {
    /// What a byte completed.
    enum Event: Hashable, Sendable {
        case open(XMLElement)
        case close(XMLName)
    }

    /// An element that is open.
    private struct Scope {
        let tag: String
        let name: XMLName
        let namespaces: XMLNamespaces
    }

    /// The bytes since `<`; nil outside of tags.
    private var tag: [UInt8]?
    private var openQuote: UInt8?
    private var scopes: [Scope] = []
    private var byteCount = 0
    private var isAtStart = true

    /// How many elements are open.
    var depth: Int { scopes.count }

    /// Takes a byte.
    ///
    /// - Returns: What it completed; two events for `<a/>`.
    mutating func take(_ byte: UInt8) throws(PreambleError) -> [Event] {
        byteCount += 1
        guard byteCount <= PreambleLimits.xmppBytesMax else {
            throw PreambleError(.tooLong, "an XMPP element has more than \(PreambleLimits.xmppBytesMax) bytes")
        }
        guard tag != nil else {
            try takeText(byte)
            return []
        }
        guard try isEnd(byte) else { return [] }
        defer { tag = nil }
        return try end(XMLTag(tag ?? []))
    }

    /// Around the root and between the children of the stream stands nothing but white space, RFC 6120 §4.6.1.
    private mutating func takeText(_ byte: UInt8) throws(PreambleError) {
        if byte == UInt8(ascii: "<") {
            tag = []
        } else if depth < 2, !byte.isXMLSpace {
            throw Self.malformed("text stands where only elements may")
        }
    }

    /// Whether the byte ends the tag, whose quotes may hold a `>`; else keeps it.
    private mutating func isEnd(_ byte: UInt8) throws(PreambleError) -> Bool {
        switch byte {
        case UInt8(ascii: "<"): throw Self.malformed("a tag begins within a tag")
        case UInt8(ascii: "!") where tag == []:
            throw Self.malformed("comments, document types and CDATA have no place in a stream")
        case UInt8(ascii: ">") where openQuote == nil: return true
        case UInt8(ascii: "'"), UInt8(ascii: "\""):
            if openQuote == nil { openQuote = byte } else if openQuote == byte { openQuote = nil }
        default: break
        }
        tag?.append(byte)
        return false
    }

    private mutating func end(_ tag: XMLTag) throws(PreambleError) -> [Event] {
        defer { isAtStart = false }
        switch tag.kind {
        case .declaration:
            guard isAtStart else { throw Self.malformed("processing instructions have no place in a stream") }
            return []
        case .open: return [.open(try open(tag))]
        case .close: return [.close(try close(tag.name))]
        case .empty: return [.open(try open(tag)), .close(try close(tag.name))]
        }
    }

    private mutating func open(_ tag: XMLTag) throws(PreambleError) -> XMLElement {
        guard depth < PreambleLimits.xmppDepthMax else {
            throw PreambleError(.tooLong, "XMPP elements nest deeper than \(PreambleLimits.xmppDepthMax)")
        }
        var namespaces = scopes.last?.namespaces ?? XMLNamespaces()
        try namespaces.declare(tag.attributes)
        let element = XMLElement(name: try namespaces.name(of: tag.name), depth: depth + 1, attributes: tag.attributes)
        if depth < 2 { byteCount = 0 }
        scopes.append(Scope(tag: tag.name, name: element.name, namespaces: namespaces))
        return element
    }

    private mutating func close(_ name: String) throws(PreambleError) -> XMLName {
        guard let scope = scopes.popLast(), scope.tag == name else {
            throw Self.malformed("a tag closes an element that isn't open")
        }
        return scope.name
    }

    static func malformed(_ words: String) -> PreambleError {
        PreambleError(.malformed, "the server's bytes are no XMPP: \(words)")
    }
}

extension UInt8 {
    var isXMLSpace: Bool { isBlank || self == 0x0a || self == 0x0d }
}
