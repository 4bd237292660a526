import Fixtures
import Sluice
import SluiceReplay
import Testing

/// What the module's first page shows.
struct RecordingExample {
    @Test func `a recorder beside an engine`() throws {
        let identity = try TLSIdentity(pemChain: Fixtures.serverECDSA.chain, pemKey: Fixtures.serverECDSA.key)
        let configuration = TLSServerConfiguration.server(identity)
        let time = UnixTime(secondsSince1970: Fixtures.now)
        let file = MemoryFile()

        let recorder = JournalRecorder(recordedBy: "my service", writingTo: file.append)
        let context = try TLSContext(configuration, seed: .random())
        var engine = try TLSEngine(context, seed: .random(), time: time, recorder: recorder)

        try engine.close()
        #expect(try Journal(parsing: file.bytes).entries.map(\.line) == [2])
    }
}
