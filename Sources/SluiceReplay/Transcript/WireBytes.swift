internal import Sluice

/// All bytes that went one way, with the entries of the journal that carried them.
struct WireBytes {
    private let direction: TLSDirection
    private var bytes: [UInt8] = []
    /// Where each entry's bytes end.
    private var ends: [(offset: Int, entry: Int)] = []

    init(_ direction: TLSDirection) {
        self.direction = direction
    }

    /// Adds what an entry carried.
    mutating func append(_ more: [UInt8], entry: Int) {
        guard !more.isEmpty else { return }
        bytes += more
        ends.append((bytes.count, entry))
    }

    /// A record with the bytes behind its header, as far as they are there.
    typealias Cut = (record: WireRecord, content: ArraySlice<UInt8>)

    /// The records, in order. What can't be a record is the end: nobody knows where the next one begins.
    func records() -> [Cut] {
        var records: [Cut] = []
        var rest = ByteReader(bytes)
        var offset = 0
        var place = 0
        while let type = rest.takeUInt8(), let version = rest.takeUInt16(), let length = rest.takeUInt16(),
            (20...24).contains(type), version >> 8 == 3, length <= Self.recordBytesMax
        {
            let start = offset + WireRecord.headerByteCount
            let end = min(start + Int(length), bytes.count)
            let first = entry(at: offset, from: &place)
            let record = WireRecord(
                direction: direction,
                contentType: type,
                version: version,
                byteCount: Int(length),
                entries: first...entry(at: end - 1, from: &place),
                isWhole: end - start == length
            )
            records.append((record, bytes[start..<end]))
            guard record.isWhole, rest.take(Int(length)) != nil else { break }
            offset = end
        }
        return records
    }

    /// The entry that carried a byte. `place` remembers how far the entries are used up, as offsets only grow.
    private func entry(at offset: Int, from place: inout Int) -> Int {
        while place < ends.count - 1, ends[place].offset <= offset { place += 1 }
        return ends[place].entry
    }

    /// 2¹⁴ bytes and what TLS 1.2 allows a cipher to add, RFC 5246 §6.2.3.
    private static let recordBytesMax: UInt16 = 16_384 + 2048
}
