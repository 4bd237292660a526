/// What somebody who wrote one word may have meant.
enum NearestWord {
    /// The candidate that takes the fewest letters added, left out, changed or swapped, if few enough.
    static func of(_ word: String, among candidates: some Sequence<String>) -> String? {
        let word = Array(word.lowercased().prefix(lengthMax))
        let near = candidates.map { (distance: distance(word, Array($0)), candidate: $0) }.min { one, other in
            (one.distance, one.candidate) < (other.distance, other.candidate)
        }
        guard let near, near.distance <= max(1, near.candidate.count / 3) else { return nil }
        return near.candidate
    }

    /// Longer words than any key are cut: the table is as large as the product of both lengths.
    private static let lengthMax = 64

    /// The optimal string alignment distance.
    private static func distance(_ one: [Character], _ other: [Character]) -> Int {
        var beforeLast = [Int](repeating: 0, count: other.count + 1)
        var last = Array(0...other.count)
        for i in one.indices {
            var row = [i + 1]
            for j in other.indices {
                let change = last[j] + (one[i] == other[j] ? 0 : 1)
                var least = min(change, last[j + 1] + 1, row[j] + 1)
                if i > 0, j > 0, one[i] == other[j - 1], one[i - 1] == other[j] {
                    least = min(least, beforeLast[j - 1] + 1)
                }
                row.append(least)
            }
            (beforeLast, last) = (last, row)
        }
        return last[other.count]
    }
}
