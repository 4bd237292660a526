/// An IPv4 or IPv6 address.
public struct InternetAddress: Hashable, Sendable {
    /// 4 or 16 bytes, in network order.
    public let bytes: [UInt8]

    /// An address of these bytes; nil unless there are 4 or 16.
    public init?(bytes: some Sequence<UInt8>) {
        let bytes = Array(bytes)
        guard bytes.count == 4 || bytes.count == 16 else { return nil }
        self.bytes = bytes
    }

    /// Parses dotted decimal or RFC 4291 §2.2 text, strictly: no leading zeros, no fewer parts, no brackets, no zone.
    public init?(_ text: String) {
        guard text.utf8.count <= Self.textBytesMax else { return nil }
        let text = ArraySlice(text.utf8)
        let isIPv6 = text.contains(UInt8(ascii: ":"))
        guard let bytes = isIPv6 ? Self.parseIPv6(text) : Self.parseIPv4(text) else { return nil }
        self.bytes = bytes
    }

    /// Whether it has 16 bytes.
    public var isIPv6: Bool { bytes.count == 16 }

    /// The 16 bytes of the IPv6 address, of an IPv4 address those of `::ffff:192.0.2.1`, RFC 4291 §2.5.5.2.
    var mappedBytes: [UInt8] { isIPv6 ? bytes : Self.mappedPrefix + bytes }

    private static let mappedPrefix = [UInt8](repeating: 0, count: 10) + [0xff, 0xff]

    /// Six groups and dotted decimal.
    private static let textBytesMax = 45
}

// Parsing.
extension InternetAddress {
    private static func parseIPv4(_ text: ArraySlice<UInt8>) -> [UInt8]? {
        let parts = text.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        let bytes = parts.compactMap { $0.decimal(max: 255).map { UInt8($0) } }
        return parts.count == 4 && bytes.count == 4 ? bytes : nil
    }

    /// `::` may stand once, for two zeros or more.
    private static func parseIPv6(_ text: ArraySlice<UInt8>) -> [UInt8]? {
        guard let gap = text.indices.dropLast().first(where: { text[$0] == colon && text[$0 + 1] == colon }) else {
            guard let bytes = groups(in: text), bytes.count == 16 else { return nil }
            return bytes
        }
        guard let head = groups(in: text[..<gap]), let tail = groups(in: text[(gap + 2)...]),
            head.count.isMultiple(of: 2), head.count + tail.count <= 14, !text[..<gap].contains(UInt8(ascii: "."))
        else { return nil }
        return head + [UInt8](repeating: 0, count: 16 - head.count - tail.count) + tail
    }

    /// The bytes of groups such as `2001:db8` or `ffff:192.0.2.1`; none for empty text.
    private static func groups(in text: ArraySlice<UInt8>) -> [UInt8]? {
        if text.isEmpty { return [] }
        let parts = text.split(separator: colon, omittingEmptySubsequences: false)
        var bytes: [UInt8] = []
        for (index, part) in parts.enumerated() {
            if index == parts.count - 1, let address = parseIPv4(part) {
                bytes += address
            } else {
                guard let group = group(part) else { return nil }
                bytes += [UInt8(group >> 8), UInt8(truncatingIfNeeded: group)]
            }
        }
        return bytes.count <= 16 ? bytes : nil
    }

    /// Up to four hexadecimal digits, without a sign.
    private static func group(_ part: ArraySlice<UInt8>) -> UInt16? {
        let isHex = part.allSatisfy { $0.isDigit || ($0.isLetter && $0.lowercased <= UInt8(ascii: "f")) }
        guard (1...4).contains(part.count), isHex else { return nil }
        return UInt16(String(decoding: part, as: UTF8.self), radix: 16)
    }

    private static let colon = UInt8(ascii: ":")
}

extension InternetAddress: CustomStringConvertible {
    /// Dotted decimal, or the canonical form of RFC 5952: `2001:db8::1`, `::ffff:192.0.2.1`.
    public var description: String {
        guard isIPv6 else { return Self.dotted(bytes) }
        if bytes.starts(with: Self.mappedPrefix) { return "::ffff:" + Self.dotted(bytes.suffix(4)) }
        let groups = (0..<8).map { UInt16(bytes[2 * $0]) << 8 | UInt16(bytes[2 * $0 + 1]) }
        guard let zeros = Self.longestZeros(in: groups) else { return Self.text(groups[...]) }
        return Self.text(groups[..<zeros.lowerBound]) + "::" + Self.text(groups[zeros.upperBound...])
    }

    private static func dotted(_ bytes: some Sequence<UInt8>) -> String {
        bytes.map { String($0) }.joined(separator: ".")
    }

    private static func text(_ groups: ArraySlice<UInt16>) -> String {
        groups.map { String($0, radix: 16) }.joined(separator: ":")
    }

    /// The first of the longest runs of two or more zero groups.
    private static func longestZeros(in groups: [UInt16]) -> Range<Int>? {
        var longest = 0..<0
        var start = 0
        for (index, group) in groups.enumerated() {
            if group != 0 { start = index + 1 }
            if index + 1 - start > longest.count { longest = start..<index + 1 }
        }
        return longest.count > 1 ? longest : nil
    }
}
