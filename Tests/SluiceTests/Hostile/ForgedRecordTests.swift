import Sluice
import Testing

/// Records that a peer of an established connection can seal, and must not send.
struct ForgedRecordTests {
    struct Forgery: CustomTestStringConvertible, Sendable {
        let testDescription: String
        let versions: [TLSVersion]
        let blame: Blame
        let make: @Sendable (inout ForgedPeer) -> [UInt8]

        init(
            _ name: String,
            _ blame: Blame,
            _ versions: [TLSVersion] = TLSVersion.allCases,
            _ make: @escaping @Sendable (inout ForgedPeer) -> [UInt8]
        ) {
            testDescription = name
            self.versions = versions
            self.blame = blame
            self.make = make
        }
    }

    @Test(arguments: Forgery.all, EnginePair.End.allCases)
    func `a forged record ends the connection with its alert`(forgery: Forgery, end: EnginePair.End) throws {
        for version in forgery.versions {
            var peer = try ForgedPeer(against: end, version)
            let greeting = peer.seal(23, Array("hello".utf8))
            #expect(peer.engine.outcome(ofFeeding: greeting).failure == nil)
            let forged = forgery.make(&peer)
            let outcome = peer.engine.outcome(ofFeeding: forged)
            let failure = try #require(outcome.failure, "\(version)")
            #expect(Blame(failure) == forgery.blame, "\(version): \(failure)")
            #expect(!failure.isDuringHandshake)
            let records = try #require(WireRecord.all(in: outcome.drained))
            #expect(records.count == 1 && records.allSatisfy(\.isAlertLike), "\(version): \(records.map(\.body.count))")
            expectFailed(&peer.engine, with: failure)
        }
    }

    @Test(arguments: EnginePair.End.allCases, TLSVersion.allCases)
    func `any fatal alert in a record ends the connection`(end: EnginePair.End, version: TLSVersion) throws {
        for number in UInt8(0)...255 {
            var peer = try ForgedPeer(against: end, version)
            let alert = peer.seal(21, [2, number])
            let outcome = peer.engine.outcome(ofFeeding: alert)
            if version == .tls13, number == 0 || number == 90 {
                // close_notify and user_canceled end nothing by themselves, whatever their level: RFC 8446 §6.1.
                #expect(outcome.failure == nil)
                continue
            }
            let failure = try #require(outcome.failure, "alert \(number)")
            #expect(failure.code == .alertReceived && failure.fault == .peer, "alert \(number): \(failure)")
            #expect(failure.alert == TLSError.Alert(TLSAlert(rawValue: number), sentBy: .peer))
            #expect(outcome.drained.isEmpty)
        }
    }

    @Test(arguments: EnginePair.End.allCases)
    func `a warning ends TLS 1.3 as a fatal alert does`(end: EnginePair.End) throws {
        var peer = try ForgedPeer(against: end, .tls13)
        let warning = peer.seal(21, [1, 40])
        let failure = try #require(peer.engine.outcome(ofFeeding: warning).failure)
        #expect(failure.code == .alertReceived && failure.fault == .peer)
        #expect(failure.alert == TLSError.Alert(.handshakeFailure, sentBy: .peer))
        expectFailed(&peer.engine, with: failure)
    }

    @Test(arguments: EnginePair.End.allCases, TLSVersion.allCases)
    func `a few empty records and warnings are nothing`(end: EnginePair.End, version: TLSVersion) throws {
        var peer = try ForgedPeer(against: end, version)
        var bytes: [UInt8] = []
        for _ in 0..<32 { bytes += peer.seal(23, []) }
        for _ in 0..<4 { bytes += peer.seal(21, [1, 90]) }
        bytes += peer.seal(23, Array("hello".utf8))
        try peer.engine.feed(bytes)
        #expect(try peer.engine.read() == Array("hello".utf8))
        var needs = peer.engine.needs
        #expect(needs == .ciphertext(atLeast: WireRecord.headerBytes))
        // The next record may begin anywhere.
        try peer.engine.feed(Array(peer.seal(23, [1]).prefix(4)))
        needs = peer.engine.needs
        #expect(needs == .ciphertext(atLeast: 1))
    }

    @Test(arguments: EnginePair.End.allCases)
    func `a padded record gives its plaintext`(end: EnginePair.End) throws {
        var peer = try ForgedPeer(against: end, .tls13)
        try peer.engine.feed(peer.seal(23, [7], padding: 16_000))
        #expect(try peer.engine.read() == [7])
    }
}

extension ForgedRecordTests.Forgery {
    static let all: [Self] = [
        Self("plaintext of 2^14 + 1", .overflow) { $0.seal(23, [UInt8](repeating: 1, count: 16_385)) },
        Self("length of 65535", .overflow) { _ in [23, 3, 3, 255, 255] },
        Self("length of 2^14 + 2049", .overflow) { _ in [23, 3, 3, 0x48, 0x01] },
        Self("length of 2^14 + 257", .overflow, [.tls13]) { _ in [23, 3, 3, 0x41, 0x01] },
        Self("version 2.3", Blame(.protocolViolation, .peer, sent: .protocolVersion)) { _ in [23, 2, 3, 0, 32] },
        Self("33 empty records", .unexpected) { peer in (0..<33).flatMap { _ in peer.seal(23, []) } },
        Self("5 warnings", .unexpected) { peer in (0..<5).flatMap { _ in peer.seal(21, [1, 90]) } },
        Self("1000 warnings", .unexpected) { peer in (0..<1000).flatMap { _ in peer.seal(21, [1, 90]) } },
        Self("empty alert", .unexpected) { $0.seal(21, []) },
        Self("half an alert", .unexpected) { $0.seal(21, [1]) },
        Self("two alerts in one record", .unexpected) { $0.seal(21, [1, 90, 1, 90]) },
        Self("alert of level 3", .illegal, [.tls12]) { $0.seal(21, [3, 40]) },
        Self("content type 0", .unexpected) { $0.seal(0, []) },
        Self("content type 99", .unexpected) { $0.seal(99, [1]) },
        Self("change_cipher_spec", .unexpected) { $0.seal(20, [1]) },
        Self("nothing but padding", .unexpected, [.tls13]) { $0.seal(0, [], padding: 1000) },
        Self("empty handshake record", .unexpected, [.tls13]) { $0.seal(22, []) },
        Self("a record twice", .badMAC) { peer in
            let record = peer.seal(21, [1, 90])
            return record + record
        },
        Self("application data in the clear", .badMAC, [.tls13]) { _ in WireRecord(23, [1, 2, 3]).bytes },
        Self("handshake in the clear", .unexpected, [.tls13]) { _ in WireRecord.handshake(0, []).bytes },
        Self("change_cipher_spec in the clear", .unexpected, [.tls13]) { _ in WireRecord(20, [1]).bytes },
        Self("alert in the clear", .unexpected, [.tls13]) { _ in WireRecord.alert(40).bytes },
        // libssl 3.0 calls a record too short for its cipher an internal_error.
        Self("application data in the clear", .shortRecord, [.tls12]) { _ in WireRecord(23, [1, 2, 3]).bytes },
        Self("handshake in the clear", .shortRecord, [.tls12]) { _ in WireRecord.handshake(0, []).bytes },
        Self("alert in the clear", .shortRecord, [.tls12]) { _ in WireRecord.alert(40).bytes },
        Self("Finished", .unexpected) { $0.seal(22, [20, 0, 0, 32] + [UInt8](repeating: 0, count: 32)) },
        Self("CertificateRequest", .unexpected) { $0.seal(22, [13, 0, 0, 3, 0, 0, 0]) },
        Self("Certificate of 16 MB", .unexpected) { $0.seal(22, [11, 255, 255, 255]) },
        Self("KeyUpdate of 16 MB", .illegal, [.tls13]) { $0.seal(22, [24, 255, 255, 255]) },
        Self("KeyUpdate", .unexpected, [.tls12]) { $0.seal(22, [24, 0, 0, 1, 0]) },
        Self("KeyUpdate of kind 7", .illegal, [.tls13]) { $0.seal(22, [24, 0, 0, 1, 7]) },
        Self("two KeyUpdates in one record", .unexpected, [.tls13]) {
            $0.seal(22, [24, 0, 0, 1, 0, 24, 0, 0, 1, 0])
        },
        Self("data inside a message", .unexpected, [.tls13]) { $0.seal(22, [24, 0, 0, 1]) + $0.seal(23, [1]) },
        Self("ClientHello", .unexpected, [.tls13]) { $0.seal(22, Self.clientHello) },
        Self("HelloRequest", .unexpected, [.tls13]) { $0.seal(22, [0, 0, 0, 0]) },
    ]

    static let clientHello =
        WireRecord.handshake(1, [3, 3] + [UInt8](repeating: 0, count: 32) + [0, 0, 2, 0xC0, 0x2B, 1, 0]).body
}

extension Blame {
    fileprivate static let shortRecord = Blame(.protocolViolation, .peer, sent: .internalError)
}
