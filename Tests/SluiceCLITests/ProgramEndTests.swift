import Fixtures
import Foundation
import Testing

/// How programs of `sluice serve --exec` end, and what they can't do to others.
struct ProgramEndTests {
    @Test(arguments: [9 as Int32, 15])
    func `a program is asked to end when its client is gone`(signal: Int32) throws {
        let server = try SluiceServer([
            "--exec", "trap 'echo asked >&2; exit' TERM; echo ready; while :; do sleep 0.1; done",
        ])
        let client = try client(of: server)
        _ = try client.line(beginningWith: "ready")
        client.signal(signal)
        _ = try server.program.errorLine(beginningWith: "asked")
    }

    @Test func `a program that prints and won't end is killed when its client is gone`() throws {
        let server = try SluiceServer([
            "--max-connections", "1", "--exec", "trap '' TERM PIPE; echo $$; read x; exec yes",
        ])
        let first = try client(of: server)
        let number = try #require(pid_t(first.line(beginningWith: "")))
        first.signal(9)
        // The next one is taken in once nothing is left of the first one.
        let second = try client(of: server)
        #expect(try second.line(beginningWith: "") != "\(number)")
        #expect(kill(number, 0) != 0)
    }

    @Test(arguments: [
        "exec sleep 1000", "trap '' TERM; while :; do sleep 0.1; done", "exec cat",
        "sh -c 'trap \"\" TERM; echo $$; sleep 1000; sleep 1000'; true",
    ])
    func `a signal to the server ends programs, whatever they do`(command: String) throws {
        let server = try SluiceServer(["--exec", command.hasPrefix("sh") ? command : "echo $$; \(command)"])
        let clients = try (0..<3).map { _ in try client(of: server) }
        let numbers = try clients.map { try $0.line(beginningWith: "") }
        #expect(try server.stop().status == 0)
        for number in numbers { #expect(!isRunning(try #require(pid_t(number)))) }
        // What a program that took its input's end for its own has printed is whole; others were cut short.
        for client in clients { #expect(try client.finish().status == (command == "exec cat" ? 0 : 4)) }
    }

    @Test func `an idle program is let go with its client`() throws {
        let server = try SluiceServer(["--idle-timeout", "0.05", "--exec", "echo $$; exec cat"])
        let client = try client(of: server)
        let number = try #require(pid_t(client.line(beginningWith: "")))
        #expect(try client.finish().status == 0)
        #expect(try server.stop().status == 0)
        #expect(kill(number, 0) != 0)
    }

    @Test func `a program that never reads takes no memory, and nobody else's turn`() throws {
        let server = try SluiceServer(["--exec", "read line; case $line in stay) exec sleep 100;; *) exec cat;; esac"])
        let before = try memoryOfOneClient(of: server)
        let stuck = try (0..<8).map { _ in try client(of: server) }
        for client in stuck { client.write(Array("stay\n".utf8) + pattern(5_000_000)) }
        let outcome = try Program.connect(to: server.port, input: Array("go\n".utf8) + pattern(5_000_000))
        #expect(outcome.status == 0)
        expectSame(outcome.output, pattern(5_000_000))
        let after = try peakMemory(of: server.program)
        #expect(after < before + 10_000_000)
        #expect(try server.stop().status == 0)
    }

    @Test func `a flood that nobody reads takes no memory, and nobody else's turn`() throws {
        let server = try SluiceServer(["--exec", "read line && exec cat /dev/zero"])
        let before = try memoryOfOneClient(of: server)
        let stopped = try (0..<8).map { _ in try client(of: server) }
        for client in stopped {
            client.write("go\n")
            _ = try client.output(ofAtLeast: 1)
            client.signal(19)
        }
        let reader = try client(of: server)
        reader.write("go\n")
        _ = try reader.output(ofAtLeast: 20_000_000)
        let after = try peakMemory(of: server.program)
        #expect(after < before + 10_000_000)
        for client in stopped { client.signal(9) }
        reader.signal(9)
        #expect(try server.stop().status == 0)
    }

    /// What a server needs to serve a client to its end, in bytes.
    private func memoryOfOneClient(of server: SluiceServer) throws -> Int {
        _ = try Program.connect(to: server.port)
        return try peakMemory(of: server.program)
    }

    /// The most bytes that a program has had in memory at a time.
    private func peakMemory(of program: Program) throws -> Int {
        let status = try String(contentsOfFile: "/proc/\(program.id)/status", encoding: .utf8)
        let line = try #require(status.split(separator: "\n").first { $0.hasPrefix("VmHWM:") })
        return try #require(line.split(whereSeparator: \.isWhitespace).dropFirst().first.flatMap { Int($0) }) * 1024
    }
}
