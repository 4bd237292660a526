import Fixtures
import Foundation
import Testing

/// The ways of `sluice connect` to a peer.
struct RouteTests {
    private static let root = Fixtures.path("root.pem")

    private static func connect(_ arguments: [String], input: [UInt8] = []) throws -> Program.Outcome {
        try Program.runSluice(["connect", "--ca", root] + arguments, input: input)
    }

    @Test(.needs(.socat))
    func `a Unix socket leads to a server`() throws {
        let server = try SluiceServer(["--echo"])
        let directory = try TemporaryDirectory()
        let path = directory.path("socket")
        let socat = try Software.socat.start(["-d", "-d", "UNIX-LISTEN:\(path)", "TCP:\(server.address)"])
        _ = try socat.errorLine(containing: "listening on")
        let outcome = try Self.connect(["--unix", path, "--server-name", "server.test"], input: pattern(300_000))
        #expect(outcome.status == 0, "\(outcome.errors)")
        #expect(outcome.output.elementsEqual(pattern(300_000)))
    }

    @Test func `a path at which nobody listens is named`() throws {
        let outcome = try Self.connect(["--unix", "/no/such/socket", "server.test"])
        #expect(outcome.status == 64)
        #expect(outcome.errors.contains("/no/such/socket"))
    }

    @Test(.needs(.socat), arguments: ["%h:%p", "localhost:%p"])
    func `a command leads to a server`(place: String) throws {
        let server = try SluiceServer(["--echo"])
        let command = "exec socat - TCP:\(place)"
        let outcome = try Self.connect(["localhost:\(server.port)", "--exec", command], input: pattern(300_000))
        #expect(outcome.status == 0, "\(outcome.errors)")
        #expect(outcome.output.elementsEqual(pattern(300_000)))
    }

    @Test(.needs(.socat))
    func `STARTTLS goes through a command`() throws {
        let server = try ScriptedServer([("", "220 hi\r\n"), ("AUTH TLS\r\n", "234 go\r\n")])
        let command = ["--exec", "socat - TCP:127.0.0.1:\(server.port)", "--starttls", "ftp"]
        let outcome = try Self.connect(command + ["--server-name", "server.test"], input: [7])
        #expect(outcome.status == 0 && outcome.output == [7], "\(outcome.errors)")
    }

    @Test(arguments: [[], ["--starttls", "smtp"]])
    func `a command that isn't there is a failure of the way`(arguments: [String]) throws {
        let outcome = try Self.connect(["server.test", "--exec", "/no/such/command"] + arguments)
        #expect(outcome.status == 5)
        #expect(outcome.errors.contains("the command \"/no/such/command\" ended with exit code 127"))
    }

    @Test func `a command that says nothing is given up`() throws {
        let outcome = try Self.connect(["server.test", "--exec", "cat > /dev/null; :", "--timeout", "0.3"])
        #expect(outcome.status == 5)
        #expect(outcome.errors.contains("in time") && !outcome.errors.contains("ended with"))
    }

    @Test func `a command is gone when sluice is`() throws {
        let outcome = try Self.connect(["server.test", "--exec", "echo $$ >&2; cat > /dev/null; :", "--timeout", "0.3"])
        let number = try #require(outcome.errors.split(separator: "\n").first)
        #expect(try Program("/bin/sh", ["-c", "kill -0 \(number)"]).finish().status != 0)
    }

    @Test(.needs(.setsid))
    func `without a terminal all that a command started is gone, too`() throws {
        let command = "sleep 1000 & echo $! >&2; sleep 1000; :"
        let arguments = ["connect", "server.test", "--exec", command, "--timeout", "0.3"]
        let outcome = try Software.setsid.run(["--wait", Program.sluicePath] + arguments)
        let number = try #require(outcome.errors.split(separator: "\n").first.flatMap { pid_t($0) })
        #expect(!isRunning(number))
    }

    @Test func `a command isn't told the secrets of sluice`() throws {
        let secrets = ["SLUICE_PASSPHRASE=tell-nobody", "SLUICE_PROXY_CREDENTIALS=tell-nobody:this"]
        let arguments = ["connect", "server.test", "--exec", "echo environment >&2; env | grep tell >&2; :"]
        let outcome = try Program("/usr/bin/env", secrets + [Program.sluicePath] + arguments).finish()
        #expect(outcome.errors.contains("environment\n") && !outcome.errors.contains("tell-nobody"))
    }

    @Test(.needs(.script))
    func `a command may ask at the terminal`() throws {
        let command = "read answer < /dev/tty; echo \"got $answer\" > /dev/tty"
        let words = "'\(Program.sluicePath)' connect server.test --exec '\(command)' --timeout 20"
        let outcome = try Software.script.run(["-qec", words, "/dev/null"], input: Array("a word\n".utf8))
        #expect(outcome.text.contains("got a word"), "\(outcome.text)")
    }

    @Test(.needs(.socat))
    func `a connection that is cut off behind a command is no clean end`() throws {
        let server = try RawServer { peer in try peer.echoOverTLS(untilBytes: 1) }
        let command = "exec socat - TCP:127.0.0.1:\(server.port)"
        // Bytes that it leaves unread, a close_notify say, would make its end a reset.
        let client = try Program.sluice(["connect", "--ca", Self.root, "server.test", "--exec", command])
        client.write([1])
        let outcome = try client.finish()
        #expect(outcome.status == 4 && outcome.output == [1])
        #expect(outcome.errors.contains("truncated: ") && outcome.errors.contains("ended with exit code 0"))
    }

    @Test(arguments: [
        ("%p", "server.test", "%p"), ("%h", nil, "%h"), ("%x", "server.test", "%"), ("x %", "server.test", "%"),
        ("%h", "a;b", "a;b"),
    ])
    func `a command with something unknown in it isn't started`(command: String, peer: String?, told: String) throws {
        let peer = (peer.map { [$0] } ?? []) + ["--server-name", "server.test"]
        let outcome = try Self.connect(peer + ["--exec", "echo started >&2 #" + command])
        #expect(outcome.status == 64)
        #expect(outcome.errors.contains(told) && !outcome.errors.contains("started\n"))
    }

    @Test func `two percent signs are one`() throws {
        let outcome = try Self.connect(["server.test", "--exec", "echo 100%% >&2"])
        #expect(outcome.errors.contains("100%\n"))
    }

    @Test(.needs(.bash), arguments: ["3", "3,3"])
    func `a socket that is open already leads to a server, and waits again afterwards`(numbers: String) throws {
        let server = try SluiceServer(["--echo"])
        let flags = "grep flags /proc/$$/fdinfo/3 >&2 || echo flags >&2"
        let command = "'\(Program.sluicePath)' connect --fd \(numbers) --server-name server.test --ca '\(Self.root)' -q"
        let script = "exec 3<>/dev/tcp/127.0.0.1/\(server.port); \(flags); \(command); \(flags)"
        let outcome = try Software.bash.run(["-c", script], input: pattern(100_000))
        #expect(outcome.output.elementsEqual(pattern(100_000)))
        let lines = outcome.errors.split(separator: "\n")
        #expect(lines.count == 2 && lines.first == lines.last, "\(outcome.errors)")
    }

    @Test(.needs(.socat))
    func `two descriptors lead to a server`() throws {
        let server = try SluiceServer(["--echo"])
        let directory = try TemporaryDirectory()
        let (up, down) = (directory.path("up"), directory.path("down"))
        let command = "'\(Program.sluicePath)' connect --fd 4,3 --server-name server.test --ca '\(Self.root)'"
        let script = """
            mkfifo '\(up)' '\(down)'
            socat - TCP:\(server.address) < '\(up)' > '\(down)' &
            \(command) 3> '\(up)' 4< '\(down)'
            """
        let program = try Program("/bin/sh", ["-c", script])
        program.write(pattern(100_000))
        program.closeInput()
        let outcome = try program.finish()
        #expect(outcome.status == 0, "\(outcome.errors)")
        #expect(outcome.output.elementsEqual(pattern(100_000)))
    }

    @Test(.needs(.socat), arguments: ["", ",115200"])
    func `a serial line leads to a server`(speed: String) throws {
        let server = try SluiceServer(["--echo"])
        let directory = try TemporaryDirectory()
        let line = directory.path("line")
        let socat = try Software.socat.start(["-d", "-d", "PTY,raw,echo=0,link=\(line)", "TCP:\(server.address)"])
        _ = try socat.errorLine(containing: "starting data transfer loop")
        let outcome = try Self.connect(["server.test", "--tty", line + speed], input: pattern(100_000))
        #expect(outcome.status == 0, "\(outcome.errors)")
        #expect(outcome.output.elementsEqual(pattern(100_000)))
    }

    @Test(arguments: [
        (["--tty", "/dev/null"], "no terminal"), (["--tty", "/no/such/line"], "/no/such/line"),
        (["--unix", String(repeating: "x", count: 200)], "too long"), (["--unix", ""], "empty"),
    ])
    func `what can be no way is named`(options: [String], told: String) throws {
        let outcome = try Self.connect(["server.test"] + options)
        #expect(outcome.status == 64)
        #expect(outcome.errors.contains(told))
    }
}
