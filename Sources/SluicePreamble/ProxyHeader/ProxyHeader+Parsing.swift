// Version 1: a line.
extension ProxyHeader {
    static let prefixV1 = Array("PROXY ".utf8)

    /// Parses a line with its CRLF, as strictly as it is specified: one space, no zeros in front.
    init?(lineV1 bytes: [UInt8]) {
        guard bytes.suffix(2) == [13, 10] else { return nil }
        let words = bytes.dropLast(2).split(separator: UInt8(ascii: " "), omittingEmptySubsequences: false)
        if words.count > 1, words[1].elementsEqual("UNKNOWN".utf8) {
            self.init(.unknown)  // the rest is to be ignored
            return
        }
        guard words.count == 6, let source = Self.endpoint(words[2], words[4]),
            let destination = Self.endpoint(words[3], words[5]),
            words[1].elementsEqual((source.address.isIPv6 ? "TCP6" : "TCP4").utf8),
            source.address.isIPv6 == destination.address.isIPv6
        else { return nil }
        self.init(.internet(.stream, source: source, destination: destination))
    }

    private static func endpoint(_ address: ArraySlice<UInt8>, _ port: ArraySlice<UInt8>) -> Endpoint? {
        guard let address = InternetAddress(String(decoding: address, as: UTF8.self)),
            let port = port.decimal(max: 65_535)
        else { return nil }
        return Endpoint(address, port: UInt16(port))
    }
}

// Version 2: bytes.
extension ProxyHeader {
    /// Signature (12), version and command (1), family and transport (1), length (2).
    static let headBytesV2 = 16

    /// Parses a whole header: at least the 16 bytes, and as many more as they say.
    init(bytesV2 bytes: [UInt8]) throws(PreambleError) {
        switch bytes[12] {
        case 0x20:
            // The whole block is to be discarded, the family too.
            self.init(.local)
        case 0x21: self = try Self.proxied(bytes)
        default: throw Self.malformed("byte 12 says neither local nor proxied, or another version")
        }
    }

    private static func proxied(_ bytes: [UInt8]) throws(PreambleError) -> ProxyHeader {
        let block = bytes[headBytesV2...]
        guard bytes[13] != 0 else {
            // Addresses of an unknown length may stand before the fields: what doesn't read as fields is passed over.
            guard Field.fields(in: block) != nil else { return ProxyHeader(.unknown) }
            return ProxyHeader(.unknown, fields: try fields(in: block, of: bytes))
        }
        guard let family = Family(rawValue: bytes[13] >> 4), let transport = Transport(rawValue: bytes[13] & 0x0f)
        else {
            throw malformed("byte 13 names no family and transport")
        }
        let (addressBytes, route) = try route(family, transport, block)
        return ProxyHeader(route, fields: try fields(in: block.dropFirst(addressBytes), of: bytes))
    }

    /// How many bytes the addresses have, and what they say.
    private static func route(
        _ family: Family,
        _ transport: Transport,
        _ block: ArraySlice<UInt8>
    ) throws(PreambleError) -> (Int, Route) {
        let addressBytes = family == .ipv4 ? 4 : family == .ipv6 ? 16 : unixPathBytesMax
        let source = block.prefix(addressBytes)
        let destination = block.dropFirst(addressBytes).prefix(addressBytes)
        guard destination.count == addressBytes else { throw malformed("it ends within its addresses") }
        if family == .unix {
            let route = Route.unix(transport, source: path(source), destination: path(destination))
            return (2 * addressBytes, route)
        }
        let ports = block.dropFirst(2 * addressBytes).prefix(4)
        guard ports.count == 4, let source = endpoint(bytes: source, port: ports.prefix(2)),
            let destination = endpoint(bytes: destination, port: ports.suffix(2))
        else { throw malformed("it ends within its ports") }
        return (2 * addressBytes + 4, .internet(transport, source: source, destination: destination))
    }

    private static func endpoint(bytes: ArraySlice<UInt8>, port: ArraySlice<UInt8>) -> Endpoint? {
        InternetAddress(bytes: bytes).map { Endpoint($0, port: port.reduce(0) { $0 << 8 | UInt16($1) }) }
    }

    private static func path(_ bytes: ArraySlice<UInt8>) -> [UInt8] {
        Array(bytes.prefix(bytes.lastIndex { $0 != 0 }.map { $0 + 1 - bytes.startIndex } ?? 0))
    }

    /// The fields but for the checksum, which must be right.
    private static func fields(in bytes: ArraySlice<UInt8>, of header: [UInt8]) throws(PreambleError) -> [Field] {
        guard let fields = Field.fields(in: bytes) else { throw malformed("it ends within a field") }
        guard fields.allSatisfy({ $0.field.kind != .tls || TLSFacts(encoded: $0.field.value[...]) != nil }) else {
            throw malformed("its field SSL ends too early")
        }
        let checksums = fields.filter { $0.field.kind == .crc32c }
        if let checksum = checksums.first {
            guard checksums.count == 1, checksum.field.value.count == 4 else {
                throw malformed("CRC32C isn't 4 bytes, once")
            }
            var zeroed = header
            zeroed.replaceSubrange(checksum.offset..<checksum.offset + 4, with: [0, 0, 0, 0])
            guard CRC32C.bytes(of: zeroed) == checksum.field.value else {
                throw PreambleError(.checksumMismatch, "the PROXY header was altered: its CRC32C is another")
            }
        }
        return fields.map(\.field).filter { $0.kind != .crc32c }
    }

    private static func malformed(_ words: String) -> PreambleError {
        PreambleError(.malformed, "the PROXY header is broken: \(words)")
    }
}
