/// Pieces of work that are done several at once, and told in their order.
struct OrderedWork<Piece: Sendable, Outcome: Sendable> {
    /// The work.
    let pieces: [Piece]
    /// How many are done at once.
    let jobs: Int
    /// Does one of them.
    let perform: @Sendable (Piece) -> Outcome

    /// Does them all.
    ///
    /// - Parameter tell: Gets each outcome, in the order of the pieces.
    /// - Throws: What `tell` throws, when those that are being done have ended.
    func run(_ tell: (Outcome) throws -> Void) async throws {
        try await withThrowingTaskGroup(of: (Int, Outcome).self) { group in
            var started = 0
            var told = 0
            var early: [Int: Outcome] = [:]
            while told < pieces.count {
                while started < min(pieces.count, told + early.count + jobs) {
                    group.addTask { [index = started, piece = pieces[started], perform] in (index, perform(piece)) }
                    started += 1
                }
                guard let (index, outcome) = try await group.next() else { return }
                early[index] = outcome
                while let outcome = early.removeValue(forKey: told) {
                    try tell(outcome)
                    told += 1
                }
            }
        }
    }
}
