import Fixtures
import Sluice
import Testing

@testable import SluiceReplay

/// Transcripts of connections with real peers.
struct RecordedTranscriptTests {
    @Test(arguments: CaptureFixture.all)
    func `every byte is in a record, and every record is seen through`(fixture: CaptureFixture) throws {
        let journal = try Journal(parsing: fixture.bytes)
        guard journal.header.openSSLVersion == TLSLibrary.version else {
            try Test.cancel("recorded on \(journal.header.openSSLVersion)")
        }
        let transcript = Transcript(of: journal)
        #expect(transcript.repetition == .same)
        if case .failed = try #require(transcript.finalState) { return }
        #expect(transcript.records.map(\.wireByteCount).reduce(0, +) == journal.ciphertextByteCount)
        #expect(transcript.records.allSatisfy { $0.isWhole && !$0.contents.isEmpty })
        #expect(transcript.applicationDataByteCount(.sent) == journal.writtenByteCount)
        #expect(transcript.applicationDataByteCount(.received) >= journal.readByteCount)
    }

    @Test(
        .enabled(if: Tool.areInstalled, "needs tshark (package tshark)"),
        arguments: CaptureFixture.all.filter { $0.scenario == "resumed" && $0.role == .client }
    )
    func `tshark decrypts what is exported`(fixture: CaptureFixture) throws {
        let journal = try Journal(parsing: fixture.bytes)
        guard journal.header.openSSLVersion == TLSLibrary.version else {
            try Test.cancel("recorded on \(journal.header.openSSLVersion)")
        }
        let capture = try ShownCapture(ExportedConversation(of: journal, Transcript(of: journal)).pcapng)
        // Where the peer's bytes were cut off, a reset ends the capture; that is told as a fault of the connection.
        let faults = "(\(ShownCapture.faults)) && tcp.flags.reset == 0"
        #expect(try capture.fields(["frame.number", "_ws.expert.message"], where: faults) == [])
        #expect(try capture.plaintext().count >= journal.writtenByteCount + journal.readByteCount)
    }
}

extension Transcript {
    fileprivate func applicationDataByteCount(_ direction: TLSDirection) -> Int {
        records.filter { $0.direction == direction }.flatMap(\.contents).reduce(0) { sum, content in
            if case .applicationData(let count?) = content { sum + count } else { sum }
        }
    }
}

extension Journal {
    fileprivate var ciphertextByteCount: Int {
        entries.compactMap(\.call.ciphertext).map(\.bytes.count).reduce(0, +)
    }

    fileprivate var writtenByteCount: Int {
        entries.reduce(0) { sum, entry in
            if case .write(let bytes, _) = entry.call.verb { sum + bytes.count } else { sum }
        }
    }

    fileprivate var readByteCount: Int {
        entries.reduce(0) { sum, entry in
            if case (.read, .bytes(let bytes)) = (entry.call.verb, entry.call.outcome) {
                sum + bytes.count
            } else {
                sum
            }
        }
    }
}
