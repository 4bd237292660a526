internal import Sluice

/// Finds the ClientHellos at the beginning of a byte stream: the first, and the one that answers a HelloRetryRequest.
struct ClientHelloScan {
    /// Those that are whole.
    private(set) var found: [Found] = []

    /// Whether a ClientHello begins that isn't whole or can't be read.
    private(set) var isIncomplete = false

    private var reader: WireReader

    /// A ClientHello with the records that carry it.
    struct Found {
        let records: [UInt8]
        let message: ClientHello
    }

    init(_ stream: [UInt8]) {
        reader = WireReader(stream[...])
        while found.count < 2, beginsClientHello {
            guard let next = takeClientHello() else {
                isIncomplete = true
                return
            }
            found.append(next)
            skipChangeCipherSpec()
        }
    }

    /// Whether a handshake record comes next that holds the beginning of a ClientHello.
    private var beginsClientHello: Bool {
        var next = reader
        guard let fragment = Self.takeFragment(of: RecordType.handshake, from: &next, isWhole: false) else {
            return false
        }
        return fragment.first == clientHelloType
    }

    private mutating func takeClientHello() -> Found? {
        let start = reader.rest
        var bytes: [UInt8] = []
        while true {
            guard let fragment = Self.takeFragment(of: RecordType.handshake, from: &reader) else { return nil }
            bytes += fragment
            var message = WireReader(bytes[...])
            guard let header = message.takeUInt32() else { continue }
            let count = 4 + Int(header & 0xff_ffff)
            guard count <= CaptureLimits.clientHelloBytesMax else { return nil }
            guard bytes.count >= count else { continue }
            let records = start.prefix(start.count - reader.rest.count)
            return ClientHello(message: Array(bytes.prefix(count))).map { Found(records: Array(records), message: $0) }
        }
    }

    /// A client may send one of these before its second ClientHello, for the sake of old middleboxes (RFC 8446 §D.4).
    private mutating func skipChangeCipherSpec() {
        var next = reader
        guard Self.takeFragment(of: RecordType.changeCipherSpec, from: &next) != nil else { return }
        reader = next
    }

    /// The content of the next record if it has this type: type 1, version 2, length 2, content (RFC 8446 §5.1).
    /// Or as much of it as there is.
    private static func takeFragment(
        of type: UInt8,
        from reader: inout WireReader,
        isWhole: Bool = true
    ) -> ArraySlice<UInt8>? {
        guard reader.takeUInt8() == type, reader.takeUInt8() == 3, reader.takeUInt8() != nil,
            let length = reader.takeUInt16(), (1...TLSLimits.recordPlaintextBytesMax).contains(Int(length))
        else { return nil }
        return reader.take(isWhole ? Int(length) : min(Int(length), reader.rest.count))
    }
}

private let clientHelloType: UInt8 = 1

/// RFC 8446 §5.1.
private enum RecordType {
    static let changeCipherSpec: UInt8 = 20
    static let handshake: UInt8 = 22
}
