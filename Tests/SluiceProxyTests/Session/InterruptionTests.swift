import Sluice
import SluiceProxy
import SluiceSimulation
import Testing

/// A session that is interrupted after any of its steps ends, and tells nobody that all is well.
struct InterruptionTests {
    /// Every moment of a session: interrupts it after 0, 1, 2… arrivals, until it ends before that.
    private func interrupt(
        _ mode: SessionMode,
        _ change: (inout RigSetup) -> Void = { _ in },
        by interruption: (SessionRig) -> Void,
        then check: (SessionRig, _ wasOver: Bool) -> Void
    ) throws {
        for count in Array(0..<40) + stride(from: 40, to: 400, by: 10) {
            let rig = try SessionRig(
                RigSetup(mode) {
                    $0.byteCounts = PerSide(client: 2000, upstream: 5000)
                    $0.closings.upstream = .afterOther
                    $0.cut(.random)
                    $0.seed = UInt64(count)
                    change(&$0)
                }
            )
            rig.pump()
            for _ in 0..<count where rig.arrive() {}
            let wasOver = rig.isFinished
            interruption(rig)
            rig.pass(.seconds(1000))
            check(rig, wasOver)
            expectOver(rig)
            if wasOver { return }
        }
        Issue.record("no session was over in 400 steps")
    }

    @Test(arguments: SessionMode.allCases, ProxySide.allCases)
    func `a connection that breaks at any time ends the session`(mode: SessionMode, side: ProxySide) throws {
        try interrupt(mode) { rig in
            if rig.isConnected || side == .client { rig.lose(side) } else { rig.end(SessionEnd(.connectFailed)) }
        } then: { rig, _ in
            let reason = rig.session.report.end?.reason
            #expect([.connectionLost, .completed, .connectFailed].contains(reason))
            if reason == .completed {
                #expect(rig[side.other].receivedByteCount == rig[side].byteCount)
                #expect(rig[side].receivedByteCount == rig[side.other].byteCount)
            }
        }
    }

    @Test(arguments: SessionMode.allCases, [SessionEnd.Reason.shutDown, .overLimit, .internalError, .connectFailed])
    func `an owner may end a session at any time`(mode: SessionMode, reason: SessionEnd.Reason) throws {
        try interrupt(mode) { rig in
            rig.end(SessionEnd(reason))
        } then: { rig, wasOver in
            #expect(rig.session.report.end?.reason == (wasOver ? .completed : reason))
        }
    }

    @Test(arguments: SessionMode.allCases, ProxySide.allCases)
    func `a stream that ends at any time ends the session`(mode: SessionMode, side: ProxySide) throws {
        try interrupt(mode) { rig in
            guard side == .client || rig.isConnected else { return }
            rig[side].leave(&rig.inbound[side], at: rig.now)
        } then: { rig, _ in
            let reason = rig.session.report.end?.reason
            #expect([.completed, .truncated, .handshakeFailed, .connectionLost, .idleTimeout].contains(reason))
        }
    }

    @Test(arguments: SessionMode.allCases, ProxySide.allCases)
    func `a peer that takes nothing any more doesn't hold the session for ever`(mode: SessionMode, side: ProxySide)
        throws
    {
        try interrupt(mode) { rig in
            rig[side].isReading = false
        } then: { rig, _ in
            let reason = rig.session.report.end?.reason
            #expect([.completed, .idleTimeout, .handshakeTimeout].contains(reason))
        }
    }

    @Test(arguments: [SessionMode.terminate, .bridge])
    func `a client whose session ends before its handshake reads an alert`(mode: SessionMode) throws {
        for (reason, alert) in [
            (SessionEnd.Reason.overLimit, TLSAlert.internalError), (.shutDown, .internalError),
            (.refused, .accessDenied),
        ] {
            for isHelloSent in [false, true] {
                let rig = try SessionRig(RigSetup(mode) { $0.answer = .none })
                if isHelloSent { rig.settle() }
                rig.end(SessionEnd(reason))
                rig.settle()
                #expect(rig.client.failure?.alert == TLSError.Alert(alert, sentBy: .peer))
                expectEnded(rig, reason)
            }
        }
    }

    @Test(arguments: SessionMode.allCases)
    func `answers that come after the end are ignored`(mode: SessionMode) throws {
        let rig = try SessionRig(
            RigSetup(mode) {
                $0.answer = .none
                $0.upstreamAnswer = .hangs
            }
        )
        rig.settle()
        rig.end(SessionEnd(.shutDown))
        rig.resolve(RigSetup(mode).route(nil))
        rig.pass(.seconds(10))
        rig.resolve(RigSetup(mode).route(nil))
        expectEnded(rig, .shutDown)

        let other = try SessionRig(RigSetup(mode) { $0.upstreamAnswer = .hangs })
        other.settle()
        other.end(SessionEnd(.shutDown))
        other.session.upstreamConnected(.plaintext)
        other.pass(.seconds(10))
        other.session.upstreamConnected(.plaintext)
        expectEnded(other, .shutDown)
    }

    @Test func `the first end counts`() throws {
        let rig = try joined(.bridge)
        rig.end(SessionEnd(.overLimit))
        rig.end(SessionEnd(.shutDown))
        rig.lose(.client)
        rig.pass(.seconds(10))
        expectEnded(rig, .overLimit)
    }

    @Test func `answers nobody asked for are the owner's mistake`() async {
        await #expect(processExitsWith: .failure) {
            var session = ProxySession(.tls(), at: .zero)
            session.resolve(.forward)
        }
        await #expect(processExitsWith: .failure) {
            var session = ProxySession(.plaintext, at: .zero)
            session.upstreamConnected()
        }
        await #expect(processExitsWith: .failure) {
            var session = ProxySession(.plaintext, at: .zero)
            session.resolve(PeerCertificateAnswer.accept, of: .client)
        }
        await #expect(processExitsWith: .failure) {
            var session = ProxySession(.plaintext, at: .zero)
            session.resolve(.forward)
            session.resolve(.forward)
        }
    }
}
