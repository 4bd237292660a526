import Foundation
import SluicePOSIX
import SluiceProxyService
import Testing

struct ActivatedSocketsTests {
    private func activated(_ variables: [String: String]) throws -> ActivatedSockets {
        try ActivatedSockets(variables: variables, processID: 7)
    }

    @Test func `sockets have their names and their order`() throws {
        let variables = ["LISTEN_PID": "7", "LISTEN_FDS": "3", "LISTEN_FDNAMES": "https:admin:https"]
        let activated = try activated(variables)
        #expect(activated.sockets.map(\.descriptor) == [3, 4, 5])
        #expect(activated.named("https").map(\.descriptor) == [3, 5])
        #expect(activated.named("http").isEmpty)
    }

    @Test func `sockets without names are unknown`() throws {
        let activated = try activated(["LISTEN_PID": "7", "LISTEN_FDS": "2"])
        #expect(activated.sockets.map(\.name) == ["unknown", "unknown"])
    }

    @Test(arguments: [
        [:], ["LISTEN_FDS": "1"], ["LISTEN_PID": "7"], ["LISTEN_PID": "8", "LISTEN_FDS": "1"],
        ["LISTEN_PID": "7", "LISTEN_FDS": "0"],
    ])
    func `there are none that are meant for nobody or for others`(variables: [String: String]) throws {
        #expect(try activated(variables).sockets.isEmpty)
    }

    @Test(arguments: [
        ["LISTEN_PID": "x", "LISTEN_FDS": "1"], ["LISTEN_PID": "7", "LISTEN_FDS": "-1"],
        ["LISTEN_PID": "7", "LISTEN_FDS": "x"], ["LISTEN_PID": "7", "LISTEN_FDS": "9223372036854775807"],
        ["LISTEN_PID": "7", "LISTEN_FDS": "99999999999999999999"], ["LISTEN_PID": "7", "LISTEN_FDS": "257"],
        ["LISTEN_PID": "7", "LISTEN_FDS": "1", "LISTEN_FDNAMES": "a:b"],
        ["LISTEN_PID": "7", "LISTEN_FDS": "2", "LISTEN_FDNAMES": "a"],
    ])
    func `what can't be right is refused`(variables: [String: String]) {
        #expect(throws: ActivationError.self) { try activated(variables) }
    }

    @Test(.enabled(if: PeerProgram.isThere("systemd-socket-activate"), "no systemd-socket-activate"))
    func `what systemd's own tool says is understood`() async throws {
        let directory = try TestDirectory()
        let paths = [directory.file("a"), directory.file("b")]
        let text = try await offPool { try whatSystemdSays(listeningAt: paths) }
        let variables = text.split(separator: "\n").reduce(into: [String: String]()) { variables, line in
            let parts = line.split(separator: "=", maxSplits: 1).map(String.init)
            if parts.count == 2 { variables[parts[0]] = parts[1] }
        }
        let processID = try #require(variables["PID"].flatMap { Int32($0) })
        let activated = try ActivatedSockets(variables: variables, processID: processID)
        #expect(activated.sockets.map(\.name) == ["https", "admin"])
    }

    /// What a program has in its environment that systemd's tool starts, and its process ID as `PID`.
    private func whatSystemdSays(listeningAt paths: [String]) throws -> String {
        let tool = Process()
        let output = Pipe()
        tool.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        tool.arguments = [
            "systemd-socket-activate", "-l", paths[0], "-l", paths[1], "--fdname=https:admin", "sh", "-c",
            "echo PID=$$; env; exec 3>&- 4>&-",
        ]
        tool.standardOutput = output
        tool.standardError = FileHandle.nullDevice
        try tool.run()
        // It begins when somebody connects.
        while (try? UnixSocket.connect(to: paths[0], by: .after(.seconds(10)))) == nil, tool.isRunning {}
        let said = try output.fileHandleForReading.readToEnd() ?? Data()
        tool.waitUntilExit()
        return String(decoding: said, as: UTF8.self)
    }

    @Test func `sockets are taken once, and no child has them`() async {
        await #expect(processExitsWith: .success) {
            let directory = try TestDirectory()
            let listener = try SocketListener(path: directory.file("a"))
            let first = listener.descriptor.number
            _ = fcntl(first, F_SETFD, 0)
            setenv("LISTEN_PID", String(getpid()), 1)
            setenv("LISTEN_FDS", "1", 1)
            setenv("LISTEN_FDNAMES", "https", 1)
            let activated = try ActivatedSockets.take(from: first)
            let isClosedOnExec = fcntl(first, F_GETFD) & FD_CLOEXEC != 0
            let again = try ActivatedSockets.take(from: first)
            let isRight =
                activated.sockets.map(\.name) == ["https"] && isClosedOnExec && again.sockets.isEmpty
                && getenv("LISTEN_FDS") == nil
            exit(isRight ? 0 : 1)
        }
    }

    @Test func `what is no socket that listens isn't taken`() async {
        await #expect(processExitsWith: .success) {
            let first = open("/dev/null", O_RDONLY)
            setenv("LISTEN_PID", String(getpid()), 1)
            setenv("LISTEN_FDS", "1", 1)
            do {
                _ = try ActivatedSockets.take(from: first)
                exit(1)
            } catch {
                exit(0)
            }
        }
    }
}
