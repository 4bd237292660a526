/// A host as protocols before TLS write it: a DNS name in ASCII, or an address.
///
/// It holds no space, control character or quote, so it can't say anything but a host to a peer.
public struct PreambleHost: Hashable, Sendable {
    private enum Value: Hashable {
        case name(String)
        case address(InternetAddress)
    }

    private let value: Value

    /// Parses a DNS name, an IPv4 address, or an IPv6 address with brackets or without.
    ///
    /// Nil if it is none of them. An international name goes in its ASCII form: `xn--bcher-kva.example`. A dot at the
    /// end of a name is dropped.
    public init?(_ text: String) {
        let isBracketed = text.hasPrefix("[") && text.hasSuffix("]") && text.count > 1
        let bare = isBracketed ? String(text.dropFirst().dropLast()) : text
        if let address = InternetAddress(bare) {
            guard address.isIPv6 || !isBracketed else { return nil }
            value = .address(address)
        } else {
            let name = text.hasSuffix(".") ? String(text.dropLast()) : text
            guard Self.isName(name) else { return nil }
            value = .name(name)
        }
    }

    /// An address as a host.
    public init(_ address: InternetAddress) {
        value = .address(address)
    }

    private init(value: Value) {
        self.value = value
    }

    /// `localhost`.
    public static let localhost = PreambleHost(value: .name("localhost"))

    /// The address, unless it is a name.
    public var address: InternetAddress? {
        if case .address(let address) = value { address } else { nil }
    }

    /// As in a URI: `example.com`, `192.0.2.1`, `[2001:db8::1]`.
    var inURI: String {
        address?.isIPv6 == true ? "[\(self)]" : description
    }

    /// As behind EHLO, RFC 5321 §4.1.3: `example.com`, `[192.0.2.1]`, `[IPv6:2001:db8::1]`.
    var inMail: String {
        guard let address else { return description }
        return address.isIPv6 ? "[IPv6:\(address)]" : "[\(address)]"
    }

    /// Labels of letters, digits, hyphens and underscores, of which the last isn't a number: RFC 1123 §2.1, and the
    /// underscore that some names have all the same.
    private static func isName(_ name: String) -> Bool {
        guard name.utf8.count <= nameBytesMax else { return false }
        let labels = name.utf8.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        let isEachLabel = labels.allSatisfy { label in
            (1...labelBytesMax).contains(label.count) && label.first != hyphen && label.last != hyphen
                && label.allSatisfy { $0.isLetter || $0.isDigit || $0 == hyphen || $0 == UInt8(ascii: "_") }
        }
        return isEachLabel && labels.last?.allSatisfy(\.isDigit) == false
    }

    private static let hyphen = UInt8(ascii: "-")

    /// RFC 1035 §2.3.4, as text.
    private static let nameBytesMax = 253
    private static let labelBytesMax = 63
}

extension PreambleHost: CustomStringConvertible {
    /// The name or the address, without brackets.
    public var description: String {
        switch value {
        case .name(let name): name
        case .address(let address): address.description
        }
    }
}
