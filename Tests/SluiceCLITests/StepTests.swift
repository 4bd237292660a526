import Fixtures
import SluiceReplay
import Testing

struct StepTests {
    private let alice: StepParty
    private let bob: StepParty

    init() throws {
        alice = try StepParty()
        bob = try StepParty()
    }

    @Test(arguments: ["1.2", "1.3"])
    func `two parties converse by files`(version: String) throws {
        var bytes = try alice.answer([], StepParty.client + ["--tls-max", version])
        bytes = try bob.answer(bytes, StepParty.server)
        let request = try alice.file(pattern(100_000))
        bytes = try alice.answer(bytes, version == "1.3" ? ["--send", request] : [])
        if version == "1.2" {
            bytes = try alice.answer(try bob.answer(bytes), ["--send", request])
        }
        bytes = try bob.answer(bytes, bob.receiving + ["--send", try bob.file([1, 2, 3]), "--close"])
        #expect(try bob.received == pattern(100_000))
        bytes = try alice.answer(bytes, alice.receiving + ["--close"])
        #expect(try alice.received == [1, 2, 3])
        let end = try bob.step(bytes)
        #expect(end.status == 0 && end.output.isEmpty)
        #expect(end.errors == "sluice: closed by both ends (TLS \(version), \(try suite(of: bob)))\n")
        for party in [alice, bob] {
            #expect(try party.directory.mode(of: "journal") == 0o600)
            #expect(try JournalPlayer.replay(try party.journal()).state == .closed)
        }
    }

    private func suite(of party: StepParty) throws -> String {
        let transcript = Transcript(of: try party.journal())
        return try #require(transcript.summary).cipherSuite.name
    }

    @Test func `what was to be observed from the beginning is told`() throws {
        let observed = try alice.step([], StepParty.client + ["--trace"])
        #expect(observed.errors.contains(">>   ClientHello") && !observed.errors.contains("shows nothing"))
        let answer = try bob.answer(observed.output, StepParty.server)
        #expect(try alice.step(answer, ["--trace"]).errors.contains("<<   Finished"))
        #expect(try bob.step([], ["--trace"]).errors.contains("--trace shows nothing of TLS"))
        #expect(
            try bob.step([], ["--keylog", bob.directory.path("k")]).errors.contains("--keylog shows nothing of TLS")
        )
    }

    @Test func `input of another protocol is no matter of a server's port alone`() throws {
        let outcome = try bob.step(Array("GET / HTTP/1.0\r\n".utf8), StepParty.server)
        #expect(outcome.status == 3 && outcome.errors.contains("the port, or the file, of another protocol"))
    }

    @Test func `bytes may come in any pieces`() throws {
        let hello = try alice.answer([], StepParty.client)
        #expect(try bob.answer(Array(hello.prefix(9)), StepParty.server).isEmpty)
        #expect(try bob.step().errors.contains("handshaking: wants "))
        let answer = try bob.answer(Array(hello.dropFirst(9)))
        #expect(try alice.step(answer).errors.contains("established (TLS 1.3, "))
    }

    @Test func `what arrived waits until it is received`() throws {
        let answer = try bob.answer(try alice.answer([], StepParty.client), StepParty.server)
        let letter = try alice.answer(answer, ["--send", try alice.file(pattern(50))])
        #expect(try bob.step(letter).errors.contains("50 bytes or more wait to be received"))
        #expect(try bob.step().errors.contains("50 bytes or more wait to be received"))
        #expect(try bob.answer([], bob.receiving).isEmpty)
        #expect(try bob.received == pattern(50))
    }

    @Test func `what has no room without being received is told, and taken later`() throws {
        let answer = try bob.answer(try alice.answer([], StepParty.client), StepParty.server)
        let letter = try alice.answer(answer, ["--send", try alice.file(pattern(100_000))])
        let full = try bob.step(letter)
        #expect(full.status == 64 && full.errors.contains("bytes of the input weren't taken"))
        let untaken = try #require(full.errors.firstMatch(of: /the last (\d+) bytes/).flatMap { Int($0.output.1) })
        _ = try bob.answer(letter.suffix(untaken), bob.receiving)
        #expect(try bob.received == pattern(100_000))
    }

    @Test func `an answer that was lost is given once more`() throws {
        let hello = try alice.answer([], StepParty.client)
        #expect(try alice.answer([], ["--again"]) == hello)
        let answer = try bob.answer(hello, StepParty.server)
        let finished = try alice.answer(answer, ["--send", try alice.file(pattern(40_000))])
        #expect(try alice.answer([], ["--again"]) == finished)
        #expect(try alice.step([], ["--again", "--close"]).status == 64)
        _ = try bob.answer(finished, bob.receiving)
        #expect(try bob.received == pattern(40_000))
    }

    @Test func `sending before the handshake is complete is refused`() throws {
        let outcome = try alice.step([], StepParty.client + ["--send", try alice.file([1])])
        #expect(outcome.status == 64 && outcome.errors.contains("the handshake isn't complete"))
        #expect(outcome.output.first == 22)
    }

    @Test func `a failure has its exit code, and the peer its alert`() throws {
        let trusting = ["--client", "server.test", "--ca", Fixtures.path("stranger.pem")]
        let answer = try bob.answer(try alice.answer([], trusting), StepParty.server)
        let refusal = try alice.step(answer)
        #expect(refusal.status == 2 && refusal.output.count == 7)
        #expect(try alice.step().status == 2)
        #expect(try bob.step(refusal.output).status == 3)
    }

    @Test func `the end of the peer's bytes without its goodbye is truncation`() throws {
        let answer = try bob.answer(try alice.answer([], StepParty.client), StepParty.server)
        _ = try alice.answer(answer)
        #expect(try alice.step([], ["--eof"]).status == 4)
    }

    @Test func `a connection begins once, and not by itself`() throws {
        #expect(try alice.step().errors.contains("--client NAME or --server"))
        _ = try alice.answer([], StepParty.client)
        let again = try alice.step([], StepParty.client)
        #expect(again.status == 64 && again.errors.contains("journal"))
        #expect(try alice.journal().entries.count == 1)
    }

    @Test func `an edited journal is refused, and stays as it is`() throws {
        _ = try bob.answer(try alice.answer([], StepParty.client), StepParty.server)
        let lines = try bob.directory.contents(of: "journal").split(separator: UInt8(ascii: "\n"))
        let edited = Array((lines.prefix(1) + lines.dropFirst(2)).joined(separator: [UInt8(ascii: "\n")])) + [10]
        _ = try bob.directory.write(edited, to: "journal")
        let outcome = try bob.step()
        #expect(outcome.status == 6 && outcome.errors.contains("line 2: "))
        #expect(try bob.directory.contents(of: "journal") == edited)
    }

    @Test func `a journal whose last line is cut goes on without it`() throws {
        let answer = try bob.answer(try alice.answer([], StepParty.client), StepParty.server)
        let whole = try alice.directory.contents(of: "journal")
        _ = try alice.directory.write(whole + Array("{\"at\":0,\"ca".utf8), to: "journal")
        #expect(try alice.step(answer).errors.contains("established"))
        #expect(try alice.journal().encoded().starts(with: whole))
    }

    @Test(arguments: [
        (["--ca", "root.pem"], "--ca goes with --client or --server"),
        (["--tls-max", "1.2"], "--tls-max goes with --client or --server"),
        (["--server", "--ca", "root.pem"], "--ca is an option of clients"),
        (["--client", "server.test", "--client-ca", "root.pem"], "--client-ca is an option of servers"),
    ])
    func `an option that couldn't be heeded is refused`(options: [String], words: String) throws {
        let outcome = try alice.step([], options)
        #expect(outcome.status == 64 && outcome.errors.contains(words))
        #expect(try alice.directory.names().isEmpty)
    }

    @Test(.needs(.script))
    func `a terminal gives no ciphertext, and takes none`() throws {
        let journal = alice.directory.path("journal")
        let begin = "'\(Program.sluicePath)' step '\(journal)' --client server.test"
        let refused = try Software.script.run(["-qec", begin, "/dev/null"])
        #expect(refused.status == 64 && refused.text.contains("not for a terminal"))
        #expect(try alice.directory.names().isEmpty)
        let begun = try Software.script.run(["-qec", begin + " > '\(alice.directory.path("hello"))'", "/dev/null"])
        #expect(begun.status == 0 && begun.text.contains("handshaking"))
        #expect(try alice.directory.contents(of: "hello").first == 22)
    }

    @Test func `options that contradict each other are refused`() throws {
        for options in [["--client", "a", "--server"], ["--server", "--record", "r"], ["--client", "no name"]] {
            #expect(try alice.step([], options).status == 64)
        }
        #expect(try alice.directory.names().isEmpty)
    }
}
