import Fixtures
import Sluice
import Testing

@testable import SluiceReplay

@Suite(.enabled(if: Tool.areInstalled, "needs tshark and capinfos (package tshark)")) struct `An exported journal` {
    /// What is exported: which version, and whether it resumes.
    struct Case: Hashable, CustomTestStringConvertible {
        var version: TLSVersion
        var isResumed = false
        var testDescription: String { "\(version), \(isResumed ? "resumed" : "full")" }

        static let all = [TLSVersion.tls12, .tls13].flatMap { [Case(version: $0), Case(version: $0, isResumed: true)] }
    }

    @Test(arguments: Case.all)
    func `is decrypted by tshark, from either end`(kind: Case) throws {
        let journals = try kind.journals()
        for bytes in [journals.client, journals.server] {
            let journal = try Journal(parsing: bytes)
            let transcript = Transcript(of: journal)
            let capture = try ShownCapture(ExportedConversation(of: journal, transcript).pcapng)
            #expect(try capture.fields(["frame.number", "_ws.expert.message"], where: ShownCapture.faults) == [])
            #expect(try capture.plaintext() == journal.plaintextInOrder)
            #expect(transcript.summary?.isResumed == kind.isResumed)
        }
    }

    @Test func `has each entry that moved bytes as a comment, and its time`() throws {
        let journal = try Journal(parsing: RecordedPair().journals().client)
        let capture = try ShownCapture(ExportedConversation(of: journal, Transcript(of: journal)).pcapng)
        let lines = try capture.fields(["frame.comment"], where: "tcp.len > 0")
        #expect(lines.first?.hasPrefix("entry 0: drain → ") == true)
        #expect(lines.dropFirst().first?.hasPrefix("entry 1: feed ← ") == true)
        let chunks = journal.entries.filter { $0.call.ciphertext?.bytes.isEmpty == false }
        #expect(lines.count == chunks.count)
        let times = try capture.fields(["frame.time_epoch"], where: "frame.number == 1")
        #expect(times.first?.hasPrefix("\(Fixtures.now)") == true)
    }

    @Test(arguments: [true, false])
    func `ends as the connection did`(isTruncated: Bool) throws {
        let bytes = try RecordedPair().journals { client, server in
            if isTruncated {
                try? client.feedEOF()
            } else {
                try RecordedPair.converse(&client, &server)
            }
        }.client
        let journal = try Journal(parsing: bytes)
        let capture = try ShownCapture(ExportedConversation(of: journal, Transcript(of: journal)).pcapng)
        let (fin, reset) = (try capture.ends(of: "fin"), try capture.ends(of: "reset"))
        #expect(fin == [isTruncated ? "443" : "49152"])
        #expect(reset == (isTruncated ? ["49152"] : []))
    }

    @Test func `that can't be repeated has the packets all the same`() throws {
        var journal = try Journal(parsing: try RecordedPair().journals().client)
        journal.entries.remove(at: 0)
        let transcript = Transcript(of: journal)
        #expect(transcript.repetition != .same)
        let capture = try ShownCapture(ExportedConversation(of: journal, transcript).pcapng)
        #expect(try capture.fields(["frame.number"], where: "tcp.len > 0").count > 4)
    }
}

extension ShownCapture {
    /// The ports of those who sent a segment with this flag.
    fileprivate func ends(of flag: String) throws -> [String] {
        try fields(["tcp.srcport"], where: "tcp.flags.\(flag) == 1")
    }
}

extension `An exported journal`.Case {
    /// Data both ways, before and after new keys.
    func journals() throws -> RecordedPair.Journals {
        var pair = RecordedPair(version: version)
        if isResumed {
            let first = try Journal(parsing: pair.journals().client)
            pair.session =
                first.entries.compactMap { entry -> TLSSession? in
                    if case .event(.sessionReceived(let session)) = entry.call.outcome { session } else { nil }
                }.last
            pair.time = UnixTime(secondsSince1970: Fixtures.now + 60)
        }
        return try pair.journals { client, server in
            for round in UInt8(0)..<3 {
                try client.write(Array(repeating: round, count: 100 + Int(round)))
                RecordedPair.carry(&client, &server)
                _ = try server.read()
                try server.write(Array(repeating: 100 + round, count: 12_000))
                RecordedPair.carry(&client, &server)
                while try !client.read().isEmpty {}
                _ = try client.updateKeys(requestingPeer: true)
                RecordedPair.carry(&client, &server)
            }
            try client.close()
            RecordedPair.carry(&client, &server)
            try server.close()
        }
    }
}

extension Journal {
    /// What was written and read, in the order of the entries.
    fileprivate var plaintextInOrder: [UInt8] {
        entries.flatMap { entry -> [UInt8] in
            switch (entry.call.verb, entry.call.outcome) {
            case (.write(let bytes, _), _): bytes
            case (.read, .bytes(let bytes)): bytes
            default: []
            }
        }
    }
}
