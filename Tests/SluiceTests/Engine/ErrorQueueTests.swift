import COpenSSL
import Fixtures
import Sluice
import SluiceOpenSSL
import Testing

/// OpenSSL's error queue belongs to the thread: what others leave in it must be nothing to an engine.
struct ErrorQueueTests {
    /// How an engine is given bytes.
    enum Feeding: CaseIterable {
        case feedThenRead, atOnce
    }

    @Test(arguments: TLSVersion.allCases, Feeding.allCases)
    func `half a record is no failure`(version: TLSVersion, feeding: Feeding) throws {
        var peer = try ForgedPeer(against: .server, version)
        for cut in 1..<20 {
            let record = peer.seal(23, [1, 2, 3])
            leaveErrors()
            #expect(try take(Array(record[..<cut]), feeding, &peer.engine) == [])
            leaveErrors()
            #expect(try take(Array(record[cut...]), feeding, &peer.engine) == [1, 2, 3])
        }
    }

    @Test(arguments: TLSVersion.allCases, Feeding.allCases)
    func `close_notify is the clean end`(version: TLSVersion, feeding: Feeding) throws {
        var peer = try ForgedPeer(against: .client, version)
        leaveErrors()
        #expect(try take(peer.seal(21, [1, 0]), feeding, &peer.engine) == [])
        #expect(peer.engine.state == .closedByPeer)
    }

    @Test(arguments: TLSVersion.allCases, Feeding.allCases)
    func `a failure has its own reason`(version: TLSVersion, feeding: Feeding) throws {
        #expect(try reason(version, feeding) { $0.seal(21, [2, 80]) } == .alertReceived)
        #expect(try reason(version, feeding) { $0.seal(23, [1]) + $0.seal(21, [2, 80]) } == .alertReceived)
        #expect(try reason(version, feeding) { $0.seal(23, [1]).map { $0 ^ 1 } } == .protocolViolation)
        #expect(try reason(version, feeding) { Array($0.seal(23, [1]).dropLast()) + [0] } == .protocolViolation)
        #expect(try reason(version, feeding) { _ in [23, 3, 3, 0, 1, 0] } == .protocolViolation)
    }

    @Test(arguments: UInt8(0)...3, Feeding.allCases)
    func `an alert of TLS 1.3 ends a connection whatever its level`(level: UInt8, feeding: Feeding) throws {
        #expect(try reason(.tls13, feeding) { $0.seal(21, [level, 80]) } == .alertReceived)
        #expect(try reason(.tls13, feeding) { $0.seal(23, [1]) + $0.seal(21, [level, 80]) } == .alertReceived)
    }

    @Test(arguments: [[[1, 0]], [[2, 0]], [[1, 90], [1, 0]], [[2, 90], [1, 0]]], Feeding.allCases)
    func `close_notify of TLS 1.3 is the clean end, whatever its level`(
        alerts: [[UInt8]],
        feeding: Feeding
    ) throws {
        var peer = try ForgedPeer(against: .server, .tls13)
        let bytes = alerts.flatMap { peer.seal(21, $0) }
        leaveErrors()
        #expect(try take(bytes, feeding, &peer.engine) == [])
        leaveErrors()
        #expect(try take([], feeding, &peer.engine) == [])
        #expect(peer.engine.state == .closedByPeer)
    }

    @Test(arguments: TLSVersion.allCases)
    func `an end without close_notify is truncation`(version: TLSVersion) throws {
        var peer = try ForgedPeer(against: .server, version)
        leaveErrors()
        let error = #expect(throws: TLSError.self) { try peer.engine.feedEOF() }
        #expect(error?.code == .truncated)
    }

    @Test(arguments: TLSVersion.allCases)
    func `handshakes and writes go on`(version: TLSVersion) throws {
        var pair = try ContextPair.shared(version).pair()
        for _ in 0..<10 {
            leaveErrors()
            try pair.server.feed(pair.client.drain())
            leaveErrors()
            try pair.client.feed(pair.server.drain())
        }
        leaveErrors()
        #expect(try pair.client.write([1, 2, 3]) == 3)
        leaveErrors()
        try pair.server.feed(pair.client.drain())
        #expect(try pair.server.read() == [1, 2, 3])
    }

    @Test func `new keys refused to TLS 1.2 leave no error behind`() throws {
        var pair = try ContextPair.shared(.tls12).pair()
        pair.settle()
        ERR_clear_error()
        #expect(try !pair.client.updateKeys(requestingPeer: true))
        #expect(ERR_peek_error() == 0)
    }

    /// Why an engine fails at some bytes, where others had failed before.
    private func reason(
        _ version: TLSVersion,
        _ feeding: Feeding,
        _ bytes: (inout ForgedPeer) -> [UInt8]
    ) throws -> TLSError.Code? {
        var peer = try ForgedPeer(against: .server, version)
        let bytes = bytes(&peer)
        leaveErrors()
        return failure { () throws(TLSError) in
            _ = try take(bytes, feeding, &peer.engine)
            leaveErrors()
            _ = try take([], feeding, &peer.engine)
        }?.code
    }

    private func take(
        _ bytes: [UInt8],
        _ feeding: Feeding,
        _ engine: inout TLSEngine
    ) throws(TLSError) -> [UInt8] {
        switch feeding {
        case .feedThenRead:
            try engine.feed(bytes)
            leaveErrors()
            return try engine.read()
        case .atOnce:
            return try [UInt8](bytesMax: 100) { output throws(TLSError) in
                _ = try bytes.withRawSpan { bytes throws(TLSError) in try engine.feed(bytes, reading: &output) }
            }
        }
    }

    /// Fails as other users of OpenSSL may on this thread: with an end of file in a TLS connection, and a file that isn't.
    private func leaveErrors() {
        ERR_new()
        ERR_set_debug("others.c", 1, "others")
        withVaList([]) { ERR_vset_error(ERR_LIB_SSL, SSL_R_UNEXPECTED_EOF_WHILE_READING, nil, $0) }
        #expect(BIO_new_file("/nowhere/at/all", "r") == nil)
        #expect(ERR_peek_error() != 0)
    }
}
