import Sluice
import SluiceProxy
import SluiceSimulation
import Synchronization
import Testing

/// What happens when nothing does.
struct TimeTests {
    @Test func `a client that never says anything is given up, politely`() throws {
        let rig = try SessionRig(RigSetup(.terminate) { $0.isRaw.client = true })
        #expect(rig.session.deadline == .seconds(10))
        rig.pass(.seconds(9.9))
        #expect(rig.commands.isEmpty)
        rig.pass(.seconds(0.1))
        #expect(rig.client.rawBytes == TLSAlert.internalError.plaintextRecord)
        #expect(rig.commands == ["closeOutput client"])
        rig.pass(.seconds(2))
        expectEnded(rig, .handshakeTimeout, .client)
    }

    @Test func `a ClientHello of a byte per second doesn't get beyond its time`() throws {
        let rig = try SessionRig(RigSetup(.terminate) { $0.isRaw.client = true })
        for byte in try SessionRig.hello() {
            rig.send([byte], from: .client)
            rig.pass(.seconds(1))
            if rig.isFinished { break }
        }
        expectEnded(rig, .handshakeTimeout, .client)
        #expect(rig.now <= .seconds(13))
        #expect(rig.routed == nil)
    }

    @Test(arguments: [SessionMode.terminate, .bridge])
    func `a client that goes silent inside its handshake is given up`(mode: SessionMode) throws {
        let rig = try SessionRig(RigSetup(mode))
        rig.client.isReading = false
        rig.pass(.seconds(20))
        expectEnded(rig, .handshakeTimeout, .client)
        #expect(!rig.isConnecting)
    }

    @Test(arguments: [SessionMode.originate, .bridge])
    func `an upstream that accepts and says nothing is given up`(mode: SessionMode) throws {
        let rig = try SessionRig(RigSetup(mode) { $0.isRaw.upstream = true })
        rig.pass(.seconds(20))
        expectEnded(rig, .handshakeTimeout, .upstream)
        #expect(rig.client.seenEnd == (mode == .bridge ? .failed(.truncated) : .reset))
    }

    @Test(arguments: SessionMode.allCases)
    func `a session in which nothing moves ends when it has been idle for long`(mode: SessionMode) throws {
        let rig = try joined(mode) { $0.timeouts.idle = .seconds(60) }
        rig.pass(.seconds(50))
        #expect(!rig.isFinished)
        rig.client.byteCount = 1
        rig.pass(.seconds(59))
        #expect(!rig.isFinished)
        rig.pass(.seconds(4))
        expectEnded(rig, .idleTimeout)
        for side in ProxySide.allCases {
            #expect(rig[side].seenEnd == (mode.endsTLS(side) ? .failed(.truncated) : .reset))
        }
    }

    @Test(arguments: SessionMode.allCases)
    func `a session is over after its total time, whatever moves`(mode: SessionMode) throws {
        let rig = try joined(mode) { $0.timeouts.total = .seconds(100) }
        for _ in 0..<20 {
            rig.client.byteCount += 1
            rig.pass(.seconds(5))
        }
        rig.pass(.seconds(2))
        expectEnded(rig, .totalTimeout)
    }

    @Test(arguments: SessionMode.allCases)
    func `without an idle time a session waits for ever`(mode: SessionMode) throws {
        let rig = try joined(mode) { $0.timeouts.idle = nil }
        rig.pass(.seconds(1_000_000))
        #expect(!rig.isFinished)
        #expect(rig.session.deadline == nil)
        rig.client.end()
        rig.upstream.end()
        rig.settle()
        expectCompleted(rig)
    }

    @Test(arguments: SessionMode.allCases)
    func `what is left when a session ends has its time, and no more`(mode: SessionMode) throws {
        let rig = try joined(mode)
        rig.client.isReading = false
        rig.upstream.byteCount = 500_000
        rig.settle()
        let before = rig.now
        rig.end(SessionEnd(.shutDown))
        #expect(rig.session.deadline.map { $0 <= before + .seconds(2) } ?? rig.isFinished)
        rig.pass(.seconds(2))
        expectEnded(rig, .shutDown)
    }

    @Test(arguments: SessionMode.allCases)
    func `an idle session gives its memory back, and wakes with the next byte either way`(mode: SessionMode) throws {
        for side in ProxySide.allCases {
            let sleepers = SleepCounter()
            let rig = try joined(mode) {
                $0.byteCounts = PerSide(client: 20_000, upstream: 20_000)
                $0.recorder = sleepers
            }
            rig.pass(.seconds(6))
            #expect(rig.isResting)
            #expect(sleepers.count == ProxySide.allCases.count(where: mode.endsTLS))
            // Asleep, it wants bytes as before.
            for side in ProxySide.allCases { #expect(rig.wantsBytes(from: side)) }
            rig[side].byteCount += 30_000
            rig.settle()
            #expect(rig[side.other].receivedByteCount == 50_000)
            #expect(!rig.isResting)
            rig.pass(.seconds(6))
            #expect(rig.isResting)
            rig.client.end()
            rig.upstream.end()
            rig.settle()
            expectCompleted(rig)
        }
    }

    @Test func `time that goes back is no time`() {
        var session = ProxySession(.tls(), at: .seconds(100))
        session.advance(to: .seconds(50))
        #expect(session.deadline == .seconds(110))
        session.advance(to: .seconds(110))
        let end = session.report.end?.reason
        #expect(end == .handshakeTimeout)
    }
}

/// Counts how often engines gave their memory back.
private final class SleepCounter: TLSRecorder {
    private let counter = Mutex(0)

    var count: Int { counter.withLock(\.self) }

    func begin(_ beginning: TLSBeginning) {}

    func record(_ call: TLSCall) {
        if case .hibernate = call.verb, call.outcome == .flag(true) { counter.withLock { $0 += 1 } }
    }
}
