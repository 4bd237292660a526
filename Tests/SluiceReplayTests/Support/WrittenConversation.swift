import Fixtures
import Sluice
import SluiceReplay

/// A TLS connection in memory, written as a packet capture with the client's key log.
struct WrittenConversation {
    let pcapng: [UInt8]
    let keyLog: [String]
    /// The server's answer in the clear.
    let answer: [UInt8]
    /// The bytes that each end sent, a chunk for each drain.
    let chunks: [(sender: TCPConversationWriter.End, bytes: [UInt8])]

    static let start = CaptureTime(UnixTime(secondsSince1970: Fixtures.now))
    static let request = Array("GET /a/page HTTP/1.0\r\n\r\n".utf8)

    /// A handshake, an HTTP request, an answer with so many bytes of body, and the close.
    init(_ version: TLSVersion, bodyBytes: Int, segmentBytesMax: Int = 65_495) throws {
        var configuration = TLSClientConfiguration.client(to: "server.test")
        configuration.verification = .roots(try .pem(Fixtures.root))
        configuration.parameters.time = UnixTime(secondsSince1970: Fixtures.now)
        configuration.parameters.versions = version...version
        configuration.parameters.observations = .keyLog
        let identity = try TLSIdentity(pemChain: Fixtures.serverECDSA.chain, pemKey: Fixtures.serverECDSA.key)
        var client = try TLSEngine(configuration)
        var server = try TLSEngine(.server(identity))
        var wire = Wire()
        try wire.carry(&client, &server)
        try client.write(Self.request)
        try wire.carry(&client, &server)
        let answer =
            Array("HTTP/1.0 200 OK\r\nContent-Length: \(bodyBytes)\r\n\r\n".utf8)
            + [UInt8](repeating: UInt8(ascii: "x"), count: bodyBytes)
        var written = 0
        while written < answer.count {
            written += try server.write(Array(answer.dropFirst(written)))
            try wire.carry(&client, &server)
        }
        try server.close()
        try client.close()
        try wire.carry(&client, &server)
        self.answer = answer
        keyLog = wire.keyLog
        chunks = wire.chunks
        pcapng = Self.written(wire, segmentBytesMax)
    }

    private static func written(_ wire: Wire, _ segmentBytesMax: Int) -> [UInt8] {
        var writer = TCPConversationWriter(keyLog: wire.keyLog, at: start, segmentBytesMax: segmentBytesMax)
        for (index, chunk) in wire.chunks.enumerated() {
            writer.send(chunk.bytes, from: chunk.sender, at: start, comment: "chunk \(index), \"ü\"")
        }
        writer.end(.server, at: start, comment: "the end")
        writer.end(.client, at: start, comment: nil)
        return writer.pcapng
    }

    /// Carries bytes and keeps them.
    private struct Wire {
        var keyLog: [String] = []
        var chunks: [(sender: TCPConversationWriter.End, bytes: [UInt8])] = []

        mutating func carry(_ client: inout TLSEngine, _ server: inout TLSEngine) throws {
            for _ in 0..<1000 {
                let up = client.drain()
                let down = server.drain()
                if up.isEmpty, down.isEmpty { return }
                if !up.isEmpty {
                    chunks.append((.client, up))
                    try server.feed(up)
                }
                if !down.isEmpty {
                    chunks.append((.server, down))
                    try client.feed(down)
                }
                while !(try client.read().isEmpty) {}
                while !(try server.read().isEmpty) {}
                while let event = client.nextEvent() {
                    if case .keyLogLine(let line) = event { keyLog.append(line) }
                }
            }
        }
    }
}
