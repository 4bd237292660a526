/// Makes something that fails smaller, as long as it still fails: fewer items (delta debugging: Zeller and Hildebrandt
/// 2002), smaller numbers, plainer values. Knows nothing of what it reduces, and gives up after some attempts.
package struct Reducer<Subject> {
    /// The smallest subject found so far.
    package private(set) var subject: Subject

    /// Candidates that were tried.
    package private(set) var attemptCount = 0

    private let attemptsMax: Int
    private let isFailing: (Subject) -> Bool

    /// A reducer of a subject that fails.
    package init(_ subject: Subject, attemptsMax: Int, isFailing: @escaping (Subject) -> Bool) {
        self.subject = subject
        self.attemptsMax = attemptsMax
        self.isFailing = isFailing
    }

    /// Takes a candidate if it fails too.
    ///
    /// - Returns: Whether it was taken. No candidate is, once there were `attemptsMax`.
    @discardableResult
    package mutating func attempt(_ change: (inout Subject) -> Void) -> Bool {
        guard attemptCount < attemptsMax else { return false }
        var candidate = subject
        change(&candidate)
        attemptCount += 1
        guard isFailing(candidate) else { return false }
        subject = candidate
        return true
    }

    /// Gives a value its plainest form, if it can have it.
    package mutating func simplify<Value: Equatable>(_ path: WritableKeyPath<Subject, Value>, to plain: Value) {
        if subject[keyPath: path] != plain { attempt { $0[keyPath: path] = plain } }
    }

    /// Finds the least number that still fails, between `least` and what it is now, supposing that larger ones fail too.
    package mutating func lower(_ path: WritableKeyPath<Subject, Int>, to least: Int) {
        var passing = least
        if subject[keyPath: path] <= least || attempt({ $0[keyPath: path] = least }) { return }
        while case let failing = subject[keyPath: path], failing - passing > 1, attemptCount < attemptsMax {
            let middle = passing + (failing - passing) / 2
            if !attempt({ $0[keyPath: path] = middle }) { passing = middle }
        }
    }

    /// Leaves out all items that aren't needed: first halves, then smaller and smaller parts.
    package mutating func shorten<Item>(_ path: WritableKeyPath<Subject, [Item]>) {
        var length = subject[keyPath: path].count
        while length > 0, attemptCount < attemptsMax {
            var start = 0
            while start < subject[keyPath: path].count, attemptCount < attemptsMax {
                let end = min(start + length, subject[keyPath: path].count)
                if !attempt({ $0[keyPath: path].removeSubrange(start..<end) }) { start += length }
            }
            length /= 2
        }
    }
}
