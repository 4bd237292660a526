import Sluice
import SluiceProxy
import Testing

/// What the owner is asked, and what comes of its answer.
struct RouteTests {
    @Test(arguments: [SessionMode.terminate, .bridge, .forward])
    func `the owner routes by the name and the protocols that the client asks for`(mode: SessionMode) throws {
        let rig = try SessionRig(RigSetup(mode) { $0.contexts.protocols.client = ["h2", "http/1.1"] })
        rig.settle()
        let hello = try #require(rig.routed ?? nil)
        #expect(hello.serverName == "simulation.test")
        #expect(hello.applicationProtocols == ["h2", "http/1.1"])
        #expect(rig.session.report.serverName == "simulation.test")
    }

    @Test(arguments: [SessionMode.originate, .plain])
    func `a client without TLS is routed before it says anything`(mode: SessionMode) throws {
        let rig = try SessionRig(RigSetup(mode) { $0.answer = .none })
        let routed = try #require(rig.routed)
        #expect(routed == nil)
        #expect(rig.commands == ["route"])
    }

    @Test func `each side agrees on a protocol of its own`() throws {
        let rig = try SessionRig(
            RigSetup(.bridge) {
                $0.contexts.protocols = PerSide(client: ["h2", "http/1.1"], upstream: ["http/1.1"])
                $0.contexts.servedProtocols = PerSide(client: ["h2"], upstream: ["http/1.1"])
            }
        )
        rig.settle()
        expectCompleted(rig)
        #expect(rig.session.report.client?.applicationProtocol == "h2")
        #expect(rig.session.report.upstream?.applicationProtocol == "http/1.1")
    }

    @Test(arguments: [TLSAlert.unrecognizedName, .noApplicationProtocol, .accessDenied, .handshakeFailure])
    func `a client that is refused reads the alert`(alert: TLSAlert) throws {
        let rig = try SessionRig(RigSetup(.terminate) { $0.answer = .instead(.refuse(alert)) })
        rig.settle()
        #expect(rig.client.failure?.alert == TLSError.Alert(alert, sentBy: .peer))
        #expect(rig.commands == ["route", "closeOutput client", "close client", "finish"])
        #expect(rig.session.report.end?.reason == .refused)
        #expect(rig.firstComplaint == nil)
    }

    @Test func `a client without TLS that is refused is reset`() throws {
        let rig = try SessionRig(RigSetup(.plain) { $0.answer = .instead(.refuse(.accessDenied)) })
        rig.settle()
        #expect(rig.client.seenEnd == .reset)
        #expect(rig.commands == ["route", "abort client", "finish"])
    }

    @Test(arguments: SessionMode.allCases)
    func `the client's handshake is over before an upstream is asked for`(mode: SessionMode) throws {
        let rig = try SessionRig(
            RigSetup(mode) {
                $0.upstreamAnswer = .hangs
                $0.timeouts.handshake = .seconds(1)
                $0.byteCounts.client = 100_000
            }
        )
        rig.pass(.seconds(60))
        #expect(rig.commands == ["route", "connect"])
        let hasSummary = rig.session.report.client != nil
        #expect(hasSummary == mode.endsTLS(.client))
        #expect(rig.firstComplaint == nil)
        rig.connectLate()
        rig.settle()
        expectCompleted(rig)
    }

    @Test(arguments: SessionMode.allCases)
    func `an owner may take its time to route`(mode: SessionMode) throws {
        let rig = try SessionRig(
            RigSetup(mode) {
                $0.answer = .none
                $0.byteCounts.client = 1000
            }
        )
        rig.pass(.seconds(5))
        #expect(rig.commands == ["route"])
        rig.resolve(RigSetup(mode).route(rig.routed ?? nil))
        rig.settle()
        #expect(rig.session.report.end?.reason == .completed)
        #expect(rig.upstream.receivedByteCount == 1000)
    }
}
