/// Reads pcapng (draft-ietf-opsawg-pcapng): blocks, each with its length before and behind.
///
/// ```
/// type 4 | length 4 | body … | length 4
/// ```
///
/// Section headers, interfaces, packets and simple packets are read; every other block is skipped. Each section has a
/// byte order and interfaces of its own.
struct PcapngReader {
    /// The type of a section header, which reads the same in both byte orders.
    static let sectionHeaderType: [UInt8] = [0x0a, 0x0d, 0x0d, 0x0a]

    /// Whether the file ended within a block.
    private(set) var isCut = false

    private var rest: ArraySlice<UInt8>
    private var order = WireReader.ByteOrder.little
    private var interfaces: [PcapngInterface] = []

    init(_ file: ArraySlice<UInt8>) {
        rest = file
    }

    mutating func nextPacket() throws(CaptureError) -> CapturedPacket? {
        while let block = try nextBlock() {
            switch block.type {
            case PcapngBlockType.sectionHeader: interfaces = []
            case PcapngBlockType.interface: try addInterface(block)
            case PcapngBlockType.packet: return try packet(block)
            case PcapngBlockType.simplePacket: return try simplePacket(block)
            default: break
            }
        }
        return nil
    }

    private mutating func nextBlock() throws(CaptureError) -> Block? {
        guard !rest.isEmpty, !isCut else { return nil }
        if rest.starts(with: Self.sectionHeaderType) { try readByteOrder() }
        let start = rest.startIndex
        var reader = WireReader(rest, order: order)
        guard !isCut, let type = reader.takeUInt32(), let count = reader.takeCount() else { return cut() }
        guard count >= 12, count.isMultiple(of: 4) else {
            throw CaptureError(.malformed, at: start + 4, "a block has 12 bytes or more, and a multiple of 4")
        }
        guard let body = reader.take(count - 12), let trailer = reader.takeCount() else { return cut() }
        guard trailer == count else {
            throw CaptureError(.malformed, at: body.endIndex, "the block's two lengths differ")
        }
        rest = reader.rest
        return Block(type: type, body: body, order: order)
    }

    /// The number behind the length of a section header tells the byte order of all of its section.
    private mutating func readByteOrder() throws(CaptureError) {
        let magic = rest.dropFirst(8).prefix(4)
        guard magic.count == 4 else {
            isCut = true
            return
        }
        if magic.elementsEqual([0x4d, 0x3c, 0x2b, 0x1a]) {
            order = .little
        } else if magic.elementsEqual([0x1a, 0x2b, 0x3c, 0x4d]) {
            order = .big
        } else {
            throw CaptureError(.malformed, at: magic.startIndex, "the section's byte order can't be told")
        }
    }

    private mutating func addInterface(_ block: Block) throws(CaptureError) {
        guard interfaces.count < CaptureLimits.interfacesMax else {
            throw CaptureError(
                .tooMany,
                at: block.body.startIndex,
                "a section has at most \(CaptureLimits.interfacesMax) interfaces"
            )
        }
        guard let interface = PcapngInterface(block.reader) else { throw block.tooShort }
        interfaces.append(interface)
    }

    /// Interface, time in two halves, bytes captured, bytes on the wire, packet, options.
    private func packet(_ block: Block) throws(CaptureError) -> CapturedPacket {
        var reader = block.reader
        guard let id = reader.takeCount(), let high = reader.takeUInt32(), let low = reader.takeUInt32(),
            let count = reader.takeCount(), reader.takeUInt32() != nil, let bytes = reader.take(count)
        else { throw block.tooShort }
        let interface = try interface(id, of: block)
        let time = interface.time(UInt64(high) << 32 | UInt64(low))
        return CapturedPacket(linkType: interface.linkType, time: time, bytes: bytes)
    }

    /// Bytes on the wire, packet; from the first interface, at no time.
    private func simplePacket(_ block: Block) throws(CaptureError) -> CapturedPacket {
        var reader = block.reader
        guard let original = reader.takeCount() else { throw block.tooShort }
        let interface = try interface(0, of: block)
        let count = min(original, interface.snapshotBytesMax, reader.rest.count)
        return CapturedPacket(linkType: interface.linkType, time: nil, bytes: reader.rest.prefix(count))
    }

    private func interface(_ id: Int, of block: Block) throws(CaptureError) -> PcapngInterface {
        guard id < interfaces.count else {
            throw CaptureError(
                .malformed,
                at: block.body.startIndex,
                "the packet's interface isn't described before it"
            )
        }
        return interfaces[id]
    }

    private mutating func cut() -> Block? {
        isCut = true
        return nil
    }
}

private struct Block {
    let type: UInt32
    let body: ArraySlice<UInt8>
    let order: WireReader.ByteOrder

    var reader: WireReader { WireReader(body, order: order) }

    var tooShort: CaptureError {
        CaptureError(.malformed, at: body.startIndex, "the block is too short for what it should hold")
    }
}
