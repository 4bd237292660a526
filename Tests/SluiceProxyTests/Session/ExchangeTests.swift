import Sluice
import SluiceProxy
import SluiceSimulation
import Testing

/// Bytes come through, both ways at once, and both ends are passed on.
struct ExchangeTests {
    static let sizes = [0, 1, 16_384, 16_385, 300_000]

    @Test(arguments: SessionMode.allCases, sizes)
    func `both ways at once, every byte arrives, and so do both ends`(mode: SessionMode, byteCount: Int) throws {
        let rig = try SessionRig(RigSetup(mode) { $0.byteCounts = PerSide(client: byteCount, upstream: byteCount) })
        rig.settle()
        expectCompleted(rig)
    }

    @Test(arguments: SessionMode.allCases)
    func `a mebibyte each way comes through TLS 1.2`(mode: SessionMode) throws {
        let rig = try SessionRig(
            RigSetup(mode) {
                $0.byteCounts = PerSide(client: 1 << 20, upstream: 1 << 20)
                $0.contexts.versions = PerSide(client: .tls12, upstream: .tls12)
            }
        )
        rig.settle()
        expectCompleted(rig)
        #expect(rig.session.report.client?.version ?? .tls12 == .tls12)
        #expect(rig.session.report.upstream?.version ?? .tls12 == .tls12)
    }

    @Test(arguments: SessionMode.allCases, Cut.allCases)
    func `however the bytes are cut, all of them arrive`(mode: SessionMode, cut: Cut) throws {
        for seed in UInt64(0)..<(cut == .random ? 4 : 1) {
            let rig = try SessionRig(
                RigSetup(mode) {
                    $0.seed = seed
                    $0.cut(cut)
                    $0.byteCounts =
                        cut == .oneByte
                        ? PerSide(client: 100, upstream: 700) : PerSide(client: 30_000, upstream: 70_000)
                }
            )
            if cut == .oneByte { rig.transmitBytesMax = 1 }
            rig.settle()
            expectCompleted(rig)
        }
    }

    @Test(arguments: SessionMode.allCases, [1024, 1279, 4099, 256 * 1024])
    func `rings of any size carry all bytes`(mode: SessionMode, ringCapacity: Int) throws {
        for holdsTickets in [false, true] {
            let rig = try SessionRig(
                RigSetup(mode) {
                    $0.contexts.ringCapacity = ringCapacity
                    $0.contexts.holdsTickets = holdsTickets
                    $0.byteCounts = PerSide(client: 100_000, upstream: 100_000)
                }
            )
            rig.settle()
            expectCompleted(rig)
        }
    }

    @Test(arguments: SessionMode.allCases)
    func `the report counts the payload that came from each side`(mode: SessionMode) throws {
        let rig = try SessionRig(
            RigSetup(mode) {
                $0.byteCounts = PerSide(client: 1234, upstream: 56_789)
                $0.isKept = true
            }
        )
        rig.settle()
        let counts = rig.session.report.received
        if mode == .forward {
            #expect(
                counts
                    == PerSide(client: UInt64(rig.received.client.count), upstream: UInt64(rig.received.upstream.count))
            )
        } else {
            #expect(counts == PerSide(client: 1234, upstream: 56_789))
        }
    }

    @Test func `what is forwarded passes untouched, the ClientHello included`() throws {
        let rig = try SessionRig(
            RigSetup(.forward) {
                $0.byteCounts = PerSide(client: 5000, upstream: 70_000)
                $0.isKept = true
                $0.cut(.random)
            }
        )
        rig.settle()
        expectCompleted(rig)
        #expect(rig.received.client == rig.transmitted.upstream)
        #expect(rig.received.upstream == rig.transmitted.client)
        #expect(rig.client.summary?.version == .tls13)
        #expect(rig.session.report.client == nil)
    }

    @Test(arguments: [SessionMode.bridge], [TLSVersion.tls12, .tls13])
    func `a bridge speaks another version on each side`(mode: SessionMode, version: TLSVersion) throws {
        let other: TLSVersion = version == .tls12 ? .tls13 : .tls12
        let rig = try SessionRig(
            RigSetup(mode) {
                $0.contexts.versions = PerSide(client: version, upstream: other)
                $0.byteCounts = PerSide(client: 1000, upstream: 1000)
            }
        )
        rig.settle()
        expectCompleted(rig)
        #expect(rig.session.report.client?.version == version)
        #expect(rig.session.report.upstream?.version == other)
    }
}
