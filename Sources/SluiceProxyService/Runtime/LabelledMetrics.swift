internal import Synchronization

/// A metric with labels: its series are made when they are first counted, and kept.
final class LabelledMetrics<Metric: Sendable>: Sendable {
    private let names: [String]
    private let make: @Sendable ([(String, String)]) -> Metric
    private let series = Mutex<[[String]: Metric]>([:])

    /// A metric with labels of these names. `make` bounds how many series there are.
    init(_ names: [String], _ make: @escaping @Sendable ([(String, String)]) -> Metric) {
        self.names = names
        self.make = make
    }

    /// The series with these labels. One label too many isn't kept; the factory has a bound of its own.
    subscript(values: String...) -> Metric {
        series.withLock { series in
            if let found = series[values] { return found }
            let metric = make(Array(zip(names, values)))
            if series.count < OperationsLimits.seriesPerMetricMax { series[values] = metric }
            return metric
        }
    }
}
