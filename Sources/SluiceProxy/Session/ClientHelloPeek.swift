public import Sluice
internal import SluiceOpenSSL

/// Collects the first bytes of a connection until its ClientHello is whole, and keeps them as they came.
///
/// Nothing of TLS is set up for it: a connection that never says anything costs an empty array. Whoever forwards the
/// connection sends ``bytes`` on; whoever terminates it feeds them to an engine.
///
/// ```
/// record   ┌─22─┬─3.x─┬─length─┬──────────── content, 1...16384 bytes ───────────┐
///          │ 1  │  2  │   2    │ ┌─1─┬─length─┬─ ClientHello ──────────────────  │ … goes on in the next record
///          └────┴─────┴────────┴─┴───┴───3────┴──────────────────────────────────┘
/// ```
public struct ClientHelloPeek: Sendable {
    /// What has come to light.
    public enum Finding: Hashable, Sendable {
        /// More bytes are needed.
        case incomplete
        /// This is it.
        case clientHello(ClientHello)
        /// It can't become a ClientHello. The alert is what a server answers.
        case refused(TLSAlert)
    }

    /// Everything taken, as it came: the ClientHello's records, and nothing behind the last of them.
    public private(set) var bytes: [UInt8] = []

    /// What has come to light so far.
    public private(set) var finding = Finding.incomplete

    /// The most bytes that it takes, headers included.
    public let bytesMax: Int

    private var message: [UInt8] = []

    /// Where in `bytes` the record at hand begins.
    private var recordStart = 0

    /// An empty one.
    ///
    /// - Parameter bytesMax: The most bytes that it takes. Chromium's are some 1,800, those with post-quantum key shares.
    public init(bytesMax: Int = SessionLimits.clientHelloBytesDefault) {
        self.bytesMax = bytesMax
    }

    /// Takes bytes of the client's, cut anywhere.
    ///
    /// - Returns: How many it took: none that lie behind the record that ends the ClientHello.
    public mutating func feed(_ more: RawSpan) -> Int {
        var taken = 0
        while finding == .incomplete, taken < more.byteCount {
            let wanted = min(wantedByteCount, more.byteCount - taken)
            bytes += [UInt8](copying: more.extracting(droppingFirst: taken).extracting(first: wanted))
            taken += wanted
            look()
        }
        return taken
    }

    /// Bytes until the header, or else the record, is whole: at least 1.
    private var wantedByteCount: Int {
        let here = bytes.count - recordStart
        guard here >= recordHeaderBytes else { return recordHeaderBytes - here }
        return recordHeaderBytes + contentByteCount - here
    }

    private var contentByteCount: Int {
        Int(bytes[recordStart + 3]) << 8 | Int(bytes[recordStart + 4])
    }

    private mutating func look() {
        let here = bytes.count - recordStart
        if here >= 1, bytes[recordStart] != handshakeRecordType { return refuse(.unexpectedMessage) }
        if here >= 2, bytes[recordStart + 1] != 3 { return refuse(.protocolVersion) }
        guard here >= recordHeaderBytes else { return }
        guard (1...TLSLimits.recordPlaintextBytesMax).contains(contentByteCount) else { return refuse(.decodeError) }
        guard recordStart + recordHeaderBytes + contentByteCount <= bytesMax else { return refuse(.handshakeFailure) }
        guard here == recordHeaderBytes + contentByteCount else { return }
        message += bytes[(recordStart + recordHeaderBytes)...]
        recordStart = bytes.count
        lookAtMessage()
    }

    private mutating func lookAtMessage() {
        if message[0] != clientHelloType { return refuse(.unexpectedMessage) }
        guard message.count >= messageHeaderBytes else { return }
        let count = messageHeaderBytes + (Int(message[1]) << 16 | Int(message[2]) << 8 | Int(message[3]))
        guard count <= bytesMax else { return refuse(.handshakeFailure) }
        guard message.count >= count else {
            // There is no room for another record, and it takes one.
            if bytes.count + recordHeaderBytes >= bytesMax { refuse(.handshakeFailure) }
            return
        }
        guard message.count == count, let hello = ClientHello(message: message) else { return refuse(.decodeError) }
        finding = .clientHello(hello)
        message = []
    }

    private mutating func refuse(_ alert: TLSAlert) {
        finding = .refused(alert)
        message = []
    }
}

extension TLSAlert {
    /// The alert in a record of its own, in the clear and fatal, RFC 8446 §6: what a server says before it has an engine.
    public var plaintextRecord: [UInt8] { [21, 3, 3, 0, 2, 2, rawValue] }
}

/// Type 1, version 2, length 2; RFC 8446 §5.1.
private let recordHeaderBytes = 5

/// Type 1, length 3; RFC 8446 §4.
private let messageHeaderBytes = 4

private let handshakeRecordType: UInt8 = 22

private let clientHelloType: UInt8 = 1
