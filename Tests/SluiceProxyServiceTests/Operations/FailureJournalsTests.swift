import Fixtures
import Foundation
import Sluice
import SluicePOSIX
import SluiceProxyService
import SluiceReplay
import Testing

struct FailureJournalsTests {
    private static let time = UnixTime(secondsSince1970: 1_769_903_999)

    private func name(_ second: Int64 = 0, peer: String = "192.0.2.1:443") -> JournalName {
        let time = UnixTime(secondsSince1970: Self.time.secondsSince1970 + second)
        return JournalName(time: time, route: "web", peer: peer, side: "client")
    }

    private func recorder(_ journal: BoundedJournal) -> JournalRecorder {
        journal.recorder(recordedBy: "a test", place: "192.0.2.1", wallClock: Self.time)
    }

    /// Fills a journal with a server's handshake that its client breaks off, as it trusts others.
    private func recordFailure(_ journal: BoundedJournal) throws {
        let seed = RandomSeed(dangerouslyPredictable: 1)
        let now = UnixTime(secondsSince1970: Fixtures.now)
        let identity = try TLSIdentity(pemChain: Fixtures.serverECDSA.chain, pemKey: Fixtures.serverECDSA.key)
        let context = try TLSContext(.server(identity), seed: seed)
        var server = try TLSEngine(context, seed: seed, time: now, recorder: recorder(journal))
        var configuration = TLSClientConfiguration.client(to: "server.test")
        configuration.verification = .roots(try .pem(Fixtures.stranger))
        var client = try TLSEngine(TLSContext(configuration, seed: seed), seed: seed, time: now)
        for _ in 0..<4 {
            _ = try? server.feed(client.drain())
            _ = try? client.feed(server.drain())
        }
        #expect(throws: TLSError.self) { try server.feed([0]) }
    }

    @Test func `what was kept replays`() async throws {
        let directory = try TestDirectory()
        let journals = try FailureJournals(in: directory.file("failed"))
        let journal = journals.makeJournal()
        try recordFailure(journal)
        let path = try #require(try await journals.keep(journal, named: name()))
        #expect(path == directory.file("failed/20260131T235959Z-web-192.0.2.1-443-client.journal"))
        let kept = try Journal(parsing: try Files.read(path))
        #expect(try JournalPlayer.replay(kept).entryCount == kept.entries.count)
        #expect(kept.entries.count >= 2)
        #expect(kept.header.place == "192.0.2.1")
    }

    @Test func `the file and its directory are their owner's alone`() async throws {
        let directory = try TestDirectory()
        let journals = try FailureJournals(in: directory.file("failed"))
        let journal = journals.makeJournal()
        try recordFailure(journal)
        let path = try #require(try await journals.keep(journal, named: name()))
        #expect(try directory.mode(of: "failed") == 0o700)
        #expect(try directory.mode(of: String(path.dropFirst(directory.path.count + 1))) == 0o600)
    }

    @Test(arguments: [
        "../../etc/passwd", "/", "..", ".", "", "a\0b", "a\nb", "fe80::1%eth0", "[2001:db8::1]:443", "😀", "a b'\"$(x)`",
        String(repeating: "x", count: 5000),
    ])
    func `a name stays in its directory`(text: String) async throws {
        let name = JournalName(time: Self.time, route: text, peer: text, side: text).description
        #expect(name.wholeMatch(of: /20260131T235959Z-[A-Za-z0-9._-]*/) != nil)
        #expect(name.utf8.count < 230)
        let directory = try TestDirectory()
        let journals = try FailureJournals(in: directory.path)
        let journal = journals.makeJournal()
        try recordFailure(journal)
        let path = try #require(
            try await journals.keep(journal, named: JournalName(time: Self.time, route: text, peer: text, side: text))
        )
        #expect(try directory.names() == [String(path.dropFirst(directory.path.count + 1))])
    }

    @Test func `there are so many files and no more, and the oldest go`() async throws {
        let directory = try TestDirectory()
        try directory.write("mine", to: "notes.journal")
        let journals = try FailureJournals(in: directory.path, limits: .init(filesMax: 3))
        for second: Int64 in [5, 1, 2, 3, 4] {
            let journal = journals.makeJournal()
            try recordFailure(journal)
            _ = try await journals.keep(journal, named: name(second, peer: "p\(second)"))
        }
        let kept = try directory.names().filter { $0 != "notes.journal" }.compactMap {
            $0.split(separator: "-").dropFirst(2).first
        }
        #expect(kept == ["p3", "p4", "p5"])
        #expect(try directory.text(of: "notes.journal") == "mine")
    }

    @Test func `two of one name are two files`() async throws {
        let directory = try TestDirectory()
        let journals = try FailureJournals(in: directory.path)
        for _ in 0..<3 {
            let journal = journals.makeJournal()
            try recordFailure(journal)
            _ = try await journals.keep(journal, named: name())
        }
        let start = "20260131T235959Z-web-192.0.2.1-443-client"
        #expect(try directory.names() == ["-2.journal", "-3.journal", ".journal"].map { start + $0 })
    }

    @Test func `a recording beyond its bound is dropped whole`() async throws {
        let directory = try TestDirectory()
        let journals = try FailureJournals(in: directory.path, limits: .init(journalBytesMax: 3000))
        let journal = journals.makeJournal()
        try recordFailure(journal)
        #expect(journal.bytes == nil)
        #expect(try await journals.keep(journal, named: name()) == nil)
        #expect(try directory.names().isEmpty)
    }

    @Test func `recordings have one room together, and give it back`() throws {
        let size = try {
            let directory = try TestDirectory()
            let journal = try FailureJournals(in: directory.path).makeJournal()
            try recordFailure(journal)
            return try #require(journal.bytes).count
        }()
        let directory = try TestDirectory()
        let journals = try FailureJournals(in: directory.path, limits: .init(memoryBytesMax: size * 3 / 2))
        for _ in 0..<3 {
            let (first, second) = (journals.makeJournal(), journals.makeJournal())
            try recordFailure(first)
            try recordFailure(second)
            #expect(first.bytes != nil)
            #expect(second.bytes == nil)
            first.drop()
            let third = journals.makeJournal()
            try recordFailure(third)
            #expect(third.bytes != nil)
        }
    }

    @Test func `a directory that can't be written to is an error to log`() async throws {
        let directory = try TestDirectory()
        let journals = try FailureJournals(in: directory.file("failed"))
        try FileManager.default.removeItem(atPath: directory.file("failed"))
        let journal = journals.makeJournal()
        try recordFailure(journal)
        await #expect(throws: TransportError.self) { try await journals.keep(journal, named: name()) }
    }
}
