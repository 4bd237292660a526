internal import Sluice

/// Finds the record and the handshake message that a byte of one direction's ciphertext falls in.
///
///     ┌──────┬─────────┬────────┬────── … ─┐┌──────┬── … ─    handshake records in the clear carry one stream of
///     │ type │ version │ length │ body     ││ type │         messages, cut anywhere
///     │ 1    │ 2       │ 2      │          ││ 1    │
///     └──────┴─────────┴────────┴────── … ─┘└──────┴── … ─
struct RecordWalk {
    private let stream: [UInt8]
    private let direction: TLSDirection

    /// The messages that were in the clear so far, one behind the other.
    private var clear: [UInt8] = []
    private var isCipherChanged = false

    private init(_ stream: [UInt8], _ direction: TLSDirection) {
        self.stream = stream
        self.direction = direction
    }

    /// Where a byte is. No record: the stream ends before it, or isn't TLS. No message: it is encrypted, or none.
    static func place(
        of offset: Int,
        in stream: [UInt8],
        _ direction: TLSDirection
    ) -> (record: RecordPlace?, message: MessagePlace?) {
        var walk = RecordWalk(stream, direction)
        return walk.place(of: offset)
    }

    private mutating func place(of offset: Int) -> (record: RecordPlace?, message: MessagePlace?) {
        var start = 0
        var index = 0
        while let record = record(at: start) {
            let bodyStart = start + recordHeaderBytes
            let clearStart = clear.count
            let isClear = take(record, stream.dropFirst(bodyStart).prefix(record.byteCount))
            let end = bodyStart + record.byteCount
            if offset < end {
                let place = RecordPlace(index: index, record: record, offset: offset - start)
                return (place, isClear ? message(at: clearStart, offset - bodyStart) : nil)
            }
            (start, index) = (end, index + 1)
        }
        return (nil, nil)
    }

    private func record(at start: Int) -> TLSRecord? {
        let bytes = Array(stream.dropFirst(start).prefix(recordHeaderBytes))
        guard bytes.count == recordHeaderBytes, contentTypes.contains(bytes[0]), bytes[1] == 3 else { return nil }
        return TLSRecord(
            direction: direction,
            contentType: bytes[0],
            version: UInt16(bytes[1]) << 8 | UInt16(bytes[2]),
            byteCount: Int(bytes[3]) << 8 | Int(bytes[4])
        )
    }

    /// Passes a record. Returns whether it holds messages in the clear.
    private mutating func take(_ record: TLSRecord, _ body: ArraySlice<UInt8>) -> Bool {
        if record.contentType == changeCipherSpec { isCipherChanged = true }
        let isClear = record.contentType == handshake && (!isCipherChanged || isHello(body))
        if isClear { clear += body }
        return isClear
    }

    /// Whether a record holds one whole ClientHello or ServerHello. In TLS 1.2 what follows a ChangeCipherSpec is encrypted
    /// under the same content type; in TLS 1.3 it is encrypted under another, and only a second hello is in the clear.
    private func isHello(_ body: ArraySlice<UInt8>) -> Bool {
        guard let message = message(body) else { return false }
        return message.byteCount == body.count && helloTypes.contains(message.type)
    }

    /// The message that a byte of a record falls in, whose part begins at `recordStart` among the bytes in the clear. The
    /// record's header, at a negative offset, belongs to the message that goes on or begins behind it.
    private func message(at recordStart: Int, _ offset: Int) -> MessagePlace? {
        let target = recordStart + max(0, offset)
        var start = 0
        while let message = message(clear.dropFirst(start)) {
            if target < start + message.byteCount {
                return MessagePlace(message: message, offset: offset < 0 ? nil : target - start)
            }
            start += message.byteCount
        }
        return nil
    }

    private func message(_ bytes: ArraySlice<UInt8>) -> HandshakeMessage? {
        let header = Array(bytes.prefix(messageHeaderBytes))
        guard header.count == messageHeaderBytes else { return nil }
        let length = Int(header[1]) << 16 | Int(header[2]) << 8 | Int(header[3])
        return HandshakeMessage(direction: direction, type: header[0], byteCount: messageHeaderBytes + length)
    }
}

/// Content type, version and length, RFC 8446 §5.1.
private let recordHeaderBytes = 5

/// Type and length, RFC 8446 §4.
private let messageHeaderBytes = 4

private let changeCipherSpec: UInt8 = 20
private let handshake: UInt8 = 22

/// change_cipher_spec, alert, handshake, application_data and heartbeat.
private let contentTypes: ClosedRange<UInt8> = 20...24

/// client_hello and server_hello.
private let helloTypes: ClosedRange<UInt8> = 1...2
