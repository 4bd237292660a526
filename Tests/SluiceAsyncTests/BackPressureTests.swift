import Sluice
@testable import SluiceAsync
import Synchronization
import Testing

/// Nobody holds more of a flood than its bounds.
@Suite(.timeLimit(.minutes(10)))
struct BackPressureTests {
    /// What was written and isn't read yet.
    private struct Balance: Monitored {
        var outstanding = 0
        var outstandingMax = 0

        enum Condition: Sendable {
            case above(Int)
        }

        func isMet(_ condition: Condition) -> Bool {
            switch condition {
            case .above(let count): outstanding > count
            }
        }

        mutating func add(_ count: Int) {
            outstanding += count
            outstandingMax = max(outstandingMax, outstanding)
        }
    }

    @Test(arguments: [AsyncTLSAppetite.exact, .ring], [1, 1000, 64 * 1024])
    func `a writer waits for a reader that doesn't read`(appetite: AsyncTLSAppetite, capacity: Int) async throws {
        let balance = Monitor(Balance())
        let total = capacity == 1 ? 60_000 : 2_000_000
        let piece = 1000
        let (_, count) = try await converse(capacity: capacity, appetite: appetite) { stream in
            for _ in 0..<total / piece {
                try await stream.write(pattern(piece))
                balance.update { $0.add(piece) }
            }
        } server: { stream in
            // As long as this end doesn't read, the other gets so far and no further.
            try await balance.wait(until: .above(17_000))
            for _ in 0..<2000 { await Task.yield() }
            var count = 0
            while case let bytes = try await stream.read(atMost: 3000), !bytes.isEmpty {
                count += bytes.count
                balance.update { $0.add(-bytes.count) }
            }
            return count
        }
        #expect(count == total)
        // Two rings, what the sending pump holds, the record that libssl holds, the pipe; and the piece at hand.
        let bound = 4 * TLSLimits.ringCapacityDefault + capacity + piece
        #expect(balance.update { $0.outstandingMax } <= bound)
    }
}
