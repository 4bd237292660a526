import Sluice
import SluiceProxyService
import SluiceSimulation
import Testing

struct TicketKeyringTests {
    private var numbers = SplitMix64(seed: 1)

    @Test mutating func `a new key issues when the old one's time is over`() throws {
        var ring = TicketKeyring(rotation: .seconds(60), at: .seconds(100), using: &numbers)
        let first = ring.keys
        #expect(first.count == 1 && ring.nextRotation == .seconds(160))
        #expect(!ring.rotate(at: .seconds(159), using: &numbers) && ring.keys == first)
        #expect(ring.rotate(at: .seconds(160), using: &numbers))
        #expect(ring.keys.count == 2 && ring.keys.last == first.first && ring.keys.first != first.first)
        #expect(ring.nextRotation == .seconds(220))
    }

    @Test mutating func `two old keys are accepted, and then forgotten`() {
        var ring = TicketKeyring(rotation: .seconds(60), at: .zero, using: &numbers)
        var issued: [SessionTicketKey] = []
        for step in 1...10 {
            issued.append(ring.keys[0])
            #expect(ring.rotate(at: .seconds(60 * step), using: &numbers))
            #expect(Array(ring.keys.dropFirst()) == issued.suffix(2).reversed())
        }
        #expect(Set(issued).count == 10)
    }

    @Test(arguments: [(1, 1), (119, 1), (120, 0), (180, 0), (100_000_000, 0)])
    mutating func `after a long rest old keys are gone`(late: Int, kept: Int) {
        var ring = TicketKeyring(rotation: .seconds(60), at: .zero, using: &numbers)
        #expect(ring.rotate(at: .seconds(60 + late), using: &numbers))
        #expect(ring.keys.count == 1 + kept)
    }
}
