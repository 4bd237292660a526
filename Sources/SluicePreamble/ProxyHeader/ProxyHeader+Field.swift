extension ProxyHeader {
    /// A type, length and value of version 2: a TLV.
    public struct Field: Hashable, Sendable {
        /// What it is about.
        public var kind: Kind
        /// The value as it was sent.
        public var value: [UInt8]

        /// A field with these bytes.
        public init(_ kind: Kind, _ value: [UInt8]) {
            self.kind = kind
            self.value = value
        }

        /// What a field is about: PP2_TYPE_… of the specification.
        public struct Kind: RawRepresentable, Hashable, Sendable {
            /// The type's number.
            public let rawValue: UInt8

            /// The type of this number.
            public init(rawValue: UInt8) {
                self.rawValue = rawValue
            }

            /// ALPN: the protocol that the client and the proxy agreed on.
            public static let applicationProtocol = Kind(rawValue: 0x01)
            /// AUTHORITY: the host name that the client asked for, in UTF-8.
            public static let authority = Kind(rawValue: 0x02)
            /// CRC32C: of the whole header. It is made and checked, and never among a header's fields.
            public static let crc32c = Kind(rawValue: 0x03)
            /// NOOP: to be ignored; fills up.
            public static let noOperation = Kind(rawValue: 0x04)
            /// UNIQUE_ID: the proxy's name for the connection.
            public static let uniqueID = Kind(rawValue: 0x05)
            /// SSL: how the client came to the proxy, see ``ProxyHeader/TLSFacts``.
            public static let tls = Kind(rawValue: 0x20)
            /// NETNS: the network namespace, in ASCII.
            public static let networkNamespace = Kind(rawValue: 0x30)
        }
    }
}

// What fields say.
extension ProxyHeader {
    /// The protocol that the client and the proxy agreed on by ALPN.
    public var applicationProtocol: [UInt8]? { value(of: .applicationProtocol) }

    /// The host name that the client asked for; nil also if it isn't UTF-8.
    public var authority: String? { text(of: .authority) }

    /// The proxy's name for the connection.
    public var uniqueID: [UInt8]? { value(of: .uniqueID) }

    /// The network namespace; nil also if it isn't UTF-8.
    public var networkNamespace: String? { text(of: .networkNamespace) }

    /// How the client came to the proxy by TLS; nil if it didn't, or the proxy doesn't tell.
    public var tls: TLSFacts? { value(of: .tls).flatMap { TLSFacts(encoded: $0[...]) } }

    private func value(of kind: Field.Kind) -> [UInt8]? {
        fields.first { $0.kind == kind }?.value
    }

    private func text(of kind: Field.Kind) -> String? {
        value(of: kind).flatMap { String(validating: $0, as: UTF8.self) }
    }
}

// Fields by what they say.
extension ProxyHeader.Field {
    /// The protocol that the client and the proxy agreed on: the bytes of `h2`.
    public static func applicationProtocol(_ name: [UInt8]) -> Self { Self(.applicationProtocol, name) }

    /// The host name that the client asked for.
    public static func authority(_ name: String) -> Self { Self(.authority, Array(name.utf8)) }

    /// The proxy's name for the connection, at most 128 bytes.
    public static func uniqueID(_ bytes: [UInt8]) -> Self { Self(.uniqueID, bytes) }

    /// The network namespace.
    public static func networkNamespace(_ name: String) -> Self { Self(.networkNamespace, Array(name.utf8)) }

    /// How the client came to the proxy by TLS.
    public static func tls(_ facts: ProxyHeader.TLSFacts) -> Self { Self(.tls, facts.encoded) }

    /// Bytes that say nothing.
    public static func noOperation(bytes: Int) -> Self { Self(.noOperation, Array(repeating: 0, count: max(0, bytes))) }

    /// Type (1), length (2), value.
    static func encoded(type: UInt8, _ value: [UInt8]) -> [UInt8] {
        [type, UInt8(truncatingIfNeeded: value.count >> 8), UInt8(truncatingIfNeeded: value.count)] + value
    }

    /// All the fields in these bytes, with the offset of each value; nil if the bytes end within one.
    static func fields(in bytes: ArraySlice<UInt8>) -> [(field: Self, offset: Int)]? {
        var fields: [(Self, Int)] = []
        var rest = bytes
        while !rest.isEmpty {
            let head = rest.prefix(3)
            guard head.count == 3, let type = head.first else { return nil }
            rest = rest.dropFirst(3)
            let length = head.dropFirst().reduce(0) { $0 << 8 | Int($1) }
            guard length <= rest.count else { return nil }
            fields.append((Self(Kind(rawValue: type), Array(rest.prefix(length))), rest.startIndex))
            rest = rest.dropFirst(length)
        }
        return fields
    }
}
