internal import Sluice

/// One way of a pipe: bytes in order, of a capacity.
struct ByteQueue: Monitored {
    let capacity: Int

    /// How far it is over.
    var end = End.none

    private var bytes: [UInt8] = []
    private var takenCount = 0

    init(capacity: Int) {
        self.capacity = capacity
    }

    /// Who closed. The reader's counts for more: nobody is left whom bytes are for.
    enum End: Int, Comparable {
        case none, ofWriter, ofReader

        static func < (one: End, other: End) -> Bool { one.rawValue < other.rawValue }
    }

    enum Condition: Sendable {
        case readable, writable
    }

    var count: Int { bytes.count - takenCount }

    func isMet(_ condition: Condition) -> Bool {
        switch condition {
        case .readable: count > 0 || end != .none
        case .writable: count < capacity || end != .none
        }
    }

    mutating func take(atMost countMax: Int) throws -> Attempt<[UInt8], Condition> {
        if end == .ofReader { throw Self.closed }
        let taken = Array(bytes[takenCount...].prefix(countMax))
        if taken.isEmpty { return end == .ofWriter ? .done([]) : .wait(until: .readable) }
        takenCount += taken.count
        // Moving the rest up once half is gone costs a move for each byte, however small the pieces.
        if takenCount * 2 >= bytes.count {
            bytes.removeFirst(takenCount)
            takenCount = 0
        }
        return .done(taken)
    }

    mutating func put(_ rest: inout ArraySlice<UInt8>) throws -> Attempt<Void, Condition> {
        if end != .none { throw Self.closed }
        let piece = rest.prefix(capacity - count)
        bytes += piece
        rest = rest.dropFirst(piece.count)
        return rest.isEmpty ? .done(()) : .wait(until: .writable)
    }

    private static let closed = AsyncTLSError(.transportClosed, fault: .transport, "an end of the pipe is closed")
}
