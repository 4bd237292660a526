import Fixtures
import Sluice
import SluiceReplay
import Testing

struct RecordTests {
    @Test(arguments: ["1.2", "1.3"], [5, 1_000_000])
    func `both ends of a connection are recorded to the last byte`(version: String, count: Int) throws {
        let directory = try TemporaryDirectory()
        let server = try SluiceServer(["--echo", "--record", directory.path("server") + "/"])
        let arguments = ["--tls-max", version, "--record", directory.path("client.journal")]
        let outcome = try Program.connect(to: server.port, arguments, input: pattern(count))
        #expect(outcome.status == 0 && outcome.output == pattern(count))
        #expect(outcome.errors.contains("holds secrets"))
        #expect(try server.stop().status == 0)
        let names = try directory.names(in: "server")
        #expect(names.count == 1)
        #expect(try directory.mode(of: "server") == 0o700)
        for name in ["client.journal"] + names.map({ "server/" + $0 }) {
            #expect(try directory.mode(of: name) == 0o600)
            let journal = try Journal(parsing: directory.contents(of: name))
            #expect(journal.plaintext == (pattern(count), pattern(count)))
            #expect(try journal.again() == journal.encoded())
        }
    }

    @Test func `a session is recorded with the connection that resumes it`() throws {
        let directory = try TemporaryDirectory()
        let server = try SluiceServer(["--echo"])
        let arguments = ["--session", directory.path("session")]
        _ = try Program.connect(to: server.port, arguments)
        let record = ["--record", directory.path("resumed.journal")]
        #expect(try Program.connect(to: server.port, arguments + record).errors.contains(", resumed"))
        let journal = try Journal(parsing: directory.contents(of: "resumed.journal"))
        #expect(journal.header.beginning.session != nil)
        #expect(try journal.again() == journal.encoded())
    }

    @Test func `a recording of what was killed is whole up to its last entry`() throws {
        let directory = try TemporaryDirectory()
        let server = try SluiceServer(["--echo", "--record", directory.path("server.journal")])
        let client = try Program.sluice("connect", "localhost:\(server.port)", "--ca", Fixtures.path("root.pem"))
        client.write("hello\n")
        #expect(try client.line(beginningWith: "hel") == "lo")
        server.program.signal(9)
        _ = try server.program.finish()
        let journal = try Journal(recovering: directory.contents(of: "server.journal"))
        #expect(journal.plaintext == (Array("hello\n".utf8), Array("hello\n".utf8)))
        #expect(try journal.again() == journal.encoded())
    }

    @Test func `a file takes the first connection and no other`() throws {
        let directory = try TemporaryDirectory()
        let server = try SluiceServer(["--echo", "--record", directory.path("first.journal")])
        for byte in [UInt8(1), 2] {
            #expect(try Program.connect(to: server.port, input: [byte]).output == [byte])
        }
        #expect(try server.stop().status == 0)
        #expect(try Journal(parsing: directory.contents(of: "first.journal")).plaintext == ([1], [1]))
    }

    @Test func `connections of the same second have a file each`() throws {
        let directory = try TemporaryDirectory()
        let server = try SluiceServer(["--echo"])
        let record = ["--record", directory.path("journals") + "/"]
        for _ in 0..<4 {
            #expect(try Program.connect(to: server.port, record).status == 0)
        }
        #expect(try directory.names(in: "journals").count == 4)
    }

    @Test func `a journal that can't be made is found out before anybody is let in or connected to`() throws {
        let directory = try TemporaryDirectory()
        let path = try directory.write(Array("precious".utf8), to: "letter")
        for path in [path, "/no/such/directory/journal", ""] {
            for command in [["serve", "--listen", "127.0.0.1:0"], ["connect", "127.0.0.1:1"]] {
                let outcome = try Program.sluice(command + ["--record", path]).finish()
                #expect(outcome.status == 64 && outcome.output.isEmpty)
                #expect(outcome.errors.hasPrefix("sluice: can't make \(path): "))
            }
        }
        #expect(try directory.contents(of: "letter") == Array("precious".utf8))
    }

    @Test func `no journal is written over`() throws {
        let directory = try TemporaryDirectory()
        let path = try directory.write(Array("precious".utf8), to: "letter")
        let server = try SluiceServer(["--echo"])
        let outcome = try Program.connect(to: server.port, ["--record", path])
        #expect(outcome.status == 64 && outcome.errors.contains(path))
        #expect(try directory.contents(of: "letter") == Array("precious".utf8))
    }
}

extension Journal {
    /// What was read and what was written.
    fileprivate var plaintext: ([UInt8], [UInt8]) {
        var plaintext: (read: [UInt8], written: [UInt8]) = ([], [])
        for entry in entries {
            switch (entry.call.verb, entry.call.outcome) {
            case (.read, .bytes(let bytes)): plaintext.read += bytes
            case (.write(let bytes, _), _): plaintext.written += bytes
            default: break
            }
        }
        return plaintext
    }

    /// The journal of an engine that is called in the same way.
    fileprivate func again() throws -> [UInt8] {
        let calls = CallList()
        var engine = try header.beginning.makeEngine(recorder: calls)
        for entry in entries { _ = entry.call.verb.apply(to: &engine) }
        let again = zip(entries, calls.all).map { JournalEntry($1, elapsed: $0.elapsed, line: $0.line) }
        return Journal(header: header, entries: again).encoded()
    }
}
