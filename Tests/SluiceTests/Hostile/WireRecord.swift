/// A record as it stands on the wire: type (1), version (2), length (2), body (RFC 8446 §5.1).
struct WireRecord: Hashable {
    var type: UInt8
    var version: UInt16
    var body: [UInt8]

    static let headerBytes = 5

    init(_ type: UInt8, version: UInt16 = 0x0303, _ body: [UInt8]) {
        self.type = type
        self.version = version
        self.body = body
    }

    /// A fatal alert in the clear.
    static func alert(_ description: UInt8, level: UInt8 = 2) -> WireRecord {
        WireRecord(21, [level, description])
    }

    /// A handshake message in a record of its own.
    static func handshake(_ type: UInt8, version: UInt16 = 0x0303, _ body: [UInt8]) -> WireRecord {
        WireRecord(22, version: version, [type] + bigEndian(body.count, 3) + body)
    }

    var bytes: [UInt8] {
        [type] + bigEndian(Int(version), 2) + bigEndian(body.count, 2) + body
    }

    /// Cuts a stream into records, or nil if it doesn't end with a whole one.
    static func all(in stream: [UInt8]) -> [WireRecord]? {
        var records: [WireRecord] = []
        var rest = stream[...]
        while !rest.isEmpty {
            let header = Array(rest.prefix(headerBytes))
            guard header.count == headerBytes else { return nil }
            let length = Int(header[3]) << 8 | Int(header[4])
            rest = rest.dropFirst(headerBytes)
            guard rest.count >= length else { return nil }
            let version = UInt16(header[1]) << 8 | UInt16(header[2])
            records.append(WireRecord(header[0], version: version, Array(rest.prefix(length))))
            rest = rest.dropFirst(length)
        }
        return records
    }

    /// Whether it may hold an alert: in the clear, or as long as an encrypted one (TLS 1.2: 8 + 2 + 16 bytes with
    /// AES-GCM, 2 + 16 with ChaCha20; TLS 1.3: 2 + 1 + 16, disguised as application data).
    var isAlertLike: Bool {
        switch type {
        case 21: [2, 18, 26].contains(body.count)
        case 23: body.count == 19
        default: false
        }
    }
}

/// A number in so many bytes.
func bigEndian(_ value: Int, _ count: Int) -> [UInt8] {
    (0..<count).reversed().map { UInt8(truncatingIfNeeded: value >> ($0 * 8)) }
}

/// Whether the last bytes are an alert record: in the clear, sealed by TLS 1.2 with AES-GCM or by TLS 1.3.
///
/// For streams that can't be cut into records from the front, because something altered them.
func endsWithAlert(_ stream: [UInt8]) -> Bool {
    [7, 31, 24].contains { count in
        guard let records = WireRecord.all(in: Array(stream.suffix(count))) else { return false }
        return records.count == 1 && records.allSatisfy(\.isAlertLike)
    }
}
