/// What Sluice is to reach beside others.
struct Target {
    let work: Work
    let reference: PeerKind
    /// At least this much of the reference's figure; at most for memory.
    let bound: Double
    /// Which memory, for ``Work/idle``.
    let state: IdleMemory.State

    private init(_ work: Work, _ bound: Double, of reference: PeerKind = .cLoop, state: IdleMemory.State = .asMade) {
        self.work = work
        self.reference = reference
        self.bound = bound
        self.state = state
    }

    static let all = [
        Target(.full, 0.97), Target(.resumed, 0.97), Target(.full12, 0.97),
        Target(.bulk16K, 1.02), Target(.bulk64K, 1.02), Target(.bulk1K, 0.95), Target(.pingPong, 0.95),
        Target(.bulk1K, 1.35, of: .nio), Target(.pingPong, 1.7, of: .nio),
        Target(.idle, 0.5, state: .asMade), Target(.idle, 0.33, state: .hibernated),
    ]

    /// "W4 ≥ 1.7 of swift-nio-ssl".
    var words: String {
        work == .idle
            ? "\(work.rawValue) heap, \(state.rawValue), ≤ \(bound) of \(reference.rawValue) as made"
            : "\(work.rawValue) ≥ \(bound) of \(reference.rawValue)"
    }

    /// What a peer reached, and whether that is enough; nil where something needed wasn't measured.
    func verdict(on peer: PeerKind, in results: Results) -> (ratio: Double, isMet: Bool)? {
        if work == .idle {
            let memory = results.memory.first { $0.peer == peer.rawValue && $0.state == state }
            return memory?.ofCLoop.map { ($0, $0 <= bound) }
        }
        let result = results.works.first { $0.work == work }
        return result?.ratio(of: peer, to: reference).map { ($0.median, $0.median >= bound) }
    }
}
