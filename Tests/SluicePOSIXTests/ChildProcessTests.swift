import Foundation
import SluicePOSIX
import Testing

struct ChildProcessTests {
    @Test func `what goes in comes out, and the end with it`() throws {
        var program = try ChildProcess(shell: "exec cat")
        let bytes = pattern(200_000)
        var (sent, read): (Int, [UInt8]) = (0, [])
        while read.count < bytes.count {
            if sent < bytes.count {
                let piece = bytes[sent..<min(sent + 10_000, bytes.count)]
                if case .moved(let count) = try program.send(piece) { sent += count }
            }
            try program.wait(for: sent < bytes.count ? [.readable, .writable] : .readable, by: .soon)
            read += try program.read(atMost: 50_000).1
        }
        #expect(read == bytes)
        let running = program.exitStatus()
        #expect(running == nil)
        program.finishSending()
        try program.wait(for: .readable, by: .soon)
        let (end, _) = try program.read(atMost: 1)
        #expect(end == .ended)
        let status = program.exitStatus(by: .soon)
        #expect(status == .exited(0))
    }

    @Test(arguments: [
        ("exit 3", "exit code 3"), ("kill -9 $$", "signal 9"), ("nothing-like-this 2>/dev/null", "exit code 127"),
    ])
    func `how it ended is told`(command: String, words: String) throws {
        var program = try ChildProcess(shell: command)
        let status = program.exitStatus(by: .soon)
        #expect(status?.description == words)
        let told = program.endWords()
        #expect(told == "the command \"\(command)\" ended with \(words)")
    }

    @Test(arguments: ["trap '' TERM; ", ""])
    func `letting it go ends it, whatever it started`(trap: String) throws {
        let directory = try TemporaryDirectory()
        let path = directory.path("number")
        do {
            var program = try ChildProcess(
                shell: "\(trap)sh -c 'trap \"\" TERM; sleep 1000; true' & echo $! > '\(path)'; echo; wait"
            )
            try program.wait(for: .readable, by: .soon)
            _ = try program.read(atMost: 1)
        }
        let number = try #require(pid_t(String(contentsOfFile: path, encoding: .utf8).dropLast()))
        // Its new parent may take a moment to bury it; a zombie isn't running.
        #expect(kill(number, 0) != 0 || isZombie(number))
    }

    @Test(arguments: [ChildProcess.Group.own, .shared])
    func `it leads a group unless it shares this process's`(group: ChildProcess.Group) throws {
        let program = try ChildProcess(shell: "exec cat", group: group)
        #expect(getpgid(program.number) == (group == .own ? program.number : getpgrp()))
    }

    @Test func `one that shares the group is ended alone`() throws {
        var number: pid_t = 0
        do {
            var program = try ChildProcess(shell: "trap '' TERM; echo; while :; do read line; done", group: .shared)
            try program.wait(for: .readable, by: .soon)
            _ = try program.read(atMost: 1)
            number = program.number
        }
        #expect(kill(number, 0) != 0)
    }

    @Test func `a program that ends before it reads is an error of the transport`() throws {
        var program = try ChildProcess(shell: "exec true")
        _ = program.exitStatus(by: .soon)
        let error = #expect(throws: TransportError.self) { _ = try program.send([1]) }
        #expect(error?.code == .connectionReset)
    }

    @Test func `its environment is this one's, with changes`() throws {
        setenv("SLUICE_TEST_GONE", "1", 1)
        setenv("SLUICE_TEST_OTHER", "old", 1)
        setenv("SLUICE_TEST_KEPT", "kept", 1)
        let command = "echo ${SLUICE_TEST_GONE-none} $SLUICE_TEST_OTHER $SLUICE_TEST_KEPT"
        var program = try ChildProcess(
            shell: command,
            environment: ["SLUICE_TEST_GONE": nil, "SLUICE_TEST_OTHER": "new=2"]
        )
        try program.wait(for: .readable, by: .soon)
        let (_, bytes) = try program.read(atMost: 100)
        #expect(String(decoding: bytes, as: UTF8.self) == "none new=2 kept\n")
    }

    @Test func `it ends when it is asked to, unless it won't, and then it is killed`() throws {
        var willing = try ChildProcess(shell: "exec sleep 1000")
        willing.askToEnd()
        let end = willing.exitStatus(by: .soon)
        #expect(end == .signalled(15))
        var stubborn = try ChildProcess(shell: "trap '' TERM; echo; sleep 1000 & wait")
        try stubborn.wait(for: .readable, by: .soon)
        stubborn.askToEnd()
        let early = stubborn.exitStatus()
        #expect(early == nil)
        stubborn.kill()
        let late = stubborn.exitStatus(by: .soon)
        #expect(late == .signalled(9))
    }

    @Test func `what it left behind is known, and can be ended`() throws {
        var program = try ChildProcess(shell: "sleep 1000 >&2 & exit 0")
        let status = program.exitStatus(by: .soon)
        let isGone = program.isGone()
        #expect(status == .exited(0) && !isGone)
        program.kill()
        var clean = try ChildProcess(shell: "exit 0")
        _ = clean.exitStatus(by: .soon)
        let isCleanGone = clean.isGone()
        #expect(isCleanGone)
    }

    private func isZombie(_ number: pid_t) -> Bool {
        let status = (try? String(contentsOfFile: "/proc/\(number)/stat", encoding: .utf8)) ?? ""
        return status.contains(") Z ")
    }
}

extension ByteTransport where Self: ~Copyable {
    /// Writes bytes of an array.
    mutating func send(_ bytes: ArraySlice<UInt8>) throws -> Transfer {
        try write(bytes.span.bytes)
    }
}
