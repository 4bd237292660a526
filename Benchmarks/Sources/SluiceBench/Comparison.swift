/// Has every peer do the same work, in turns.
struct Comparison {
    let entrants: [Entrant]
    let options: RunOptions
    let console: Console

    /// Sample length at scale 1.
    private static let sampleSeconds = 0.4
    /// Each sample of a crowd makes its pairs first.
    private static let crowdRoundsMax = 3
    /// Times that a crowd is gone through in a sample.
    private static let crowdPasses = 5

    /// Measures those that can do the work.
    func run(_ work: Work) throws -> WorkResult {
        let able = entrants.filter { $0.worker.works.contains(work) }
        let amounts = try able.map { try amount(of: work, for: $0) }
        let rounds = work == .crowd ? min(options.rounds, Self.crowdRoundsMax) : options.rounds
        var samples: [[Double]] = able.map { _ in [] }
        for round in 0..<rounds {
            for turn in able.indices {
                // Another goes first in each round: what one leaves behind shouldn't always meet the same next one.
                let index = (turn + round) % able.count
                console.showProgress("\(work.rawValue) round \(round + 1) of \(rounds): \(able[index].kind.rawValue)")
                let seconds = try seconds(of: work, amount: amounts[index], by: able[index])
                samples[index].append(work.figure(amount: amounts[index], seconds: seconds))
            }
        }
        console.clearProgress()
        let reference = able.firstIndex { $0.kind == .cLoop }.map { samples[$0] }
        let series = able.indices.map { index in
            Series(peer: able[index].kind.rawValue, amount: amounts[index], samples: samples[index], of: reference)
        }
        return WorkResult(work: work, title: work.title, unit: work.unit, series: series)
    }

    /// Warms up and takes the pace: a slow peer gets less to do, in about the same time.
    private func amount(of work: Work, for entrant: Entrant) throws -> Int {
        if work == .crowd { return options.crowd * Self.crowdPasses }
        console.showProgress("\(work.rawValue) warm-up: \(entrant.kind.rawValue)")
        let sampleSeconds = Self.sampleSeconds * options.scale
        let warmUp = work.warmUpAmount(sampleSeconds: sampleSeconds)
        let seconds = try seconds(of: work, amount: warmUp, by: entrant)
        return max(1, Int(Double(warmUp) / seconds * sampleSeconds))
    }

    private func seconds(of work: Work, amount: Int, by entrant: Entrant) throws -> Double {
        if work == .crowd {
            let arguments = ["--work", work.rawValue, "--amount", "\(amount)", "--crowd", "\(options.crowd)"]
            return try Child.run(DoWork.self, entrant.kind, arguments).seconds
        }
        return try entrant.worker.run(work, amount: amount) / .seconds(1)
    }

    /// Measures what idle pairs hold, each peer in a heap of its own.
    func idleMemory() throws -> [MemoryResult] {
        let able = entrants.filter { $0.worker.works.contains(.idle) }
        let memory = try able.map { entrant in
            console.showProgress("W5: \(entrant.kind.rawValue)")
            return try Child.run(HoldIdle.self, entrant.kind, ["--pairs", "\(options.pairs)"])
        }
        console.clearProgress()
        let reference = able.firstIndex { $0.kind == .cLoop }.flatMap { index in
            memory[index].first { $0.state == .asMade }
        }
        return zip(able, memory).flatMap { entrant, states in
            states.map { MemoryResult(peer: entrant.kind.rawValue, $0, of: reference) }
        }
    }

    /// Counts allocations, each peer in a process of its own, as OpenSSL has to be told before it starts.
    func allocations() throws -> [AllocationResult] {
        let counts = try entrants.filter(\.kind.isInProcess).flatMap { entrant in
            console.showProgress("allocations: \(entrant.kind.rawValue)")
            return try Child.run(CountAllocations.self, entrant.kind, [])
        }
        console.clearProgress()
        return counts
    }
}
