import CHeap

/// What a pair of idle engines holds, client and server together.
struct IdleMemory: Codable {
    let state: State
    /// Bytes that malloc has given out.
    let heap: Double
    /// Bytes of the process that are in memory. Where memory was given back they would tell of what was before.
    let resident: Double?

    /// What was done with the pairs.
    enum State: String, Codable {
        /// Nothing, after the work.
        case asMade = "as made"
        /// Both hibernated right after their work, so that the next pairs use what they gave back.
        case hibernated
        /// `SSL_free_buffers` at both ends, once all pairs were made. The rings stay.
        case buffersFreed = "SSL_free_buffers"
    }
}

/// The memory of this process.
struct ProcessMemory {
    private let heap: Int
    private let resident: Int

    /// As it is now.
    ///
    /// - Parameter peer: Who asks.
    /// - Throws: ``PeerFailure`` where the system doesn't tell.
    init(askedBy peer: String) throws {
        heap = cheap_bytes_in_use()
        resident = cheap_resident_bytes()
        guard resident > 0 else { throw PeerFailure(peer: peer, words: "the system doesn't tell the resident memory") }
    }

    /// What each of some pairs holds that were made since an earlier moment.
    func perPair(since start: ProcessMemory, pairs: Int, _ state: IdleMemory.State) -> IdleMemory {
        IdleMemory(
            state: state,
            heap: Double(heap - start.heap) / Double(pairs),
            resident: Double(resident - start.resident) / Double(pairs)
        )
    }
}
