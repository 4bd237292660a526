import CLoop

/// What is left when nothing but cryptography is done: the EVP calls that a TLS implementation can't do without.
///
/// What a handshake is counted as stands in `bound_handshake.c`.
final class CryptoBound: Worker {
    let name = "crypto alone"
    let works: Set<Work> = [.full, .resumed, .bulk16K, .bulk64K, .bulk1K, .pingPong, .full12]
    // Owned: freed by deinit.
    private let bound: OpaquePointer

    init() throws {
        guard let bound = crypto_bound_new() else { throw PeerFailure(peer: name, words: "there is no memory") }
        self.bound = bound
        if crypto_bound_failure(bound) != nil { throw failure }
    }

    deinit {
        crypto_bound_free(bound)
    }

    func run(_ work: Work, amount: Int) throws -> Duration {
        switch work {
        case .full: try duration(crypto_bound_handshakes(bound, CRYPTO_FULL, amount))
        case .resumed: try duration(crypto_bound_handshakes(bound, CRYPTO_RESUMED, amount))
        case .full12: try duration(crypto_bound_handshakes(bound, CRYPTO_FULL12, amount))
        // A record holds 16 KiB at most: larger writes are no other work.
        case .bulk16K, .bulk64K: try duration(crypto_bound_records(bound, amount << 20, 16 << 10))
        case .bulk1K: try duration(crypto_bound_records(bound, amount << 20, 1 << 10))
        case .pingPong: try duration(crypto_bound_round_trips(bound, amount))
        case .idle, .crowd: throw PeerFailure(peer: name, words: "\(work.rawValue) is more than cryptography")
        }
    }

    private func duration(_ seconds: Double) throws -> Duration {
        guard seconds >= 0 else { throw failure }
        return .seconds(seconds)
    }

    private var failure: PeerFailure {
        let words = crypto_bound_failure(bound).map { String(cString: $0) }
        return PeerFailure(peer: name, words: words ?? "failed without words")
    }
}
