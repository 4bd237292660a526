import Sluice
import SluiceSimulation
import Testing

/// What isn't TLS, or only what TLS was long ago, as the very first bytes.
struct NotTLSTests {
    /// Bytes, and what an engine of one end says of them.
    struct Opening: CustomTestStringConvertible, Sendable {
        let testDescription: String
        let bytes: [UInt8]
        let blame: Blame

        init(_ name: String, _ bytes: [UInt8], _ blame: Blame) {
            testDescription = name
            self.bytes = bytes
            self.blame = blame
        }
    }

    @Test(arguments: Opening.toServer, TLSVersion.allCases)
    func `a server names what isn't TLS, and drains its alert`(opening: Opening, version: TLSVersion) throws {
        var server = try ContextPair.shared(version).engine(.server)
        try expect(opening, of: &server)
    }

    @Test(arguments: Opening.toClient, TLSVersion.allCases)
    func `a client names what isn't TLS, and drains its alert`(opening: Opening, version: TLSVersion) throws {
        var client = try ContextPair.shared(version).engine(.client)
        #expect(try #require(WireRecord.all(in: client.drain())).count == 1)
        try expect(opening, of: &client)
    }

    @Test(arguments: EnginePair.End.allCases, TLSVersion.allCases)
    func `noise ends in a typed error or waits for more`(end: EnginePair.End, version: TLSVersion) throws {
        for seed in UInt64(0)..<300 {
            var generator = SplitMix64(seed: seed)
            var noise = generator.bytes(200)
            // Half of it looks like a record, so that more than the first header is reached.
            if seed.isMultiple(of: 2) { noise.replaceSubrange(0..<5, with: [UInt8(20 + seed / 2 % 4), 3, 3, 0, 195]) }
            var engine = try ContextPair.shared(version).engine(end)
            _ = engine.drain()
            let outcome = engine.outcome(ofFeeding: noise)
            guard let failure = outcome.failure else {
                let needs = engine.needs
                #expect(needs != .nothing && needs != .read, "seed \(seed)")
                continue
            }
            #expect(failure.fault == .peer && failure.isDuringHandshake, "seed \(seed): \(failure)")
            #expect((failure.alert == nil) == outcome.drained.isEmpty, "seed \(seed): \(failure)")
            expectFailed(&engine, with: failure)
        }
    }

    private func expect(_ opening: Opening, of engine: inout TLSEngine) throws {
        let outcome = engine.outcome(ofFeeding: opening.bytes)
        let failure = try #require(outcome.failure)
        #expect(Blame(failure) == opening.blame, "\(failure)")
        #expect(failure.isDuringHandshake)
        let records = try #require(WireRecord.all(in: outcome.drained))
        #expect(records.map(\.type) == (failure.alert == nil ? [] : [21]))
        #expect(records.map(\.body) == (failure.alert.map { [[2, $0.description.rawValue]] } ?? []))
        expectFailed(&engine, with: failure)
    }
}

extension NotTLSTests.Opening {
    /// To both ends: no alert for what would not understand it, where libssl recognises it.
    private static let toBoth: [Self] = [
        Self("HTTP GET", Array("GET / HTTP/1.1\r\nHost: server.test\r\n\r\n".utf8), Blame(.notTLS, .peer)),
        Self("HTTP POST", Array("POST / HTTP/1.1\r\nHost: server.test\r\n\r\n".utf8), Blame(.notTLS, .peer)),
        Self("HTTP CONNECT", Array("CONNECT server.test:443 HTTP/1.1\r\n\r\n".utf8), Blame(.notTLS, .peer)),
        Self("HTTP answer", Array("HTTP/1.1 400 Bad Request\r\n\r\n".utf8), Blame(.notTLS, .peer)),
        Self("SMTP", Array("220 mail.server.test ESMTP ready\r\n".utf8), Blame(.notTLS, .peer)),
        Self("SSH", Array("SSH-2.0-OpenSSH_9.2\r\n".utf8), Blame(.notTLS, .peer)),
        Self("zeros", [UInt8](repeating: 0, count: 64), Blame(.notTLS, .peer)),
        Self("ones", [UInt8](repeating: 255, count: 64), Blame(.notTLS, .peer)),
        Self("length of 65535", [22, 3, 3, 255, 255], Blame(.notTLS, .peer, sent: .recordOverflow)),
        Self(
            "a record of 2^14 + 1 in the clear",
            WireRecord(22, [UInt8](repeating: 1, count: 16_385)).bytes,
            Blame(.protocolViolation, .peer, sent: .recordOverflow)
        ),
        Self("application data", WireRecord(23, [1, 2, 3]).bytes, .unexpected),
        Self("change_cipher_spec", WireRecord(20, [1]).bytes, .unexpected),
        Self("a heartbeat", WireRecord(24, [1, 64, 0]).bytes, .unexpected),
        Self("content type 99", WireRecord(99, [1]).bytes, .unexpected),
        Self("33 empty records", [[UInt8]](repeating: [22, 3, 3, 0, 0], count: 33).flatMap { $0 }, .unexpected),
    ]

    static let toServer: [Self] =
        toBoth + [
            Self("SSLv2 hello", sslv2Hello(0x0002), Blame(.notTLS, .peer, sent: .protocolVersion)),
            // libssl 3.0 says handshake_failure to SSLv3, and protocol_version to what came after it.
            Self("SSLv3 hello", hello(0x0300, record: 0x0300), .nothingInCommon),
            Self("SSLv3 hello in a record of 3.1", hello(0x0300), .nothingInCommon),
            Self("TLS 1.0 hello", hello(0x0301), .wrongVersion),
            Self("TLS 1.1 hello", hello(0x0302), .wrongVersion),
            Self("ServerHello", serverHello(0x0303), .unexpected),
            Self("fatal alert", WireRecord.alert(40).bytes, .unexpected),
            Self("ClientHello of 16 MB", WireRecord(22, [1, 255, 255, 255, 3, 3]).bytes, .illegal),
        ]

    static let toClient: [Self] =
        toBoth + [
            Self("SSLv2 hello", sslv2Hello(0x0002), Blame(.notTLS, .peer)),
            Self("SSLv3 ServerHello", serverHello(0x0300, record: 0x0300), .wrongVersion),
            Self("TLS 1.0 ServerHello", serverHello(0x0301), .wrongVersion),
            Self("TLS 1.1 ServerHello", serverHello(0x0302, record: 0x0302), .wrongVersion),
            Self("ServerHello of no version", serverHello(0x030A), .wrongVersion),
            Self("ClientHello", hello(0x0303), .unexpected),
            Self("ServerHello of 16 MB", WireRecord(22, [2, 255, 255, 255, 3, 3]).bytes, .illegal),
        ]

    /// An SSLv2 CLIENT-HELLO of three ciphers and a 16-byte challenge, RFC 5246 appendix E.2.
    private static func sslv2Hello(_ version: Int) -> [UInt8] {
        let ciphers: [UInt8] = [0x00, 0xC0, 0x2B, 0x01, 0x00, 0x80, 0x07, 0x00, 0xC0]
        let lengths = bigEndian(ciphers.count, 2) + bigEndian(0, 2) + bigEndian(16, 2)
        let body = [1] + bigEndian(version, 2) + lengths + ciphers + [UInt8](repeating: 7, count: 16)
        return [0x80, UInt8(body.count)] + body
    }

    private static func hello(_ version: Int, record: UInt16 = 0x0301) -> [UInt8] {
        let random = [UInt8](repeating: 7, count: 32)
        let suites: [UInt8] = [0, 4, 0xC0, 0x2B, 0xC0, 0x0A]
        return WireRecord.handshake(1, version: record, bigEndian(version, 2) + random + [0] + suites + [1, 0]).bytes
    }

    private static func serverHello(_ version: Int, record: UInt16 = 0x0303) -> [UInt8] {
        let random = [UInt8](repeating: 7, count: 32)
        return WireRecord.handshake(2, version: record, bigEndian(version, 2) + random + [0, 0xC0, 0x2B, 0]).bytes
    }
}

extension Blame {
    static let unexpected = Blame(.protocolViolation, .peer, sent: .unexpectedMessage)
    static let illegal = Blame(.protocolViolation, .peer, sent: .illegalParameter)
    static let overflow = Blame(.protocolViolation, .peer, sent: .recordOverflow)
    static let wrongVersion = Blame(.negotiationFailed, .peer, sent: .protocolVersion)
    static let nothingInCommon = Blame(.negotiationFailed, .peer, sent: .handshakeFailure)
    static let badMAC = Blame(.protocolViolation, .peer, sent: .badRecordMAC)
}
