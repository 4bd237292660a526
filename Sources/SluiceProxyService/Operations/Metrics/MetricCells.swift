internal import CoreMetrics
internal import Synchronization

// The places of the values: what the proxy counts in, millions of times, so nothing here waits for a lock.

/// A place of one series.
protocol MetricCell: AnyObject, Sendable {
    /// What it is at.
    var value: MetricSample.Value { get }
}

/// A whole number that grows.
final class CounterCell: MetricCell, CounterHandler {
    private let total = Atomic<Int64>(0)

    var value: MetricSample.Value { .number(Double(total.load(ordering: .relaxed))) }

    /// Adds what isn't negative: a counter never shrinks.
    func increment(by amount: Int64) {
        if amount > 0 { total.wrappingAdd(amount, ordering: .relaxed) }
    }

    func reset() {
        total.store(0, ordering: .relaxed)
    }
}

/// A number with a fraction that grows.
final class FloatingPointCounterCell: MetricCell, FloatingPointCounterHandler {
    private let total = AtomicNumber()

    var value: MetricSample.Value { .number(total.number) }

    func increment(by amount: Double) {
        if amount > 0, amount.isFinite { total.add(amount) }
    }

    func reset() {
        total.set(0)
    }
}

/// A number that goes up and down.
final class GaugeCell: MetricCell, RecorderHandler, MeterHandler {
    private let current = AtomicNumber()

    var value: MetricSample.Value { .number(current.number) }

    func record(_ value: Int64) { current.set(Double(value)) }
    func record(_ value: Double) { current.set(value) }
    func set(_ value: Int64) { current.set(Double(value)) }
    func set(_ value: Double) { current.set(value) }
    func increment(by amount: Double) { current.add(amount) }
    func decrement(by amount: Double) { current.add(-amount) }
}

/// How many values there were of each size. Times are in seconds.
final class HistogramCell: MetricCell, RecorderHandler, TimerHandler {
    private let bounds: [Double]
    private let counts: [Count]
    private let sum = AtomicNumber()

    /// An `Atomic` can't be in an array by itself.
    private final class Count: Sendable {
        let value = Atomic<Int>(0)
    }

    /// - Parameter bounds: The upper bounds of the buckets, ascending; above the last there is one more.
    init(bounds: [Double]) {
        self.bounds = bounds
        counts = (0...bounds.count).map { _ in Count() }
    }

    var value: MetricSample.Value {
        .histogram(bounds: bounds, counts: counts.map { $0.value.load(ordering: .relaxed) }, sum: sum.number)
    }

    func record(_ value: Int64) { record(Double(value)) }

    func record(_ value: Double) {
        guard value.isFinite else { return }
        let place = bounds.firstIndex { value <= $0 } ?? bounds.count
        counts[place].value.wrappingAdd(1, ordering: .relaxed)
        sum.add(value)
    }

    func recordNanoseconds(_ duration: Int64) {
        record(Double(duration) / 1_000_000_000)
    }
}

/// A number with a fraction, in the bits of a word.
private final class AtomicNumber: Sendable {
    private let bits = Atomic<UInt64>(Double.zero.bitPattern)

    var number: Double { Double(bitPattern: bits.load(ordering: .relaxed)) }

    func set(_ number: Double) {
        bits.store(number.bitPattern, ordering: .relaxed)
    }

    /// Tries until no other thread was in between: one of them always gets on.
    func add(_ amount: Double) {
        var seen = bits.load(ordering: .relaxed)
        while true {
            let next = (Double(bitPattern: seen) + amount).bitPattern
            let (isDone, original) = bits.weakCompareExchange(expected: seen, desired: next, ordering: .relaxed)
            if isDone { return }
            seen = original
        }
    }
}
