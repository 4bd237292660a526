import Fixtures
import Foundation
import Sluice
import SluiceReplay
import Testing

/// The journals of real peers, again, without a network.
struct CaptureFixtureTests {
    @Test(arguments: CaptureFixture.all)
    func `a recorded connection comes to the same again`(fixture: CaptureFixture) throws {
        let journal = try Journal(parsing: fixture.bytes)
        guard journal.header.openSSLVersion == TLSLibrary.version else {
            try Test.cancel("recorded on \(journal.header.openSSLVersion)")
        }
        #expect(try JournalPlayer.replay(journal).entryCount == journal.entries.count)
    }

    @Test(arguments: CaptureFixture.all)
    func `the index says what the journal holds`(fixture: CaptureFixture) throws {
        let journal = try Journal(parsing: fixture.bytes)
        #expect(journal.header.role == (fixture.role == .client ? .client : .server))
        let verb = fixture.command.split(separator: " ").prefix(2).joined(separator: " ")
        #expect(journal.header.recordedBy.hasPrefix(verb))
        guard let summary = journal.summary else {
            #expect(fixture.scenario.contains(/^(no-|unknown-|wrong-|expired|server-name|closed-on)/))
            return
        }
        #expect(summary.version.description.hasSuffix(fixture.version))
        #expect(summary.isResumed == ["resumed", "session-id"].contains(fixture.scenario))
        #expect((summary.applicationProtocol != nil) == fixture.command.contains("--alpn"))
        if fixture.scenario == "hello-retry-request" { #expect(summary.group == "secp384r1") }
        if fixture.scenario == "mtls", fixture.role == .server { #expect(!summary.peerCertificates.isEmpty) }
    }

    @Test func `each journal is in the index, and nothing else is`() throws {
        let folder = try #require(CaptureFixture.all.first.map { URL(filePath: $0.path).deletingLastPathComponent() })
        let files = try FileManager.default.contentsOfDirectory(atPath: folder.path)
        #expect(files.sorted() == CaptureFixture.all.map(\.file).sorted())
    }

    @Test func `twelve kinds of peers serve, and at least as many journals as were promised are there`() {
        let servers = Set(CaptureFixture.all.filter { $0.role == .client }.map(\.peer))
        let clients = Set(CaptureFixture.all.filter { $0.role == .server }.map(\.peer))
        #expect(servers.count >= 12 && clients.count >= 10)
        #expect(CaptureFixture.all.count >= 60)
    }
}

extension Journal {
    /// What the handshake came to, if it did.
    fileprivate var summary: HandshakeSummary? {
        for entry in entries {
            if case .event(.handshakeCompleted(let summary)) = entry.call.outcome { return summary }
        }
        return nil
    }
}
