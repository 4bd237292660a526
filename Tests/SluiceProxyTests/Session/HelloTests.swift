import Sluice
import SluiceProxy
import SluiceSimulation
import Testing

/// What a client of a session with TLS may begin with.
struct HelloTests {
    /// A beginning that is no ClientHello, and the alert that answers it.
    struct Beginning: CustomStringConvertible {
        let name: String
        let bytes: [UInt8]
        let alert: TLSAlert

        var description: String { name }
    }

    static let wrong: [Beginning] = [
        Beginning(name: "HTTP", bytes: Array("GET / HTTP/1.1\r\n\r\n".utf8), alert: .unexpectedMessage),
        Beginning(name: "SSLv2", bytes: [0x80, 0x2E, 1, 3, 1, 0, 21, 0, 0, 0, 16], alert: .unexpectedMessage),
        Beginning(name: "noise", bytes: [0xFF, 0, 0xFF], alert: .unexpectedMessage),
        Beginning(name: "SSH", bytes: Array("SSH-2.0-x\r\n".utf8), alert: .unexpectedMessage),
        Beginning(name: "an alert", bytes: [21, 3, 3, 0, 2, 1, 0], alert: .unexpectedMessage),
        Beginning(name: "version 2.0", bytes: [22, 2, 0, 0, 5, 1, 0, 0, 1, 0], alert: .protocolVersion),
        Beginning(name: "an empty record", bytes: [22, 3, 1, 0, 0], alert: .decodeError),
        Beginning(name: "a record too long", bytes: [22, 3, 1, 0x40, 1], alert: .decodeError),
        Beginning(name: "a ServerHello", bytes: [22, 3, 3, 0, 4, 2, 0, 0, 0], alert: .unexpectedMessage),
        Beginning(name: "too short a body", bytes: [22, 3, 1, 0, 5, 1, 0, 0, 1, 7], alert: .decodeError),
        Beginning(name: "more behind it", bytes: [22, 3, 1, 0, 6, 1, 0, 0, 1, 7, 7], alert: .decodeError),
    ]

    private func rawRig(_ change: (inout RigSetup) -> Void = { _ in }) throws -> SessionRig {
        try SessionRig(
            RigSetup(.terminate) {
                $0.isRaw.client = true
                change(&$0)
            }
        )
    }

    @Test(arguments: wrong, Cut.allCases)
    func `what is no ClientHello is answered with an alert in the clear`(beginning: Beginning, cut: Cut) throws {
        let rig = try rawRig { $0.cut(cut) }
        rig.send(beginning.bytes, from: .client)
        rig.settle()
        #expect(rig.client.rawBytes == beginning.alert.plaintextRecord)
        #expect(rig.routed == nil)
        rig.pass(.seconds(2))
        expectEnded(rig, .notTLS, .client)
    }

    @Test func `a client reads the alert, and its own bytes behind the mistake don't take it away`() throws {
        let rig = try rawRig()
        rig.send(Array("GET / HTTP/1.1\r\n\r\n".utf8), from: .client)
        rig.settle()
        #expect(rig.commands == ["closeOutput client"])
        rig.send([UInt8](repeating: 7, count: 100_000), from: .client)
        rig.settle()
        #expect(rig.commands == ["closeOutput client"])
        rig.cutOff(.client)
        rig.settle()
        #expect(rig.commands == ["closeOutput client", "close client", "finish"])
        expectEnded(rig, .notTLS, .client)
    }

    private func hello() throws -> [UInt8] { try SessionRig.hello() }

    @Test func `a ClientHello that is cut by the end of its stream is a lost connection`() throws {
        let bytes = try hello()
        for count in [0, 1, 5, 6, bytes.count / 2, bytes.count - 1] {
            let rig = try rawRig()
            rig.send(Array(bytes.prefix(count)), from: .client)
            rig.cutOff(.client)
            rig.settle()
            expectEnded(rig, .connectionLost, .client)
            #expect(rig.client.rawBytes.isEmpty)
        }
    }

    @Test(arguments: [1, 2, 3, 4, 5, 100, 16_000])
    func `a ClientHello may come in many records`(contentBytes: Int) throws {
        let whole = try hello()
        let message = Array(whole.dropFirst(5))
        var bytes: [UInt8] = []
        for start in stride(from: 0, to: message.count, by: contentBytes) {
            let content = message[start...].prefix(contentBytes)
            bytes += [22, 3, 1, UInt8(content.count >> 8), UInt8(content.count & 0xFF)] + content
        }
        let rig = try rawRig()
        rig.send(bytes, from: .client)
        rig.settle()
        let routed = try #require(rig.routed ?? nil)
        #expect(routed.message == message)
        // A ServerHello comes back: libssl read it too.
        #expect(rig.client.rawBytes.starts(with: [22, 3, 3]))
        #expect(rig.firstComplaint == nil)
    }

    @Test(arguments: [512, 1000, 16_384])
    func `a ClientHello beyond the limit is refused, as soon as that is known`(bytesMax: Int) throws {
        for contentBytes in [100, 512, 1000, 16_384] {
            let rig = try rawRig { $0.entrance = .tls(clientHelloBytesMax: bytesMax) }
            // One message of 65,539 bytes, record by record.
            var isFirst = true
            var sent = 0
            while sent <= bytesMax + 5 {
                var content = [UInt8](repeating: 0, count: contentBytes)
                if isFirst { content.replaceSubrange(0..<4, with: [1, 0, 0xFF, 0xFF]) }
                isFirst = false
                rig.send([22, 3, 1, UInt8(contentBytes >> 8), UInt8(contentBytes & 0xFF)] + content, from: .client)
                sent += contentBytes + 5
                rig.settle()
            }
            #expect(rig.client.rawBytes == TLSAlert.handshakeFailure.plaintextRecord)
            rig.pass(.seconds(2))
            expectEnded(rig, .notTLS, .client)
        }
    }

    @Test func `the owner's limit is held to the session's own`() throws {
        let rig = try rawRig { $0.entrance = .tls(clientHelloBytesMax: .max) }
        rig.send([22, 3, 1, 0x40, 0, 1, 3, 0, 0] + [UInt8](repeating: 0, count: 16_380), from: .client)
        rig.settle()
        #expect(rig.client.rawBytes == TLSAlert.handshakeFailure.plaintextRecord)
    }

    @Test func `a client of TLS 1.0 alone is told that its version isn't spoken`() throws {
        var message = try hello()
        // A ClientHello without extensions: version 3.1, random, no session, one suite, no compression.
        let body: [UInt8] = [3, 1] + [UInt8](repeating: 9, count: 32) + [0, 0, 2, 0, 0x2F, 1, 0]
        message = [22, 3, 1, 0, UInt8(body.count + 4), 1, 0, 0, UInt8(body.count)] + body
        let rig = try rawRig()
        rig.send(message, from: .client)
        rig.settle()
        #expect(rig.client.rawBytes.suffix(2) == [2, TLSAlert.protocolVersion.rawValue])
        let hello = try #require(rig.routed ?? nil)
        #expect(hello.supportedVersions == [0x0301])
        rig.pass(.seconds(2))
        expectEnded(rig, .handshakeFailed, .client)
    }

    @Test func `bytes behind the ClientHello wait for the route`() throws {
        let rig = try rawRig { $0.answer = .none }
        let bytes = try hello()
        let taken = rig.session.receive(bytes + [20, 3, 3, 0, 1, 1], from: .client)
        #expect(taken == bytes.count)
        #expect(!rig.wantsBytes(from: .client))
        let more = rig.session.receive([20], from: .client)
        #expect(more == 0)
    }

    @Test func `a client that has gone while it was routed fails its handshake at once`() throws {
        for mode in [SessionMode.terminate, .bridge] {
            let rig = try SessionRig(
                RigSetup(mode) {
                    $0.isRaw.client = true
                    $0.answer = .none
                }
            )
            rig.send(try hello(), from: .client)
            rig.cutOff(.client)
            rig.settle()
            rig.resolve(RigSetup(mode).route(nil))
            rig.settle()
            expectEnded(rig, .handshakeFailed, .client)
            #expect(rig.session.report.end?.error?.code == .truncated)
        }
    }

    @Test func `noise of any kind ends, with a reason`() throws {
        for seed in UInt64(0)..<300 {
            let rig = try rawRig { $0.seed = seed }
            var bytes = rig.noise(seed)
            // Half of them look like a ClientHello at first.
            if seed.isMultiple(of: 2) { bytes = Array(try hello().prefix(40)) + bytes }
            rig.send(bytes, from: .client)
            rig.cutOff(.client)
            rig.settle()
            expectOver(rig)
        }
    }
}
