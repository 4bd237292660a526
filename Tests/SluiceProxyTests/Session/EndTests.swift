import Sluice
import SluiceProxy
import SluiceSimulation
import Testing

/// How one side's end becomes the other's: in order where it was in order, and never otherwise.
struct EndTests {
    @Test(arguments: SessionMode.allCases, ProxySide.allCases)
    func `a side may end long before the other, whose bytes still come`(mode: SessionMode, first: ProxySide) throws {
        let rig = try SessionRig(
            RigSetup(mode) {
                $0.byteCounts[first] = 10_000
                $0.closings[first.other] = .never
            }
        )
        rig.settle()
        #expect(rig[first.other].seenEnd == .inOrder)
        #expect(rig[first.other].receivedByteCount == 10_000)
        #expect(!rig.isFinished)
        rig[first.other].byteCount = 100_000
        rig.settle()
        #expect(rig[first].receivedByteCount == 100_000)
        #expect(rig[first].seenEnd == nil)
        rig[first.other].end()
        rig.settle()
        expectCompleted(rig)
    }

    @Test(arguments: SessionMode.allCases, ProxySide.allCases)
    func `a side that waits for the other's end before it ends`(mode: SessionMode, last: ProxySide) throws {
        let rig = try SessionRig(
            RigSetup(mode) {
                $0.byteCounts = PerSide(client: 20_000, upstream: 20_000)
                $0.closings[last] = .afterOther
            }
        )
        rig.settle()
        expectCompleted(rig)
    }

    @Test(arguments: SessionMode.allCases, ProxySide.allCases)
    func `a stream that is cut isn't passed on as a whole one`(mode: SessionMode, side: ProxySide) throws {
        guard mode.endsTLS(side) else { return }
        let rig = try joined(mode) { $0.byteCounts[side] = 50_000 }
        rig.cutOff(side)
        rig.settle()
        rig.pass(.seconds(5))
        expectEnded(rig, .truncated, side)
        #expect(rig[side.other].receivedByteCount == 50_000)
        #expect(rig[side.other].seenEnd == (mode.hasTLS(side.other) ? .failed(.truncated) : .reset))
        // libssl answers with an alert that says so.
        #expect(rig[side].receivedAlert == .decodeError)
    }

    @Test(arguments: ProxySide.allCases)
    func `what is forwarded and cut is seen to be cut by the peer's own TLS`(side: ProxySide) throws {
        let rig = try joined(.forward) { $0.byteCounts[side] = 50_000 }
        rig.cutOff(side)
        rig.settle()
        rig.pass(.seconds(400))
        #expect(rig[side.other].seenEnd == .failed(.truncated))
        expectOver(rig)
    }

    @Test(arguments: SessionMode.allCases, ProxySide.allCases)
    func `a peer that was told the end may close without a word`(mode: SessionMode, side: ProxySide) throws {
        guard mode.endsTLS(side) else { return }
        let rig = try joined(mode) { $0.byteCounts = PerSide(client: 3000, upstream: 3000) }
        rig[side.other].end()
        rig.settle()
        #expect(rig[side].seenEnd == .inOrder)
        rig.cutOff(side)
        rig.settle()
        expectEnded(rig, .completed, side)
        #expect(rig.session.report.end?.words.isEmpty == false)
        // It may have had more to say: the other isn't told that this was all.
        #expect(rig[side.other].receivedByteCount == 3000)
        #expect(rig[side.other].seenEnd == (mode.hasTLS(side.other) ? .failed(.truncated) : .reset))
    }

    @Test(arguments: SessionMode.allCases, ProxySide.allCases)
    func `a peer without TLS ends its stream, and that is in order`(mode: SessionMode, side: ProxySide) throws {
        guard !mode.hasTLS(side) else { return }
        let rig = try joined(mode) { $0.byteCounts[side] = 50_000 }
        rig[side].end()
        rig.settle()
        #expect(rig[side.other].seenEnd == .inOrder)
        #expect(rig[side.other].receivedByteCount == 50_000)
    }

    @Test(arguments: SessionMode.allCases)
    func `a client without TLS may end before its upstream is connected`(mode: SessionMode) throws {
        guard mode.entrance == .plaintext else { return }
        let rig = try SessionRig(
            RigSetup(mode) {
                $0.upstreamAnswer = .hangs
                $0.byteCounts.upstream = 1000
            }
        )
        rig.settle()
        rig.connectLate()
        rig.settle()
        expectCompleted(rig)
    }

    @Test(arguments: [SessionMode.terminate, .bridge])
    func `a client with TLS may end before its upstream is connected`(mode: SessionMode) throws {
        let rig = try SessionRig(
            RigSetup(mode) {
                $0.upstreamAnswer = .hangs
                $0.byteCounts = PerSide(client: 5000, upstream: 1000)
            }
        )
        rig.settle()
        rig.connectLate()
        rig.settle()
        expectCompleted(rig)
    }

    @Test(arguments: [SessionMode.terminate, .bridge])
    func `a client that is cut off before its upstream is connected needs none`(mode: SessionMode) throws {
        let rig = try SessionRig(
            RigSetup(mode) {
                $0.upstreamAnswer = .hangs
                $0.closings.client = .never
            }
        )
        rig.settle()
        rig.cutOff(.client)
        rig.settle()
        expectEnded(rig, .truncated, .client)
        #expect(rig.isReset.upstream)
    }

    @Test(arguments: SessionMode.allCases, ProxySide.allCases)
    func `what comes behind close_notify is thrown away, and the end behind it is seen`(
        mode: SessionMode,
        side: ProxySide
    ) throws {
        guard mode.endsTLS(side) else { return }
        let rig = try joined(mode) { $0.byteCounts[side] = 1000 }
        rig[side].end()
        rig.settle()
        #expect(rig[side.other].seenEnd == .inOrder)
        #expect(rig.wantsBytes(from: side))
        rig.send([UInt8](repeating: 23, count: 100_000), from: side)
        rig.cutOff(side)
        rig.settle()
        #expect(!rig.wantsBytes(from: side))
        rig[side.other].end(after: 50_000)
        rig.settle()
        expectCompleted(rig)
    }

    @Test(arguments: SessionMode.allCases, ProxySide.allCases)
    func `a byte altered on its way is a failure for both`(mode: SessionMode, side: ProxySide) throws {
        guard mode.endsTLS(side) else { return }
        let rig = try joined(mode) { $0.byteCounts = PerSide(client: 2000, upstream: 2000) }
        rig.send([23, 3, 3, 0, 20] + [UInt8](repeating: 0, count: 20), from: side)
        rig.settle()
        rig.pass(.seconds(5))
        expectEnded(rig, .tlsFailed, side)
        #expect(rig[side].receivedAlert == .badRecordMAC)
        #expect(rig[side.other].seenEnd == (mode.hasTLS(side.other) ? .failed(.truncated) : .reset))
    }

    @Test(arguments: SessionMode.allCases)
    func `connections are closed once both ends are told, and nothing else is`(mode: SessionMode) throws {
        let rig = try SessionRig(RigSetup(mode) { $0.closings.upstream = .afterOther })
        rig.settle()
        expectCompleted(rig)
        let last = rig.commands.drop { !$0.hasPrefix("close ") }
        #expect(Array(last) == ["close client", "close upstream", "finish"])
        #expect(!rig.commands.contains { $0.hasPrefix("abort") })
    }
}

/// A session whose sides are joined and have sent what they have to say, and not ended.
func joined(_ mode: SessionMode, _ change: (inout RigSetup) -> Void = { _ in }) throws -> SessionRig {
    let rig = try SessionRig(
        RigSetup(mode) {
            $0.closings = PerSide(client: .never, upstream: .never)
            change(&$0)
        }
    )
    rig.settle()
    return rig
}
