import Fixtures
import SluiceReplay
import SluiceSimulation
import Testing

/// Damaged captures: an error or fewer ClientHellos, never a trap.
struct HostileCaptureTests {
    @Test(arguments: Fixtures.packetCaptures)
    func `each beginning of a capture is read as far as it goes`(file: Fixtures.PacketCapture) throws {
        let bytes = file.bytes
        let whole = try ClientHelloImport(bytes)
        var most = 0
        for count in stride(from: 0, through: bytes.count, by: 13) {
            guard let found = try? ClientHelloImport(Array(bytes.prefix(count))) else {
                #expect(count < 24, "only a beginning that is no capture is refused")
                continue
            }
            #expect(found.clientHellos.count >= most)
            most = max(most, found.clientHellos.count)
        }
        #expect(most == whole.clientHellos.count)
    }

    @Test(arguments: Fixtures.packetCaptures, UInt64(0)..<4)
    func `a flipped bit reaches no trap`(file: Fixtures.PacketCapture, seed: UInt64) {
        var generator = SplitMix64(seed: seed)
        let bytes = file.bytes
        for _ in 0..<50 {
            var damaged = bytes
            let bit = Int.random(in: 0..<8 * bytes.count, using: &generator)
            damaged[bit / 8] ^= 1 << (bit % 8)
            _ = try? ClientHelloImport(damaged)
        }
    }

    @Test(arguments: [Fixtures.PacketCapture.tls13, .tls12, .cooked, .retry])
    func `a flipped bit in the first headers reaches no trap`(file: Fixtures.PacketCapture) {
        let bytes = file.bytes
        for bit in 0..<8 * 220 {
            var damaged = bytes
            damaged[bit / 8] ^= 1 << (bit % 8)
            _ = try? ClientHelloImport(damaged)
        }
    }

    @Test(arguments: Fixtures.packetCaptures, UInt64(0)..<4)
    func `giant, zero and random numbers anywhere reach no trap`(file: Fixtures.PacketCapture, seed: UInt64) {
        var generator = SplitMix64(seed: seed)
        let bytes = file.bytes
        for _ in 0..<50 {
            var damaged = bytes
            for _ in 0..<Int.random(in: 1...4, using: &generator) {
                let number = [0, .max, 0x7fff_ffff, UInt32.random(in: 0...(.max), using: &generator)]
                    .randomElement(using: &generator)
                let offset = Int.random(in: 0...bytes.count - 4, using: &generator)
                damaged.replaceSubrange(offset..<offset + 4, with: Frame.bytes(number ?? 0, .little))
            }
            _ = try? ClientHelloImport(damaged)
        }
    }

    @Test func `noise behind a good beginning reaches no trap`() {
        var generator = SplitMix64(seed: 1)
        let beginnings = [Frame.pcap([]), Frame.section() + Frame.interface(), Frame.section(order: .big), []]
        for round in 0..<2000 {
            let noise = (0..<Int.random(in: 0..<200, using: &generator)).map { _ in
                UInt8.random(in: 0...255, using: &generator) & (round.isMultiple(of: 2) ? 0x0f : 0xff)
            }
            _ = try? ClientHelloImport(beginnings[round % 4] + noise)
        }
    }

    @Test func `packets of noise reach no trap on any link`() throws {
        var generator = SplitMix64(seed: 2)
        for link in [0, 1, 101, 108, 113, 228, 229, 276] as [UInt16] {
            let packets = (0..<500).map { _ in
                var packet = (0..<Int.random(in: 0..<120, using: &generator)).map { _ in
                    UInt8.random(in: 0...255, using: &generator)
                }
                if link > 200, !packet.isEmpty { packet[0] = [0x45, 0x46, 0x60].randomElement(using: &generator) ?? 0 }
                return packet
            }
            _ = try ClientHelloImport(Frame.pcap(packets, link: link))
        }
    }
}
