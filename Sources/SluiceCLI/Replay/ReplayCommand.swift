import ArgumentParser
import SluicePOSIX
import SluiceReplay

/// `sluice replay`: recorded connections once more, with no network.
struct ReplayCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "replay",
        abstract: "Repeat recorded connections and compare every byte.",
        discussion: """
            A journal, as --record of connect and serve makes them, is what an engine was made from and each call of it. A \
            replay makes the engine again, repeats the calls with no network, and compares all that comes of them: \
            ciphertext and plaintext to the byte, counts, events, failures. It stops at the first difference and shows \
            where it is: the entry, the TLS record, the handshake message, and both sides' bytes.

            Standard output has a line for each journal, in the order of the paths, with the difference below one that \
            diverged, and a summary at its end. With --json each is an object on a line of its own.

            A journal that was recorded with another release of OpenSSL may diverge: the report says so.

            EXAMPLES
              sluice connect example.com:443 --record example.journal
              sluice replay example.journal
              sluice replay Fixtures/Captures              every *.journal below
              sluice replay --json --jobs 1 recordings | tail -1

            EXIT CODES
               0  all of the journals match
               5  standard output can't be written, or nobody reads it
               6  a replay came to something else than was recorded
              64  a journal can't be read, or an option can't be used
            """
    )

    @Argument(help: ArgumentHelp("Journals, and directories: every *.journal below one.", valueName: "path"))
    var paths: [String]

    @Option(
        help: ArgumentHelp("Replay so many journals at once. (default: one for each processor)", valueName: "count")
    )
    var jobs: Int?

    @Flag(help: "Write JSON: an object for each journal, and one for all of them.")
    var json = false

    @Flag(help: "Take journals whose last line is cut: their recorder was killed while it wrote.")
    var recover = false

    func validate() throws {
        if let jobs, !(1...Self.jobsMax).contains(jobs) {
            throw ValidationError("--jobs takes 1 to \(Self.jobsMax), not \(jobs).")
        }
    }

    func run() async throws {
        try await Console.reporting {
            let journals = try journalPaths()
            var report = ReplayReport(total: journals.count, isJSON: json)
            let work = OrderedWork(pieces: journals, jobs: jobs ?? Processors.count) { [recover] in
                JournalCheck($0, isCutAccepted: recover)
            }
            try await work.run { check in try report.add(check) }
            try report.finish()
            if report.reason != .clean { throw ExitCode(report.reason.rawValue) }
        }
    }

    private func journalPaths() throws -> [String] {
        try paths.flatMap { path throws in
            guard Files.isDirectory(path) else { return [path] }
            let found = try Files.paths(below: path, endingIn: ".journal")
            if found.isEmpty { throw UsageError("there is no *.journal below \(path)") }
            return found
        }
    }

    /// More than processors gain nothing; this keeps a typing error from reading a thousand journals into memory.
    private static let jobsMax = 256
}
