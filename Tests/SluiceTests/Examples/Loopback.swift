import Sluice

/// What the articles call a transport: something that sends bytes, and waits for bytes. Here another engine answers.
final class Loopback {
    private var peer: TLSEngine
    private var arrived: [UInt8] = []

    /// Why the peer is over, if it is.
    private(set) var peerFailure: TLSError?

    /// What the peer does once it has been fed.
    private let answer: (inout TLSEngine) throws -> Void

    init(to peer: consuming TLSEngine, answer: @escaping (inout TLSEngine) throws -> Void = { _ in }) {
        self.peer = peer
        self.answer = answer
    }

    /// Sends all of the bytes. What they do to the peer is none of the sender's business.
    func send(_ bytes: [UInt8]) throws {
        _ = try? peer.feed(bytes)
        if case .failed(let error) = peer.state { peerFailure = error } else { try answer(&peer) }
        arrived += peer.drain()
    }

    /// Waits for bytes, at most so many. None: the peer's bytes have ended.
    func receive(atMost count: Int) -> [UInt8] {
        defer { arrived.removeFirst(min(count, arrived.count)) }
        return Array(arrived.prefix(count))
    }
}
