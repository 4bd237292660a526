internal import Sluice

/// Writes the two byte streams of a connection that had no network as pcapng, in a TCP connection made up around them:
/// handshake, segments, acknowledgements, end. Wireshark opens it, and with the key log decrypts it.
///
/// ```
/// var writer = TCPConversationWriter(keyLog: lines, at: time)
/// writer.send(clientHello, from: .client, at: time, comment: "drain(atMost: 17408)")
/// writer.end(.client, at: time, comment: "close")
/// let file = writer.pcapng
/// ```
///
/// Each `send` begins a segment of its own. A journal's clock may stand still; so that the packets keep their order
/// when sorted by time, each is at least a microsecond later than the one before.
package struct TCPConversationWriter {
    private var file = PcapngWriter()
    private var client = Side(.exampleClient, initialNumber: 0x1000_0000)
    private var server = Side(.exampleServer, initialNumber: 0x2000_0000)
    private var lastTime: CaptureTime
    private var isReset = false
    private let segmentBytesMax: Int

    /// The two ends of a connection.
    package enum End: CaseIterable, Sendable {
        case client, server

        fileprivate var other: End { self == .client ? .server : .client }
    }

    /// A connection from 192.0.2.1:49152 to 192.0.2.2:443: of the network that is for documentation (RFC 5737), with
    /// the port on which every reader expects TLS.
    ///
    /// - Parameters:
    ///   - keyLog: Lines as `SSLKEYLOGFILE` has them. They go before the packets.
    ///   - time: When the connection is made.
    ///   - segmentBytesMax: The most payload of a packet. By default, and at most, what an IPv4 packet has room for, so
    ///     that one call of an engine is one packet.
    package init(keyLog: [String], at time: CaptureTime, segmentBytesMax: Int = 65_495) {
        self.segmentBytesMax = min(max(1, segmentBytesMax), TCPFrame.payloadBytesMax)
        lastTime = time.advanced(by: .zero - packetGap)
        if !keyLog.isEmpty { file.appendSecrets(keyLog: keyLog) }
        open(at: time)
    }

    /// The file so far. It is whole after each call.
    package var pcapng: [UInt8] { file.bytes }

    /// Writes what an end sent, in as many segments as it takes. What it sends behind its end is passed over.
    ///
    /// - Parameters:
    ///   - bytes: Any number of them; for none nothing is written.
    ///   - end: Who sent them.
    ///   - time: When.
    ///   - comment: What Wireshark shows beside the packet; for several, with the number of each.
    package mutating func send(_ bytes: [UInt8], from end: End, at time: CaptureTime, comment: String?) {
        guard !self[end].hasEnded else { return }
        let count = (bytes.count + segmentBytesMax - 1) / segmentBytesMax
        for index in 0..<count {
            let payload = bytes.dropFirst(index * segmentBytesMax).prefix(segmentBytesMax)
            let numbered = count == 1 ? comment : comment.map { "\($0) (\(index + 1) of \(count))" }
            let flags: TCPFrame.Flags = index == count - 1 ? [.push, .acknowledge] : .acknowledge
            write(flags, payload, from: end, at: time, numbered)
            if self[end].unacknowledgedSegments == segmentsPerAcknowledgement { acknowledge(from: end.other, at: time) }
        }
    }

    /// Writes that an end will send no more (FIN), and that the other heard it.
    package mutating func end(_ end: End, at time: CaptureTime, comment: String?) {
        guard !self[end].hasEnded else { return }
        write([.finish, .acknowledge], from: end, at: time, comment)
        self[end].hasEnded = true
        acknowledge(from: end.other, at: time)
    }

    /// Writes that an end broke the connection (RST). Nothing follows.
    package mutating func reset(from end: End, at time: CaptureTime, comment: String?) {
        guard !isReset else { return }
        write([.reset, .acknowledge], from: end, at: time, comment)
        isReset = true
        client.hasEnded = true
        server.hasEnded = true
    }
}

// Segments.
extension TCPConversationWriter {
    /// The three segments of RFC 9293 §3.5, figure 6.
    private mutating func open(at time: CaptureTime) {
        let options = [2, 4] + bigEndian(UInt16(segmentBytesMax)) + [1, 3, 3, windowShift]
        write(.synchronize, options: options, from: .client, at: time, nil)
        write([.synchronize, .acknowledge], options: options, from: .server, at: time, nil)
        acknowledge(from: .client, at: time)
    }

    private mutating func acknowledge(from end: End, at time: CaptureTime) {
        write(.acknowledge, from: end, at: time, nil)
    }

    private mutating func write(
        _ flags: TCPFrame.Flags,
        _ payload: ArraySlice<UInt8> = [],
        options: [UInt8] = [],
        from end: End,
        at time: CaptureTime,
        _ comment: String?
    ) {
        let sender = self[end]
        let receiver = self[end.other]
        let frame = TCPFrame(
            source: sender.endpoint,
            destination: receiver.endpoint,
            identification: sender.identification,
            sequenceNumber: sender.nextNumber,
            acknowledgementNumber: flags.contains(.acknowledge) ? receiver.nextNumber : 0,
            flags: flags,
            options: options,
            payload: payload
        )
        lastTime = max(time, lastTime.advanced(by: packetGap))
        file.appendPacket(frame.bytes, at: lastTime, comment: comment)
        self[end].advance(by: payload.count, flags)
        self[end.other].unacknowledgedSegments = 0
    }

    private subscript(end: End) -> Side {
        get { end == .client ? client : server }
        set {
            switch end {
            case .client: client = newValue
            case .server: server = newValue
            }
        }
    }
}

/// What TCP knows at one end.
private struct Side {
    let endpoint: TCPEndpoint
    /// Of the next byte that it sends.
    var nextNumber: UInt32
    var identification: UInt16 = 0
    /// Segments with data that the other end hasn't acknowledged.
    var unacknowledgedSegments = 0
    var hasEnded = false

    init(_ endpoint: TCPEndpoint, initialNumber: UInt32) {
        self.endpoint = endpoint
        nextNumber = initialNumber
    }

    /// A SYN and a FIN take a number as a byte does.
    mutating func advance(by count: Int, _ flags: TCPFrame.Flags) {
        identification &+= 1
        nextNumber &+= UInt32(truncatingIfNeeded: count)
        if flags.contains(.synchronize) || flags.contains(.finish) { nextNumber &+= 1 }
        if count > 0 { unacknowledgedSegments += 1 }
    }
}

extension TCPEndpoint {
    fileprivate static let exampleClient = TCPEndpoint(address: IPAddress(192, 0, 2, 1), port: 49_152)
    fileprivate static let exampleServer = TCPEndpoint(address: IPAddress(192, 0, 2, 2), port: 443)
}

/// The least time between two packets.
private let packetGap = Duration.microseconds(1)

/// How many bits the window is shifted (RFC 7323 §2): one of 8 MiB, in which sixteen of the largest segments have room.
private let windowShift: UInt8 = 7

/// An end that only receives acknowledges this often, well before the window is full.
private let segmentsPerAcknowledgement = 16
