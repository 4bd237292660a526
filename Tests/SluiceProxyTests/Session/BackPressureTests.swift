import Sluice
import Testing

@testable import SluiceProxy
@testable import SluiceSimulation

/// A fast sender and a slow receiver: what the session takes is bounded, and nothing is lost.
struct BackPressureTests {
    /// What a session may take that its other side doesn't: its own queue, or the rings of both engines and the records
    /// that libssl holds.
    private func bound(_ mode: SessionMode) -> Int {
        let engines = ProxySide.allCases.filter(mode.endsTLS).count
        let perEngine = TLSLimits.ringCapacityDefault + 2 * TLSLimits.recordPlaintextBytesMax
        return SessionLimits.plaintextQueueBytes + engines * perEngine
    }

    @Test(arguments: SessionMode.allCases, ProxySide.allCases)
    func `64 MiB against a receiver that takes nothing stay outside`(mode: SessionMode, sender: ProxySide) throws {
        let rig = try joined(mode) { $0.outbound[sender.other].bytesInFlightMax = 10_000 }
        rig[sender.other].isReading = false
        rig[sender].byteCount = 64 << 20
        rig.settle()
        let inFlight = rig.inbound[sender].inFlightByteCount + rig.outbound[sender.other].inFlightByteCount
        let outside = inFlight + 2 * TLSLimits.ringCapacityDefault + 2 * TLSLimits.recordPlaintextBytesMax
        #expect(rig[sender].sentByteCount <= outside + bound(mode))
        #expect(rig.firstComplaint == nil)
        // It takes what it has taken: no byte moves by itself.
        let sent = rig[sender].sentByteCount
        rig.settle()
        #expect(rig[sender].sentByteCount == sent)
    }

    @Test(arguments: SessionMode.allCases, ProxySide.allCases)
    func `once the receiver takes it, everything arrives`(mode: SessionMode, sender: ProxySide) throws {
        let rig = try joined(mode) { $0.outbound[sender.other].bytesInFlightMax = 10_000 }
        rig[sender.other].isReading = false
        rig[sender].byteCount = 4 << 20
        rig.settle()
        rig[sender.other].isReading = true
        rig.client.end(after: rig.client.byteCount)
        rig.upstream.end(after: rig.upstream.byteCount)
        rig.settle()
        expectCompleted(rig)
        #expect(rig[sender.other].receivedByteCount == 4 << 20)
    }

    @Test(arguments: SessionMode.allCases)
    func `two peers that only send don't lock each other`(mode: SessionMode) throws {
        let rig = try joined(mode)
        for side in ProxySide.allCases {
            rig[side].isReading = false
            rig[side].byteCount = 1 << 20
        }
        rig.settle()
        #expect(!rig.isFinished)
        for side in ProxySide.allCases {
            rig[side].isReading = true
            rig[side].end(after: 1 << 20)
        }
        rig.settle()
        expectCompleted(rig)
    }

    /// `wantsBytes` is true when, and only when, a byte would be taken, at any moment of a session. (What comes behind its
    /// end is thrown away.)
    @Test(arguments: SessionMode.allCases, [Cut.whole, .random])
    func `a session wants bytes exactly where it takes some`(mode: SessionMode, cut: Cut) throws {
        for seed in UInt64(0)..<8 {
            let rig = try SessionRig(
                RigSetup(mode) {
                    $0.seed = seed
                    $0.cut(cut)
                    $0.contexts.ringCapacity = seed.isMultiple(of: 2) ? 1279 : 17 * 1024
                    $0.contexts.holdsTickets = seed.isMultiple(of: 3)
                    $0.byteCounts = PerSide(client: 30_000, upstream: 50_000)
                    $0.outbound.client.bytesInFlightMax = 3000
                    $0.outbound.upstream.bytesInFlightMax = 5000
                }
            )
            rig.probesAppetite = true
            rig.settle()
            expectCompleted(rig)
        }
    }
}
