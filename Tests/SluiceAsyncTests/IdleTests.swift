import Sluice
import Testing

@testable import SluiceAsync

/// Waiting that waits.
struct IdleTests {
    @Test func `a reader rests while the engine has no room to say what the end of the bytes means`() throws {
        var server = try TLSEngine(makeServer())
        var state = StreamState(engine: try TLSEngine(makeClient()), received: [], appetite: .ring)
        while state.engine.summary == nil || !server.isEstablished {
            if case .done(let bytes?) = state.nextSend() { try server.feed(bytes) }
            state.didReceive(server.drain())
        }
        // Nobody takes what is written.
        var rest = [UInt8](repeating: 0, count: 1 << 20)[...]
        let turn = state.newTurn()
        guard case .wait = try state.write(&rest, in: turn) else { throw Unexpected() }
        // Each asks for an answer, for which there is no room.
        var updates: [UInt8] = []
        for _ in 0..<200 where try server.updateKeys(requestingPeer: true) { updates += server.drain() }
        try #require(!updates.isEmpty)
        state.didReceive(updates)
        state.didReceive([])
        switch try state.read(atMost: 1) {
        case .wait(let condition):
            let isMet = state.isMet(condition)
            #expect(!isMet)
        case .done: Issue.record("there is nothing to read")
        }
    }
}

private struct Unexpected: Error {}
