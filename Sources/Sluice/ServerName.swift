/// The name of a TLS peer: a DNS host name, or an IP address.
///
/// A value of this type is always a good name in its one canonical spelling, so that two values are equal exactly if
/// they name the same peer. Internationalised names are given as A-labels (`xn--bcher-kva.example`).
public struct ServerName: Hashable, Sendable {
    /// What sort of name it is.
    public enum Kind: Hashable, Sendable {
        /// A host name, which goes into the SNI extension and is matched against DNS names.
        case dnsName
        /// An address, which RFC 6066 keeps out of SNI, matched against addresses.
        case ipAddress
    }

    private let text: String
    private let address: IPAddress?

    /// Parses a host name or an address.
    ///
    /// Host names are letters, digits, hyphens and underscores in labels of up to 63 bytes, 253 bytes together; a final
    /// dot is dropped and letters become small. A name whose last label is a number is no host name. Addresses are
    /// four decimal numbers, or IPv6 as in RFC 4291 §2.2, with or without brackets and without a zone.
    ///
    /// - Returns: nil for anything else: wildcards, ports, URLs, spaces, letters beyond ASCII.
    public init?(_ text: String) {
        if let address = IPAddress(text) ?? Self.bracketed(text) {
            self.init(text: address.description, address: address)
        } else if let name = Self.hostName(text) {
            self.init(text: name, address: nil)
        } else {
            return nil
        }
    }

    private init(text: String, address: IPAddress?) {
        self.text = text
        self.address = address
    }

    /// What sort of name it is.
    public var kind: Kind { address == nil ? .dnsName : .ipAddress }

    /// The 4 or 16 bytes of an address; nil for a host name.
    public var addressBytes: [UInt8]? { address?.bytes }

    private static func bracketed(_ text: String) -> IPAddress? {
        guard text.hasPrefix("["), text.hasSuffix("]") else { return nil }
        let address = IPAddress(String(text.dropFirst().dropLast()))
        return address?.bytes.count == 16 ? address : nil
    }

    private static func hostName(_ text: String) -> String? {
        var name = Substring(text)
        if name.utf8.last == UInt8(ascii: ".") { name.removeLast() }
        guard (1...hostNameBytesMax).contains(name.utf8.count) else { return nil }
        let labels = name.utf8.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        guard labels.allSatisfy(isLabel), let last = labels.last, !last.allSatisfy(isDigit) else { return nil }
        return name.lowercased()
    }

    private static func isLabel(_ label: Substring.UTF8View) -> Bool {
        let hyphen = UInt8(ascii: "-")
        return (1...labelBytesMax).contains(label.count) && label.first != hyphen && label.last != hyphen
            && label.allSatisfy { isLetter($0) || isDigit($0) || $0 == hyphen || $0 == UInt8(ascii: "_") }
    }

    private static func isLetter(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
    }

    private static func isDigit(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
    }
}

extension ServerName: CustomStringConvertible {
    /// The canonical spelling: `example.com`, `192.0.2.1`, `2001:db8::1` (without brackets).
    public var description: String { text }
}

extension ServerName: ExpressibleByStringLiteral {
    /// A name written in the source. A bad one traps: use `ServerName(_:)` for text from anywhere else.
    public init(stringLiteral literal: String) {
        guard let name = ServerName(literal) else {
            preconditionFailure("\"\(literal)\" is no host name or IP address; ServerName(_:) gives nil for such text")
        }
        self = name
    }
}

/// RFC 1035 §2.3.4: 255 bytes on the wire are 253 in text.
private let hostNameBytesMax = 253

/// RFC 1035 §2.3.4.
private let labelBytesMax = 63
