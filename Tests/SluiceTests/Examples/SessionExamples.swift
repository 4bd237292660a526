import Fixtures
import Sluice
import Testing

/// The code of the article "Sessions".
struct SessionExamples {
    @Test(arguments: TLSVersion.allCases)
    func `a client keeps a session and resumes it`(version: TLSVersion) throws {
        let context = try TLSContext(TLSClientConfiguration.fixture(version))
        let server = try TLSContext(TLSServerConfiguration.fixture(version))
        var first = EnginePair(try TLSEngine(context), try TLSEngine(server))
        first.settle()
        let saved = kept(&first.client)

        let session = try TLSSession(exported: saved)
        let engine = try TLSEngine(context, resuming: session)

        var second = EnginePair(engine, try TLSEngine(server))
        second.settle()
        #expect(second.outcome().client.summary?.isResumed == true)
    }

    private func kept(_ engine: inout TLSEngine) -> [UInt8] {
        var saved: [UInt8] = []
        while let event = engine.nextEvent() {
            if case .sessionReceived(let session) = event { saved = session.exported() }
        }
        return saved
    }

    @Test func `a server rotates its ticket keys`() throws {
        let (old, new) = ([UInt8](repeating: 1, count: 80), [UInt8](repeating: 2, count: 80))
        let before = try TLSContext(configuration(keys: [old]))
        let after = try TLSContext(configuration(keys: [new, old]))
        let client = try TLSContext(TLSClientConfiguration.fixture())
        var first = EnginePair(try TLSEngine(client), try TLSEngine(before))
        first.settle()
        let session = try TLSSession(exported: kept(&first.client))
        var second = EnginePair(try TLSEngine(client, resuming: session), try TLSEngine(after))
        second.settle()
        #expect(second.outcome().server.summary?.isResumed == true)
    }

    private func configuration(keys: [[UInt8]]) -> TLSServerConfiguration {
        var configuration = TLSServerConfiguration.fixture()

        configuration.sessions.ticketKeys = keys.compactMap { SessionTicketKey(bytes: $0) }
        configuration.sessions.lifetime = .seconds(3600)
        configuration.sessions.holdsTicketsUntilFirstWrite = false

        return configuration
    }
}
