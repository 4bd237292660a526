import Fixtures
import Foundation

/// A `sluice proxy` by a configuration: one route that ends TLS, unless a test says otherwise.
final class ConfiguredProxy: Sendable {
    /// The program.
    let program: Program
    /// Where it listens, in the order of the configuration.
    let addresses: [String]
    /// Its configuration and whatever else a test puts there.
    let directory: TemporaryDirectory

    /// The port of the first listener.
    var port: String { portOf(addresses.first ?? "") }

    /// Starts one, and waits until it listens.
    ///
    /// - Parameters:
    ///   - configuration: Of the proxy; see ``ProxyText``.
    ///   - directory: Where it goes, as `proxy.yaml`.
    ///   - launcher: A program and its arguments that start another: `prlimit`, `setpriv`.
    ///   - environment: Added to this process's own.
    /// - Throws: Where it doesn't start.
    init(
        _ configuration: ProxyText,
        in directory: TemporaryDirectory? = nil,
        launcher: [String] = [],
        environment: [String: String?] = [:]
    ) throws {
        let directory = try directory ?? TemporaryDirectory()
        self.directory = directory
        let path = try directory.write(Array(configuration.text.utf8), to: "proxy.yaml")
        let words = launcher + [Program.sluicePath, "proxy", "--config", path]
        program = try Program(words[0], Array(words.dropFirst()), environment: environment)
        addresses = try program.lines(beginningWith: "listening on ", count: configuration.listeners.count)
    }

    /// Puts another configuration in place of its own, and has it read again.
    func reload(_ configuration: ProxyText) throws {
        _ = try directory.write(Array(configuration.text.utf8), to: "proxy.yaml")
        program.signal(SIGHUP)
    }

    /// Waits until so many lines of its log have these words.
    func log(_ words: String, times count: Int = 1, within limit: Duration = .seconds(30)) throws -> [String] {
        try program.errorLines(containing: words, count: count, within: limit)
    }

    /// Asks it to finish, and waits until it has.
    func stop() throws -> Program.Outcome {
        program.signal(SIGTERM)
        return try program.finish()
    }

    /// What the admin server says to a path; the address must be that of ``ProxyText/admin``.
    func ask(_ path: String, at admin: String) throws -> (status: Int, text: String) {
        let words = ["-q", "--silent", "--noproxy", "*", "--max-time", "10", "--write-out", "\\n%{http_code}"]
        let outcome = try Software.curl.run(words + ["http://\(admin)\(path)"])
        let lines = outcome.text.split(separator: "\n", omittingEmptySubsequences: false)
        return (lines.last.flatMap { Int($0) } ?? 0, lines.dropLast().joined(separator: "\n"))
    }

    /// The value of a metric with these labels, in any order; 0 where it doesn't tell.
    func metric(_ name: String, _ labels: String..., at admin: String) throws -> Double {
        let line = try ask("/metrics", at: admin).text.split(separator: "\n").first { line in
            line.hasPrefix(name) && labels.allSatisfy { line.contains($0) }
        }
        return line?.split(separator: " ").last.flatMap { Double($0) } ?? 0
    }

    /// Seconds of processors that it has used (proc(5)).
    var processorSeconds: Double {
        let text = (try? String(contentsOfFile: "/proc/\(program.id)/stat", encoding: .utf8)) ?? ""
        let fields = text[(text.lastIndex(of: ")") ?? text.startIndex)...].split(separator: " ")
        guard fields.count > 13 else { return 0 }
        return ((Double(fields[12]) ?? 0) + (Double(fields[13]) ?? 0)) / 100
    }

    /// Its resident memory in bytes (proc(5)).
    var residentBytes: Int {
        let text = (try? String(contentsOfFile: "/proc/\(program.id)/statm", encoding: .utf8)) ?? ""
        return text.split(separator: " ").dropFirst().first.flatMap { Int($0) }.map { $0 * Int(getpagesize()) } ?? 0
    }

    /// Its open descriptors.
    var descriptorCount: Int {
        (try? FileManager.default.contentsOfDirectory(atPath: "/proc/\(program.id)/fd").count) ?? 0
    }
}

/// The port at the end of an address.
func portOf(_ address: String) -> String { String(address.split(separator: ":").last ?? "") }

extension Program {
    /// Waits until so many whole lines of standard output begin so. Returns them without the beginning.
    func lines(beginningWith prefix: String, count: Int) throws -> [String] {
        try lines(count, "of output that begin with \"\(prefix)\"") { $0.hasPrefix(prefix) }
            .map { String($0.dropFirst(prefix.count)) }
    }

    /// Waits until so many lines of what it says have these words. Returns them.
    func errorLines(containing words: String, count: Int, within limit: Duration = .seconds(30)) throws -> [String] {
        try lines(count, "with \"\(words)\"", within: limit) { $0.contains(words) }
    }

    private func lines(
        _ count: Int,
        _ words: String,
        within limit: Duration = .seconds(30),
        _ fits: (Substring) -> Bool
    ) throws -> [String] {
        let deadline = ContinuousClock.now + limit
        while true {
            // What it says last comes before its end.
            let isLast = hasEnded(within: .zero) || ContinuousClock.now > deadline
            let found = said.split(separator: "\n").filter(fits)
            if found.count >= count { return found.map { String($0) } }
            if isLast { throw ProgramFailure(description: "not \(count) lines \(words):\n\(said)") }
            // A short wait for what must not happen yet, and no sleep.
            _ = hasEnded(within: .milliseconds(10))
        }
    }
}
