/// All that a run found, as it stands in JSON.
struct Results: Codable {
    let machine: Machine
    let options: RunOptions
    var works: [WorkResult] = []
    var memory: [MemoryResult] = []
    var allocations: [AllocationResult] = []
}

/// What a run was asked for.
struct RunOptions: Codable {
    let rounds: Int
    let scale: Double
    /// The core that all ran on.
    let core: Int
    /// Idle pairs.
    let pairs: Int
    /// Pairs alive at once.
    let crowd: Int
}

/// One work, done by several.
struct WorkResult: Codable {
    let work: Work
    let title: String
    let unit: Unit
    let series: [Series]

    /// The ratio of one peer to another, round by round; nil unless both were measured.
    func ratio(of peer: PeerKind, to other: PeerKind) -> Ratio? {
        guard let peer = series.first(where: { $0.peer == peer.rawValue }),
            let other = series.first(where: { $0.peer == other.rawValue })
        else { return nil }
        return Ratio(of: peer.samples, to: other.samples)
    }
}

/// One work, done by one.
struct Series: Codable {
    let peer: String
    /// The amount of each sample, in the work's unit.
    let amount: Int
    /// One figure a round.
    let samples: [Double]
    let median: Double
    /// (max - min) / median.
    let spread: Double
    /// Beside the C loop, where that was measured.
    let ofCLoop: Ratio?

    init(peer: String, amount: Int, samples: [Double], of reference: [Double]?) {
        self.peer = peer
        self.amount = amount
        self.samples = samples
        median = samples.median
        spread = samples.spread
        ofCLoop = reference.map { Ratio(of: samples, to: $0) }
    }
}

/// How samples compare with others of the same rounds.
struct Ratio: Codable {
    let median: Double
    let minimum: Double
    let maximum: Double

    init(of samples: [Double], to others: [Double]) {
        let ratios = zip(samples, others).map { $0 / $1 }
        median = ratios.median
        minimum = ratios.min() ?? .nan
        maximum = ratios.max() ?? .nan
    }
}

/// Memory of idle pairs in one state, in KiB a pair.
struct MemoryResult: Codable {
    let peer: String
    let state: IdleMemory.State
    /// Of the heap.
    let kibibytes: Double
    /// Of the process in memory.
    let residentKibibytes: Double?
    /// Ratios to what the C loop's pairs hold as made.
    let ofCLoop: Double?
    let residentOfCLoop: Double?

    init(peer: String, _ memory: IdleMemory, of reference: IdleMemory?) {
        self.peer = peer
        state = memory.state
        kibibytes = memory.heap / 1024
        residentKibibytes = memory.resident.map { $0 / 1024 }
        ofCLoop = reference.map { memory.heap / $0.heap }
        residentOfCLoop = memory.resident.flatMap { own in reference?.resident.map { own / $0 } }
    }
}

/// Allocations per TLS record in steady state.
struct AllocationResult: Codable {
    let peer: String
    let work: Work
    let all: Double
    let openSSL: Double
    /// What isn't OpenSSL's: Swift's, and with swift-nio-ssl its BoringSSL's.
    let rest: Double
}

extension [Double] {
    /// The middle one, or the mean of the two in the middle.
    var median: Double {
        precondition(!isEmpty, "there is no median of nothing: measure a round at least")
        let sorted = sorted()
        return (sorted[(count - 1) / 2] + sorted[count / 2]) / 2
    }

    /// (max - min) / median.
    var spread: Double { ((self.max() ?? .nan) - (self.min() ?? .nan)) / median }
}
