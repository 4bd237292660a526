import Foundation
import Sluice
import SluiceProxy
import Testing

/// Sessions of every kind over networks of every kind, by seed: what must hold holds after every step, and each ends for
/// a reason that what happened explains.
///
/// `SLUICE_SESSION_SEEDS=10000` runs more of them, `SLUICE_SESSION_SEED=17` one, both together so many from there on.
struct SessionSimulationTests {
    private static var seeds: Range<UInt64> {
        let environment = ProcessInfo.processInfo.environment
        let first = environment["SLUICE_SESSION_SEED"].flatMap { UInt64($0) }
        let count = environment["SLUICE_SESSION_SEEDS"].flatMap { UInt64($0) }
        return (first ?? 0)..<(first ?? 0) + (count ?? (first == nil ? 300 : 1))
    }

    @Test func `sessions of every kind end as what happened to them explains`() async throws {
        let seeds = Self.seeds
        let tally = await withTaskGroup(of: [SessionSimulation.Outcome].self) { group in
            for part in UInt64(0)..<2 {
                group.addTask {
                    stride(from: seeds.lowerBound + part, to: seeds.upperBound, by: 2).compactMap(Self.outcome)
                }
            }
            return await group.reduce(into: []) { $0 += $1 }
        }
        #expect(tally.count == seeds.count)
        guard seeds.count >= 300 else { return }
        let reasons = Set(tally.flatMap(\.ends).map(\.reason))
        // The proxy's own fault is the only end that isn't met.
        #expect(reasons == Set(SessionEnd.Reason.allCases).subtracting([.internalError]))
        #expect(tally.contains { $0.resumedCount > 0 })
        if seeds.count > 300 { print(summary(of: tally)) }
    }

    /// What a seed comes to; a failure is told with the line that shows it again.
    private static func outcome(of seed: UInt64) -> SessionSimulation.Outcome? {
        do {
            return try SessionSimulation(seed: seed).run()
        } catch {
            Issue.record("\(error)")
            return nil
        }
    }

    private func summary(of tally: [SessionSimulation.Outcome]) -> String {
        var counts: [SessionEnd.Reason: Int] = [:]
        for end in tally.flatMap(\.ends) { counts[end.reason, default: 0] += 1 }
        let ends = counts.sorted { $0.value > $1.value }.map { "\($0.key.rawValue) \($0.value)" }
        let steps = tally.reduce(0) { $0 + $1.stepCount }
        let bytes = tally.reduce(0) { $0 + $1.receivedByteCount }
        let resumed = tally.reduce(0) { $0 + $1.resumedCount }
        return
            "\(tally.count) seeds, \(steps) steps, \(bytes) bytes, \(resumed) resumed: \(ends.joined(separator: ", "))"
    }

    @Test(arguments: [UInt64(3), 14, 159, 265])
    func `a seed gives the same bytes each time`(seed: UInt64) throws {
        let first = try SessionSimulation(seed: seed).run()
        let second = try SessionSimulation(seed: seed).run()
        #expect(first == second)
    }

    @Test func `a byte that is lost, altered or doubled by the session would be noticed`() throws {
        let sabotages: [SessionRig.Sabotage] = [
            { offset, bytes in offset < 20_000 && offset + bytes.count >= 20_000 ? Array(bytes.dropLast()) : bytes },
            { offset, bytes in offset < 20_000 && offset + bytes.count >= 20_000 ? bytes + [bytes[0]] : bytes },
            { offset, bytes in
                offset < 20_000 && offset + bytes.count >= 20_000 ? [bytes[0] ^ 1] + bytes.dropFirst() : bytes
            },
        ]
        for sabotage in sabotages {
            let isFound = (UInt64(0)..<100).contains { seed in
                var simulation = SessionSimulation(seed: seed)
                simulation.sabotage = sabotage
                return (try? simulation.run()) == nil
            }
            #expect(isFound)
        }
    }
}
