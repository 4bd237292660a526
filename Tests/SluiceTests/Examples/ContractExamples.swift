import Fixtures
import Sluice
import Testing

/// The code of the article "The contract".
struct ContractExamples {
    /// The drive loop, until nothing more will come.
    private func drive(_ engine: inout TLSEngine, over transport: Loopback) throws -> [UInt8] {
        var received: [UInt8] = []
        drive: while true {
            switch engine.needs {
            case .drain: try transport.send(engine.drain())
            case .ciphertext(let count):
                let bytes = transport.receive(atMost: count)
                // What this throws is the engine's state from now on; the loop goes on and sends the alert.
                if bytes.isEmpty { try? engine.feedEOF() } else { _ = try? engine.feed(bytes) }
            case .read: received += try engine.read()
            case .decision: preconditionFailure("none was asked for")
            case .nothing: break drive
            }
        }
        if case .failed(let error) = engine.state { throw error }
        return received
    }

    @Test(arguments: TLSVersion.allCases, [TLSLimits.ringCapacityMin, TLSLimits.ringCapacityDefault])
    func `the drive loop reads until the peer has closed`(version: TLSVersion, ringCapacity: Int) throws {
        let peer = try TLSEngine(TLSServerConfiguration.fixture(version))
        let transport = Loopback(to: peer) { peer in
            guard case .open = peer.state else { return }
            try peer.write(Array("hello".utf8))
            try peer.close()
        }
        let client = TLSClientConfiguration.fixture(version) { $0.parameters.ringCapacity = ringCapacity }
        var engine = try TLSEngine(client)
        #expect(try drive(&engine, over: transport) == Array("hello".utf8))
        let state = engine.state
        #expect(state == .closedByPeer)
    }

    @Test func `the drive loop throws where the bytes end too early`() throws {
        let transport = Loopback(to: try TLSEngine(TLSServerConfiguration.fixture()))
        var engine = try TLSEngine(TLSClientConfiguration.fixture())
        var thrown: TLSError?
        do { _ = try drive(&engine, over: transport) } catch let error as TLSError { thrown = error }
        #expect(thrown?.code == .truncated && thrown?.isDuringHandshake == false)
    }

    @Test func `the drive loop tells the peer why it ends`() throws {
        let transport = Loopback(to: try TLSEngine(TLSServerConfiguration.fixture(nil, Fixtures.wrongHost)))
        var engine = try TLSEngine(TLSClientConfiguration.fixture())
        var thrown: TLSError?
        do { _ = try drive(&engine, over: transport) } catch let error as TLSError { thrown = error }
        #expect(thrown?.verification?.reason == .hostNameMismatch)
        #expect(transport.peerFailure?.alert == TLSError.Alert(.badCertificate, sentBy: .peer))
    }

    @Test func `back-pressure offers the rest again`() throws {
        var pair = try EnginePair()
        pair.settle()
        let plaintext = [UInt8](repeating: 7, count: 100_000)
        var sent: [UInt8] = []
        try write(plaintext, to: &pair.client) { sent += $0 }
        #expect(sent.count > plaintext.count)
    }

    private func write(_ plaintext: [UInt8], to engine: inout TLSEngine, send: ([UInt8]) -> Void) throws {
        var rest = plaintext[...]
        while !rest.isEmpty {
            rest.removeFirst(try engine.write(Array(rest)))
            send(engine.drain())
        }
    }
}
