internal import Sluice

/// Reads the handshake messages that cross in the clear: all until ChangeCipherSpec in TLS 1.2, the hellos in TLS 1.3.
///
/// Records must come in the order in which they crossed, both ways mixed: what the server chose tells what is clear.
struct ClearHandshake {
    private var isTLS13 = false
    private var sent = Side()
    private var received = Side()

    private struct Side {
        var isEncrypted = false
        /// A message that isn't whole yet.
        var rest: [UInt8] = []
    }

    /// What a record holds; nil if it is encrypted.
    mutating func contents(of record: WireRecord, _ bytes: ArraySlice<UInt8>) -> [RecordContent]? {
        switch record.contentType {
        case 20:
            // TLS 1.3 has it for old middleboxes alone, and a second hello may follow.
            if !isTLS13 { self[record.direction].isEncrypted = true }
            return [.changeCipherSpec]
        case 21 where record.byteCount == 2 && record.isWhole:
            return bytes.last.map { [.alert(TLSAlert(rawValue: $0))] }
        case 22 where !self[record.direction].isEncrypted:
            var side = self[record.direction]
            // Nothing else holds the bytes meanwhile, so that appending to them doesn't copy them.
            self[record.direction] = Side()
            side.rest += bytes
            let contents = takeMessages(of: &side, record.direction)
            self[record.direction] = side
            return contents
        default:
            return nil
        }
    }

    private mutating func takeMessages(of side: inout Side, _ direction: TLSDirection) -> [RecordContent] {
        var contents: [RecordContent] = []
        var reader = ByteReader(side.rest)
        var taken = 0
        while let type = reader.takeUInt8(), let body = reader.takeVector24() {
            let end = taken + 4 + body.count
            contents.append(content(type, Array(side.rest[taken..<end]), direction))
            taken = end
        }
        side.rest.removeFirst(taken)
        if !side.rest.isEmpty { contents.append(.messagePart) }
        if side.rest.count > Self.messageBytesMax { side = Side(isEncrypted: true) }
        return contents
    }

    private mutating func content(_ type: UInt8, _ message: [UInt8], _ direction: TLSDirection) -> RecordContent {
        if let hello = ClientHello(message: message) { return .clientHello(hello) }
        if let hello = ServerHello(message: message) {
            isTLS13 = hello.isTLS13
            return .serverHello(hello)
        }
        return .message(HandshakeMessage(direction: direction, type: type, byteCount: message.count))
    }

    private subscript(direction: TLSDirection) -> Side {
        get { direction == .sent ? sent : received }
        set {
            switch direction {
            case .sent: sent = newValue
            case .received: received = newValue
            }
        }
    }

    /// No message in the clear is longer: libssl takes ClientHellos of 131,396 bytes and certificates of 102,400. What
    /// begins as a longer one isn't kept.
    private static let messageBytesMax = 256 * 1024
}
