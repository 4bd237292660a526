import Sluice
import Testing

struct RandomSeedTests {
    @Test(arguments: [0, 1, 31, 33, 64])
    func `a seed of any other length is refused`(count: Int) {
        #expect(RandomSeed(bytes: [UInt8](repeating: 1, count: count)) == nil)
    }

    @Test func `a seed is its bytes`() {
        let bytes = [UInt8](0..<32)
        #expect(RandomSeed(bytes: bytes)?.bytes == bytes)
    }

    @Test func `seeds of the system differ`() throws {
        let seeds = try Set((0..<100).map { _ in try RandomSeed.random() })
        #expect(seeds.count == 100)
        #expect(seeds.allSatisfy { $0.bytes.count == 32 })
    }

    @Test func `seeds of numbers and of purposes differ, and are the same again`() {
        let numbers = (0..<50).map { RandomSeed(dangerouslyPredictable: $0) }
        let purposes = ["", "a", "b", "aa"].map { numbers[0].derived(for: $0) }
        #expect(Set(numbers + purposes).count == 54)
        #expect(numbers[7] == RandomSeed(dangerouslyPredictable: 7))
        #expect(purposes[1] == numbers[0].derived(for: "a"))
    }

    @Test func `a seed doesn't show itself`() throws {
        let seed = try #require(RandomSeed(bytes: [UInt8](repeating: 0xAB, count: 32)))
        var text = "\(seed) \(String(reflecting: seed))"
        dump(seed, to: &text)
        #expect(!text.contains("171") && !text.lowercased().contains("ab, ab") && !text.contains("abab"))
    }
}
