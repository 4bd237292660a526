import ArgumentParser
import CHeap

/// Allocations per record: the difference between twice an amount and once, so that connections don't count.
struct CountAllocations: ChildCommand {
    static let name = "allocations"
    static let configuration = CommandConfiguration(
        commandName: name,
        abstract: "Count the allocations per record of one peer.",
        shouldDisplay: false
    )

    @Option(help: "The peer, by name or a part of it.")
    var peer: PeerKind

    func answer() throws -> [AllocationResult] {
        guard cheap_tell_openssl_apart() == 1 else {
            throw PeerFailure(peer: peer.rawValue, words: "OpenSSL was used before its allocations could be counted")
        }
        let worker = try peer.made(crowdPairs: 1)
        let works: [(work: Work, amount: Int, records: Int)] = [(.bulk16K, 16, 16 * 64), (.pingPong, 500, 1000)]
        return try works.filter { worker.works.contains($0.work) }.map { work, amount, records in
            _ = try worker.run(work, amount: amount)
            let once = try Count(worker, work, amount: amount)
            let twice = try Count(worker, work, amount: 2 * amount)
            let all = Double(twice.all - once.all) / Double(records)
            let openSSL = Double(twice.openSSL - once.openSSL) / Double(records)
            return AllocationResult(
                peer: peer.rawValue,
                work: work,
                all: all,
                openSSL: openSSL,
                rest: all - openSSL
            )
        }
    }

    /// Allocations of one run.
    private struct Count {
        let all: Int
        let openSSL: Int

        init(_ worker: any Worker, _ work: Work, amount: Int) throws {
            let (all, openSSL) = (cheap_allocations(), cheap_openssl_allocations())
            _ = try worker.run(work, amount: amount)
            self.all = Int(cheap_allocations() - all)
            self.openSSL = Int(cheap_openssl_allocations() - openSSL)
        }
    }
}
