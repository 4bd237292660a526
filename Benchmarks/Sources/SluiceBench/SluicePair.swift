import Sluice

/// A client and a server of Sluice.
struct SluicePair: ~Copyable {
    var client: TLSEngine
    var server: TLSEngine

    init(_ contexts: SluiceContexts, to host: ServerName? = nil, resuming session: TLSSession? = nil) throws {
        let client = try TLSEngine(contexts.client, to: host, resuming: session)
        server = try TLSEngine(contexts.server)
        self.client = client
    }

    /// Takes all events of both ends, as their owner does.
    ///
    /// - Returns: The newest session that the client got.
    @discardableResult
    mutating func takeEvents() -> TLSSession? {
        var newest: TLSSession?
        while let event = client.nextEvent() {
            if case .sessionReceived(let session) = event { newest = session }
        }
        while server.nextEvent() != nil {}
        return newest
    }

    /// Whether both ends say that they resumed.
    var isResumed: Bool { client.summary?.isResumed == true && server.summary?.isResumed == true }

    /// A pair among many: arrays hold no pairs themselves, which can't be copied.
    final class Box {
        var pair: SluicePair

        init(_ pair: consuming SluicePair) {
            self.pair = pair
        }
    }
}
