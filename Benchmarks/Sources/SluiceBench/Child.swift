import ArgumentParser
import CHeap
import Foundation

/// A part of the comparison that a process of its own does, and answers with a line of JSON.
protocol ChildCommand: ParsableCommand {
    associatedtype Answer: Codable
    func answer() throws -> Answer
}

extension ChildCommand {
    func run() throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys]
        print(String(decoding: try encoder.encode(answer()), as: UTF8.self))
    }
}

/// This program once more.
enum Child {
    /// Runs a command for a peer and takes its answer. It inherits the core.
    static func run<Command: ChildCommand>(
        _ command: Command.Type,
        _ peer: PeerKind,
        _ arguments: [String]
    ) throws -> Command.Answer {
        let arguments = [Command._commandName, "--peer", peer.rawValue] + arguments
        let output = try output(of: Bundle.main.executablePath ?? CommandLine.arguments[0], arguments)
        return try JSONDecoder().decode(Command.Answer.self, from: output)
    }

    /// What a program prints. Its errors go where ours go.
    static func output(of path: String, _ arguments: [String]) throws -> Data {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: path)
        process.arguments = arguments
        let pipe = Pipe()
        process.standardOutput = pipe
        try process.run()
        let output = try pipe.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        guard process.terminationReason == .exit, process.terminationStatus == 0 else {
            throw Failure(command: ([path] + arguments).joined(separator: " "))
        }
        return output
    }

    /// A process that didn't do its part; it has said why itself.
    struct Failure: Error, CustomStringConvertible {
        let command: String
        var description: String { "failed: \(command)" }
    }
}

/// One work of one peer, once: for profilers, and for crowds.
struct DoWork: ChildCommand {
    static let configuration = CommandConfiguration(
        commandName: "work",
        abstract: "Do one work of one peer once, after its setup.",
        shouldDisplay: false
    )

    @Option(help: "The peer, by name or a part of it.")
    var peer: PeerKind

    @Option(help: "The work: W1, W3-16K.")
    var work: Work

    @Option(help: "Handshakes, round trips, or MiB.")
    var amount: Int

    @Option(help: "Pairs that are alive at once (W7).")
    var crowd = 20_000

    struct Answer: Codable {
        let amount: Int
        let seconds: Double
    }

    func answer() throws -> Answer {
        let worker = try peer.made(crowdPairs: crowd)
        guard work != .idle, worker.works.contains(work) else {
            throw ValidationError("\(peer.rawValue) can't do \(work.rawValue) here.")
        }
        return Answer(amount: amount, seconds: try worker.run(work, amount: amount) / .seconds(1))
    }
}

/// The memory of idle pairs, in a heap that nothing else has used.
struct HoldIdle: ChildCommand {
    static let configuration = CommandConfiguration(
        commandName: "idle",
        abstract: "Measure what idle pairs of one peer hold.",
        shouldDisplay: false
    )

    @Option(help: "The peer, by name or a part of it.")
    var peer: PeerKind

    @Option(help: "How many pairs.")
    var pairs = 5000

    struct Answer: Codable {
        /// Bytes a pair.
        let asMade: Double
        let hibernated: Double?
    }

    func answer() throws -> Answer {
        guard let peer = try peer.made(crowdPairs: 1) as? any Peer else {
            throw ValidationError("\(peer.rawValue) makes no connections.")
        }
        let memory = try peer.idleMemory(pairs: pairs)
        return Answer(asMade: memory.asMade, hibernated: memory.hibernated)
    }
}

/// Allocations per record: the difference between twice an amount and once, so that connections don't count.
struct CountAllocations: ChildCommand {
    static let configuration = CommandConfiguration(
        commandName: "allocations",
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

extension PeerKind {
    /// The peer alone, with material of its own.
    fileprivate func made(crowdPairs: Int) throws -> any Worker {
        try make(Material(), crowdPairs: crowdPairs)
    }
}
