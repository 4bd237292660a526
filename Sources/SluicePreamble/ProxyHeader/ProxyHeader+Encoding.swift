extension ProxyHeader {
    /// The header's bytes, to be sent before all else.
    ///
    /// - Parameters:
    ///   - version: The form. Version 1 can say TCP and ``ProxyHeader/Route/unknown``, and no fields.
    ///   - checksum: Whether version 2 gets a CRC32C.
    /// - Returns: The whole header.
    /// - Throws: ``PreambleError/Code/unsupported`` if the form can't say it, ``PreambleError/Code/tooLong`` if it would
    ///   pass ``PreambleLimits/proxyHeaderV2BlockBytesMax`` or a path 108 bytes. The caller is at fault.
    public func encoded(as version: Version, checksum: Checksum = .none) throws(PreambleError) -> [UInt8] {
        switch version {
        case .v1:
            guard fields.isEmpty, checksum == .none else {
                throw Self.cannotSay("version 1 of the PROXY header has no fields and no checksum: use version 2")
            }
            return Array("\(try line)\r\n".utf8)
        case .v2: return try encodedV2(checksum)
        }
    }

    /// `PROXY TCP4 192.0.2.1 198.51.100.2 56324 443`
    private var line: String {
        get throws(PreambleError) {
            switch route {
            case .unknown: return "PROXY UNKNOWN"
            case .internet(.stream, let source, let destination):
                let isIPv6 = source.address.isIPv6 || destination.address.isIPv6
                let addresses = [source, destination].map { Self.text(of: $0.address, asIPv6: isIPv6) }
                let ports = "\(source.port) \(destination.port)"
                return "PROXY TCP\(isIPv6 ? 6 : 4) \(addresses[0]) \(addresses[1]) \(ports)"
            case .local, .internet, .unix:
                throw Self.cannotSay("version 1 of the PROXY header says TCP or unknown, not \(route): use version 2")
            }
        }
    }

    private static func text(of address: InternetAddress, asIPv6 isIPv6: Bool) -> String {
        isIPv6 && !address.isIPv6 ? "::ffff:\(address)" : "\(address)"
    }

    /// Signature (12) · version and command (1) · family and transport (1) · length (2) · addresses · fields
    private func encodedV2(_ checksum: Checksum) throws(PreambleError) -> [UInt8] {
        guard route != .local || fields.isEmpty else {
            throw Self.cannotSay("the receiver of a local PROXY header discards its fields")
        }
        guard fields.allSatisfy({ $0.value.count <= UInt16.max && $0.kind != .crc32c }) else {
            throw Self.cannotSay("a field of a PROXY header has at most 65535 bytes, and CRC32C is made by `checksum`")
        }
        let (family, addresses) = try familyAndAddresses
        let zeros: [Field] = checksum == .crc32c ? [Field(.crc32c, [0, 0, 0, 0])] : []
        let block = addresses + (fields + zeros).flatMap { Field.encoded(type: $0.kind.rawValue, $0.value) }
        guard block.count <= PreambleLimits.proxyHeaderV2BlockBytesMax else {
            throw PreambleError(.tooLong, fault: .caller, "the PROXY header would have \(16 + block.count) bytes")
        }
        let length = [UInt8(block.count >> 8), UInt8(truncatingIfNeeded: block.count)]
        let header = Self.signature + [route == .local ? 0x20 : 0x21, family] + length + block
        return zeros.isEmpty ? header : header.dropLast(4) + CRC32C.bytes(of: header)
    }

    private var familyAndAddresses: (UInt8, [UInt8]) {
        get throws(PreambleError) {
            switch route {
            case .local, .unknown: return (0, [])
            case .internet(let transport, let source, let destination):
                let isIPv6 = source.address.isIPv6 || destination.address.isIPv6
                let ends = [source, destination]
                let addresses = ends.flatMap { isIPv6 ? $0.address.mappedBytes : $0.address.bytes }
                let ports = ends.flatMap { [UInt8($0.port >> 8), UInt8(truncatingIfNeeded: $0.port)] }
                return ((isIPv6 ? Family.ipv6 : .ipv4).rawValue << 4 | transport.rawValue, addresses + ports)
            case .unix(let transport, let source, let destination):
                let paths = try Self.padded(source) + Self.padded(destination)
                return (Family.unix.rawValue << 4 | transport.rawValue, paths)
            }
        }
    }

    private static func padded(_ path: [UInt8]) throws(PreambleError) -> [UInt8] {
        guard path.count <= unixPathBytesMax else {
            throw PreambleError(.tooLong, fault: .caller, "a UNIX socket's path has at most \(unixPathBytesMax) bytes")
        }
        return path + [UInt8](repeating: 0, count: unixPathBytesMax - path.count)
    }

    private static func cannotSay(_ words: String) -> PreambleError {
        PreambleError(.unsupported, fault: .caller, words)
    }

    /// CR LF CR LF NUL CR LF QUIT LF: no protocol begins like this.
    static let signature: [UInt8] = [13, 10, 13, 10, 0, 13, 10] + Array("QUIT\n".utf8)

    /// The upper half of the byte for family and transport.
    enum Family: UInt8 {
        case ipv4 = 1
        case ipv6, unix
    }
}
