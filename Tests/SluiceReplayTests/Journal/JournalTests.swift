import Fixtures
import Sluice
import SluiceReplay
import Testing

@Suite struct `A journal` {
    @Test(arguments: [TLSVersion.tls12, .tls13])
    func `is the same when it is read and written again`(version: TLSVersion) throws {
        let journals = try RecordedPair(version: version).journals()
        for bytes in [journals.client, journals.server] {
            let journal = try Journal(parsing: bytes)
            #expect(journal.entries.count > 10)
            #expect(journal.encoded() == bytes)
        }
    }

    @Test(arguments: [TLSVersion.tls12, .tls13])
    func `comes to the same when its calls are made again`(version: TLSVersion) throws {
        let journals = try RecordedPair(version: version).journals()
        for bytes in [journals.client, journals.server] {
            let journal = try Journal(parsing: bytes)
            let copy = MemoryFile()
            let recorder = JournalRecorder(
                recordedBy: journal.header.recordedBy,
                place: journal.header.place,
                writingTo: copy.append
            )
            var engine = try journal.header.beginning.makeEngine(recorder: recorder)
            for entry in journal.entries { _ = entry.call.verb.apply(to: &engine) }
            #expect(copy.bytes == bytes)
        }
    }
}

extension `A journal` {
    @Test(arguments: [
        (Duration.zero, "0"), (.microseconds(1_234_567), "1234567"), (.seconds(-5), "0"),
        (.seconds(Int64.max), "\(Int64.max)"), (.seconds(Int64.min), "0"),
    ])
    func `counts microseconds, none below zero and none beyond a number`(elapsed: Duration, text: String) throws {
        let header = try Journal(parsing: RecordedPair().journals { _, _ in }.client).header
        let journal = Journal(header: header, entries: [JournalEntry(TLSCall(.close), elapsed: elapsed)])
        #expect(String(decoding: journal.encoded(), as: UTF8.self).hasSuffix("{\"at\":\(text),\"call\":\"close\"}\n"))
    }
}
