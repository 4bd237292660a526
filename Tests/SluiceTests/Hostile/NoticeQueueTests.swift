@testable import SluiceOpenSSL
import Testing

/// The queue between C callbacks and the owner.
struct NoticeQueueTests {
    @Test func `a queue that is never empty keeps nothing that was pulled`() {
        var queue = NoticeQueue()
        queue.append(.peerClosed)
        for number in 0..<100_000 {
            let byteCount = number
            queue.append(.message(.inbound, type: 1, byteCount: byteCount))
            _ = queue.popFirst()
        }
        #expect(queue.storedCount <= 2 * noticesMax)
    }

    @Test func `notices come in order, and the count of the dropped ones comes last`() {
        var queue = NoticeQueue()
        for number in 0..<(noticesMax + 7) { queue.append(.message(.inbound, type: 1, byteCount: number)) }
        for number in 0..<noticesMax {
            #expect(queue.takeDroppedCount() == 0)
            guard case .message(_, _, number) = queue.popFirst() else {
                Issue.record("notice \(number) is missing")
                return
            }
        }
        #expect(queue.popFirst() == nil)
        #expect(queue.takeDroppedCount() == 7)
        #expect(queue.takeDroppedCount() == 0)
    }
}
