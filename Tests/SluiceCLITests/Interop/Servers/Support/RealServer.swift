import Foundation
import SluicePOSIX

/// A server on a free port of 127.0.0.1, with a home and a process group of its own.
///
/// It goes with its value, and with it whatever it started.
final class RealServer: Sendable {
    /// Where it listens: `127.0.0.1:40123`.
    let address: String
    /// Its files.
    let home: ServerHome
    private let program: Program
    private let afterEnd: @Sendable (ServerHome) -> Void

    /// Starts a server and waits until it accepts connections. It must stay in the foreground.
    ///
    /// `arguments` makes those for a port, and a configuration in the home if it needs one. `afterEnd` removes what a
    /// killed server leaves behind outside its home.
    init(
        _ software: Software,
        in home: ServerHome,
        afterEnd: @escaping @Sendable (ServerHome) -> Void = { _ in },
        _ arguments: (Int) throws -> [String]
    ) throws {
        self.home = home
        self.afterEnd = afterEnd
        (program, address) = try onFreePort { port in
            let program = try ServerUser.current.start(software, arguments(port))
            do {
                try Self.wait(until: program, acceptsOn: port)
            } catch {
                kill(-program.id, SIGKILL)
                throw error
            }
            return (program, "127.0.0.1:\(port)")
        }
    }

    deinit {
        // One that was stopped hears nothing. Those that take their time have nothing worth waiting for.
        signal(SIGCONT)
        program.signal(SIGTERM)
        if !program.hasEnded(within: .milliseconds(500)) { signal(SIGKILL) }
        signal(SIGKILL)
        afterEnd(home)
    }

    /// What it has said so far, for a test that fails.
    var log: String { program.said }

    /// Waits for a line with these words on its standard error.
    func waitForLog(containing words: String) throws {
        _ = try program.errorLine(containing: words)
    }

    /// Sends a signal to all of its processes.
    func signal(_ number: Int32) {
        for id in descendants(of: program.id) { kill(id, number) }
        kill(-program.id, number)
    }

    /// Stops all of its processes, and waits until none of their threads runs any more: SIGSTOP alone takes effect when
    /// one of them is scheduled next.
    func freeze() throws {
        signal(SIGSTOP)
        let deadline = Deadline.after(.seconds(20))
        while ([program.id] + descendants(of: program.id)).contains(where: Self.isRunning) {
            // A short wait for what must not happen, and no sleep.
            if deadline.isPassed || program.hasEnded(within: .milliseconds(5)) {
                throw ProgramFailure(description: "not stopped:\n\(program.said)")
            }
        }
    }

    /// Whether a thread of a process is in another state than `T`, which stands behind the name in parentheses.
    private static func isRunning(_ id: pid_t) -> Bool {
        let tasks = (try? FileManager.default.contentsOfDirectory(atPath: "/proc/\(id)/task")) ?? []
        return tasks.contains { task in
            let facts = (try? String(contentsOfFile: "/proc/\(id)/task/\(task)/stat", encoding: .utf8)) ?? ""
            return !facts.isEmpty && !facts[(facts.lastIndex(of: ")") ?? facts.startIndex)...].hasPrefix(") T ")
        }
    }

    /// Its processes wherever they are: PostgreSQL gives each a session of its own.
    private func descendants(of id: pid_t) -> [pid_t] {
        let children = try? String(contentsOfFile: "/proc/\(id)/task/\(id)/children", encoding: .utf8)
        return (children ?? "").split(separator: " ").compactMap { pid_t($0) }.flatMap { [$0] + descendants(of: $0) }
    }

    private static func wait(until program: Program, acceptsOn port: Int) throws {
        let deadline = Deadline.after(.seconds(20))
        guard let place = HostPort("127.0.0.1:\(port)") else { throw ProgramFailure(description: "no port \(port)") }
        while !deadline.isPassed {
            do {
                _ = try TCP.connect(to: place, by: deadline)
                return
            } catch {
                guard !program.hasEnded(within: .milliseconds(20)) else { break }
            }
        }
        throw ProgramFailure(description: "not listening on port \(port):\n\(program.said)")
    }
}
