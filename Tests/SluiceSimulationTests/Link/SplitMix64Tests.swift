import SluiceSimulation
import Testing

/// The generator of everything that a seed decides.
struct SplitMix64Tests {
    @Test func `a seed gives the numbers that it gives everywhere`() {
        var generator = SplitMix64(seed: 1_234_567)
        // The reference implementation's, prng.di.unimi.it/splitmix64.c.
        #expect(generator.next() == 6_457_827_717_110_365_317)
        #expect(generator.next() == 3_203_168_211_198_807_973)
    }

    @Test(arguments: [0...0, -5...5, 1...2000, Int.min...Int.max, Int.max - 1...Int.max])
    func `numbers are within their range`(range: ClosedRange<Int>) {
        var generator = SplitMix64(seed: 1)
        #expect((0..<1000).allSatisfy { _ in range.contains(generator.number(in: range)) })
    }

    @Test func `small ranges are covered, chances are kept`() {
        var generator = SplitMix64(seed: 2)
        #expect(Set((0..<200).map { _ in generator.number(in: 1...6) }) == [1, 2, 3, 4, 5, 6])
        let hits = (0..<10_000).filter { _ in generator.chance(0.25) }.count
        #expect((2300...2700).contains(hits))
        #expect(!(0..<1000).contains { _ in generator.chance(0) })
        #expect((0..<1000).allSatisfy { _ in generator.chance(1) })
    }

    @Test(arguments: [Duration.seconds(-1), .zero, .milliseconds(3), .seconds(Int64.max)])
    func `a moment lies before its end`(end: Duration) {
        var generator = SplitMix64(seed: 3)
        #expect((0..<100).allSatisfy { _ in (.zero...max(.zero, end)).contains(generator.duration(upTo: end)) })
    }

    @Test func `a path from a seed leads to a seed of its own`() {
        let seeds = (0..<100).flatMap { step in [SplitMix64.seed(1, path: step), SplitMix64.seed(1, path: step, step)] }
        #expect(Set(seeds).count == 200)
        #expect(SplitMix64.seed(1, path: 2, 3) == SplitMix64.seed(1, path: 2, 3))
        #expect(SplitMix64.seed(1, path: 2, 3) != SplitMix64.seed(1, path: 3, 2))
    }
}
