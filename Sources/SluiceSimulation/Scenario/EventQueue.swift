/// What is due, by virtual time; what is due at the same time, in the order of its number. A binary heap.
struct EventQueue<Time: Comparable> {
    private var heap: [(time: Time, number: Int)] = []

    mutating func insert(_ number: Int, at time: Time) {
        heap.append((time, number))
        var child = heap.count - 1
        while child > 0, case let parent = (child - 1) / 2, isBefore(child, parent) {
            heap.swapAt(child, parent)
            child = parent
        }
    }

    mutating func removeFirst() -> Int? {
        guard let first = heap.first else { return nil }
        heap.swapAt(0, heap.count - 1)
        heap.removeLast()
        sink()
        return first.number
    }

    private mutating func sink() {
        var parent = 0
        while true {
            var least = parent
            for child in [2 * parent + 1, 2 * parent + 2] where child < heap.count && isBefore(child, least) {
                least = child
            }
            if least == parent { return }
            heap.swapAt(parent, least)
            parent = least
        }
    }

    private func isBefore(_ one: Int, _ other: Int) -> Bool {
        (heap[one].time, heap[one].number) < (heap[other].time, heap[other].number)
    }
}
