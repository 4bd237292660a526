import SluiceReplay
import Testing

/// What the article Replaying shows.
struct ReplayExample {
    @Test func `a journal in one go`() throws {
        let bytes = try RecordedPair().journals().client

        let journal = try Journal(parsing: bytes)
        let summary = try JournalPlayer.replay(journal)
        print("\(summary.entryCount) calls match")
    }

    @Test func `a journal step by step`() throws {
        let journal = try Journal(parsing: RecordedPair().journals().client)

        var replay = try JournalReplay(journal)
        while let entry = try replay.step() {
            if replay.engine.isEstablished { print("established by line \(entry.line)") }
        }
        var engine = replay.takeEngine()

        let leftover = engine.takeLeftover()
        #expect(leftover.isEmpty)
    }
}
