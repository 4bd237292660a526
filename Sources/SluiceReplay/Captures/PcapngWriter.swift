/// Writes pcapng (draft-ietf-opsawg-pcapng), little-endian: one section with one interface of plain IP packets, times in
/// nanoseconds.
package struct PcapngWriter {
    /// The file so far. It is whole after each call.
    package private(set) var bytes: [UInt8] = []

    /// The longest comment; a longer one is cut. An option has room for 65,535 bytes, a reader of the file for a line.
    package static let commentBytesMax = 4096

    /// The longest line of a key log. The longest that libssl writes has some 230 bytes; a longer one is none.
    package static let keyLogLineBytesMax = 1024

    /// How many lines of a key log go into one block, so that the block's length has room in its 32 bits.
    private static let keyLogLinesPerBlock = 4096

    /// A file with no packets.
    package init() {
        append(PcapngBlockType.sectionHeader) { block in
            block.append(UInt32(0x1a2b_3c4d))
            block.append(UInt16(1))  // version 1.0
            block.append(UInt16(0))
            block.append(UInt64.max)  // the section's length isn't told
            block.append(PcapngOptionCode.application, Array("Sluice".utf8))
            block.append(PcapngOptionCode.end, [])
        }
        append(PcapngBlockType.interface) { block in
            block.append(LinkType.raw.rawValue)
            block.append(UInt16(0))
            block.append(UInt32(0))  // packets of any length
            block.append(PcapngOptionCode.interfaceName, Array("engine".utf8))
            block.append(PcapngOptionCode.timeResolution, [9])
            block.append(PcapngOptionCode.end, [])
        }
    }

    /// Appends what decrypts the connections of packets that follow: a Decryption Secrets Block.
    ///
    /// - Parameter keyLog: Lines as `SSLKEYLOGFILE` has them.
    package mutating func appendSecrets(keyLog: [String]) {
        var lines = keyLog.filter { $0.utf8.count <= Self.keyLogLineBytesMax }[...]
        while !lines.isEmpty {
            let text = lines.prefix(Self.keyLogLinesPerBlock).flatMap { Array($0.utf8) + [UInt8(ascii: "\n")] }
            lines = lines.dropFirst(Self.keyLogLinesPerBlock)
            append(PcapngBlockType.secrets) { block in
                block.append(tlsKeyLog)
                block.append(UInt32(text.count))
                block.appendPadded(text)
            }
        }
    }

    /// Appends an IP packet.
    ///
    /// - Parameters:
    ///   - packet: From the IP header on, at most 65,535 bytes.
    ///   - time: When it was seen. One before 1970 is told as 1970's beginning.
    ///   - comment: What Wireshark shows beside it.
    package mutating func appendPacket(_ packet: [UInt8], at time: CaptureTime, comment: String?) {
        precondition(packet.count <= 65_535, "an IP packet has at most 65,535 bytes: cut it up before")
        let units = UInt64(clamping: time.nanosecondsSince1970)
        append(PcapngBlockType.packet) { block in
            block.append(UInt32(0))  // the only interface
            block.append(UInt32(truncatingIfNeeded: units >> 32))
            block.append(UInt32(truncatingIfNeeded: units))
            block.append(UInt32(packet.count))
            block.append(UInt32(packet.count))
            block.appendPadded(packet)
            guard let comment else { return }
            block.append(PcapngOptionCode.comment, Array(comment.utf8Prefix(Self.commentBytesMax).utf8))
            block.append(PcapngOptionCode.end, [])
        }
    }

    /// A block: type, length, body, length again.
    private mutating func append(_ type: UInt32, _ body: (inout [UInt8]) -> Void) {
        var content: [UInt8] = []
        body(&content)
        assert(content.count.isMultiple(of: 4))
        bytes.append(type)
        bytes.append(UInt32(content.count + 12))
        bytes += content
        bytes.append(UInt32(content.count + 12))
    }
}

/// "TLSK", the type of a TLS key log among secrets.
private let tlsKeyLog: UInt32 = 0x544c_534b

extension [UInt8] {
    /// Little-endian.
    fileprivate mutating func append(_ number: some FixedWidthInteger & UnsignedInteger) {
        for shift in stride(from: 0, to: number.bitWidth, by: 8) {
            append(UInt8(truncatingIfNeeded: number >> shift))
        }
    }

    /// With zeros behind, to a multiple of four bytes.
    fileprivate mutating func appendPadded(_ bytes: [UInt8]) {
        self += bytes
        self += repeatElement(0, count: -bytes.count & 3)
    }

    /// An option: code, length, value.
    fileprivate mutating func append(_ code: UInt16, _ value: [UInt8]) {
        append(code)
        append(UInt16(value.count))
        appendPadded(value)
    }
}

extension String {
    /// As much as has room in so many bytes, without half a character.
    fileprivate func utf8Prefix(_ count: Int) -> Substring {
        guard var end = utf8.index(startIndex, offsetBy: count, limitedBy: endIndex) else { return self[...] }
        while end.samePosition(in: unicodeScalars) == nil { utf8.formIndex(before: &end) }
        return self[..<end]
    }
}
