import Testing

@testable import SluiceSimulation

/// What is due comes out by time.
struct EventQueueTests {
    @Test(arguments: UInt64(0)..<20)
    func `events come out by time, and by number where times are equal`(seed: UInt64) {
        var generator = SplitMix64(seed: seed)
        let events = (0..<generator.number(in: 0...500)).map { (time: generator.number(in: 0...50), number: $0) }
        var queue = EventQueue<Int>()
        for event in events { queue.insert(event.number, at: event.time) }
        var order: [Int] = []
        while let number = queue.removeFirst() { order.append(number) }
        #expect(order == events.sorted { $0 < $1 }.map(\.number))
    }

    @Test func `events may come in while others go out`() {
        var queue = EventQueue<Int>()
        queue.insert(1, at: 10)
        queue.insert(2, at: 30)
        #expect(queue.removeFirst() == 1)
        queue.insert(3, at: 20)
        #expect(queue.removeFirst() == 3)
        #expect(queue.removeFirst() == 2)
        #expect(queue.removeFirst() == nil)
    }
}
