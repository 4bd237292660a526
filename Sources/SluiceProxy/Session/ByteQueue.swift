internal import SluiceOpenSSL

/// Bytes on their way, first in, first out. Whoever fills it minds the bound.
struct ByteQueue: Sendable {
    private var bytes: [UInt8] = []

    /// How many of them have gone.
    private var taken = 0

    var count: Int { bytes.count - taken }

    var isEmpty: Bool { count == 0 }

    /// Adds bytes at the end.
    mutating func append(_ more: [UInt8]) {
        if isEmpty {
            bytes = more
            taken = 0
        } else {
            bytes += more
        }
    }

    /// Adds as many bytes as fit into a queue of `capacity`. Returns how many.
    mutating func append(_ more: RawSpan, capacity: Int) -> Int {
        let count = min(more.byteCount, max(0, capacity - self.count))
        guard count > 0 else { return 0 }
        dropTaken()
        bytes += [UInt8](copying: more.extracting(first: count))
        return count
    }

    /// Moves bytes to an output, as far as it has room. Returns how many.
    mutating func take(into output: inout OutputRawSpan) -> Int {
        take { output.append(copying: $0) }
    }

    /// Lends what is here; as many bytes as `body` says are gone then.
    mutating func take<E>(_ body: (RawSpan) throws(E) -> Int) throws(E) -> Int {
        guard !isEmpty else { return 0 }
        let count = try bytes.withRawSpan { all throws(E) in try body(all.extracting(droppingFirst: taken)) }
        taken += count
        if isEmpty { clear() }
        return count
    }

    /// Gives the memory back.
    mutating func clear() {
        bytes = []
        taken = 0
    }

    private mutating func dropTaken() {
        guard taken > 0 else { return }
        bytes.removeFirst(taken)
        taken = 0
    }
}
