import Fixtures
import Sluice
import Testing

/// What the article Determinism shows.
struct DeterminismExamples {
    @Test func `an engine with a seed`() throws {
        let identity = TLSIdentity.fixture(Fixtures.serverECDSA)
        let configuration = TLSServerConfiguration.server(identity)
        let context = try TLSContext(configuration, seed: RandomSeed(dangerouslyPredictable: 1))
        let engine = try TLSEngine(context, seed: RandomSeed(dangerouslyPredictable: 2), time: 1_735_689_600)
        expect(engine.state == .handshaking)
    }
}
