public import SluicePreamble

/// Addresses that begin alike: `10.0.0.0/8`, `2001:db8::/32`, or one address alone.
///
/// An IPv4 address counts as such in IPv6 dress too: `::ffff:10.0.0.1` is in `10.0.0.0/8`, and not in `::/0`.
public struct AddressRange: Hashable, Sendable {
    /// The first address; its bits past the prefix are zero.
    public let first: InternetAddress

    /// Bits that all share, 0...32 of an IPv4 address, 0...128 of an IPv6 address.
    public let prefixLength: Int

    /// The range of an address and a number of its leading bits; nil if it hasn't so many, or for fewer than none.
    ///
    /// - Parameters:
    ///   - address: Any address of the range.
    ///   - prefixLength: Bits that all share. Of an IPv4 address in IPv6 dress they count from the front of the IPv6
    ///     address: `::ffff:10.0.0.0` and 104 are `10.0.0.0/8`.
    public init?(_ address: InternetAddress, prefixLength: Int) {
        guard (0...address.bytes.count * 8).contains(prefixLength) else { return nil }
        let isDressed = address.isMapped && prefixLength >= InternetAddress.mappedPrefixLength
        let bare = isDressed ? address.unmapped : address
        let length = isDressed ? prefixLength - InternetAddress.mappedPrefixLength : prefixLength
        let bytes = bare.bytes.indices.map { bare.bytes[$0] & Self.mask(ofByte: $0, prefixLength: length) }
        guard let first = InternetAddress(bytes: bytes) else { return nil }
        self.first = first
        self.prefixLength = length
    }

    /// Parses an address, or an address, a slash and the bits that all share.
    ///
    /// - Returns: nil for anything else: netmasks, `10/8`, brackets, more bits than there are.
    public init?(_ text: String) {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false)
        guard let address = InternetAddress(String(parts[0])), parts.count <= 2 else { return nil }
        guard parts.count == 2 else {
            self.init(address, prefixLength: address.bytes.count * 8)
            return
        }
        guard (1...3).contains(parts[1].utf8.count), parts[1] == "0" || !parts[1].hasPrefix("0"),
            parts[1].utf8.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }),
            let length = Int(parts[1])
        else { return nil }
        self.init(address, prefixLength: length)
    }

    /// Whether the address is one of them.
    public func contains(_ address: InternetAddress) -> Bool {
        let bytes = address.unmapped.bytes
        return bytes.count == first.bytes.count && hasPrefix(bytes)
    }

    /// Whether each address of `other` is one of them.
    public func contains(_ other: AddressRange) -> Bool {
        other.prefixLength >= prefixLength && other.first.bytes.count == first.bytes.count
            && hasPrefix(other.first.bytes)
    }

    private func hasPrefix(_ bytes: [UInt8]) -> Bool {
        bytes.indices.allSatisfy { bytes[$0] & Self.mask(ofByte: $0, prefixLength: prefixLength) == first.bytes[$0] }
    }

    private static func mask(ofByte index: Int, prefixLength: Int) -> UInt8 {
        ~(UInt8.max >> min(8, max(0, prefixLength - index * 8)))
    }
}

extension AddressRange: CustomStringConvertible {
    /// `10.0.0.0/8`; one address alone has no slash.
    public var description: String {
        prefixLength == first.bytes.count * 8 ? first.description : "\(first)/\(prefixLength)"
    }
}

extension InternetAddress {
    /// Bits before the IPv4 address in `::ffff:192.0.2.1`, RFC 4291 §2.5.5.2.
    static let mappedPrefixLength = 96

    /// Whether it is an IPv4 address in IPv6 dress.
    var isMapped: Bool {
        isIPv6 && bytes[10] == 0xff && bytes[11] == 0xff && bytes[..<10].allSatisfy { $0 == 0 }
    }

    /// The IPv4 address, if it is one in IPv6 dress; else itself.
    var unmapped: InternetAddress {
        isMapped ? InternetAddress(bytes: bytes.suffix(4)) ?? self : self
    }
}
