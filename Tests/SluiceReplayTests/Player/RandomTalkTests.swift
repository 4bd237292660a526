import Fixtures
import Foundation
import Sluice
import SluiceReplay
import Testing

@Suite struct `A replay of anything at all` {
    @Test(arguments: RandomTalkTests.seeds)
    func `comes to what was recorded, call by call`(seed: UInt64) throws {
        var talk = RandomTalk(seed: seed)
        let first = try talk.recordings(turns: 400)
        for recording in first { try check(recording) }
        var later = RandomTalk(seed: seed, after: Int64(seed % 8000))
        for recording in try later.recordings(turns: 300, resuming: first[0].session) { try check(recording) }
    }

    private func check(_ recording: RandomTalk.Recording) throws {
        let copy = MemoryFile()
        let recorder = JournalRecorder(recordedBy: "a test", writingTo: copy.append)
        var replay = try JournalReplay(Journal(parsing: recording.bytes), recorder: recorder)
        try replay.finish()
        #expect(copy.bytes == recording.bytes)
        let engine = replay.takeEngine()
        let standing = RandomTalk.Standing(of: engine)
        #expect(standing == recording.standing)
    }
}

enum RandomTalkTests {
    static let seeds = 0..<(UInt64(ProcessInfo.processInfo.environment["TALKS"] ?? "") ?? 30)
}
