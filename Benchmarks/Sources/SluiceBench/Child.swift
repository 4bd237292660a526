import ArgumentParser
import Foundation

/// A part of the comparison that a process of its own does, and answers with a line of JSON.
protocol ChildCommand: ParsableCommand {
    associatedtype Answer: Codable
    /// As it stands on the command line.
    static var name: String { get }
    /// Does the part.
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
        let arguments = [Command.name, "--peer", peer.rawValue] + arguments
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

extension PeerKind {
    /// The peer alone, with material of its own.
    func made(crowdPairs: Int) throws -> any Worker {
        try make(Material(), crowdPairs: crowdPairs)
    }
}
