package import CoreMetrics
internal import Synchronization

/// Keeps what is counted by swift-metrics for Prometheus to read.
///
/// Counters stay counters; recorders that don't aggregate and meters are gauges; timers, in seconds, and recorders that
/// aggregate are histograms. Counting waits for no lock; making a counter does, so make it once and keep it.
package final class PrometheusMetrics: MetricsFactory {
    private let descriptions: [String: MetricDescription]
    private let state = Mutex(State())

    private struct State {
        var tables: [String: SeriesTable] = [:]
        /// Series that were one too many, and metrics that were, or were of two kinds.
        var refusals = 0
    }

    /// Keeps metrics.
    ///
    /// - Parameter descriptions: Of those that have more to say than their name, in whatever order.
    package init(describing descriptions: [MetricDescription] = []) {
        self.descriptions = descriptions.reduce(into: [:]) { $0[MetricName.metric($1.label)] = $1 }
    }

    /// All that was counted, by name, and how much was not.
    package func families() -> [MetricFamily] {
        let (tables, refusals) = state.withLock { ($0.tables, $0.refusals) }
        let refused = MetricFamily(
            "sluice_metrics_refused_total",
            "Series asked for beyond a limit, which are counted as other or not at all.",
            .counter,
            [MetricSample(.number(Double(refusals)))]
        )
        return tables.sorted { $0.key < $1.key }.map { name, table in
            MetricFamily(name, descriptions[name]?.help ?? "The metric \(name).", table.kind, table.samples())
        } + [refused]
    }

    // MARK: - MetricsFactory

    /// A counter.
    package func makeCounter(label: String, dimensions: [(String, String)]) -> any CounterHandler {
        cell(label, dimensions, .counter) { _ in CounterCell() }
    }

    /// A counter of fractions.
    package func makeFloatingPointCounter(
        label: String,
        dimensions: [(String, String)]
    ) -> any FloatingPointCounterHandler {
        cell(label, dimensions, .counter) { _ in FloatingPointCounterCell() }
    }

    /// A gauge, or a histogram if it aggregates.
    package func makeRecorder(
        label: String,
        dimensions: [(String, String)],
        aggregate: Bool
    ) -> any RecorderHandler {
        if aggregate { return cell(label, dimensions, .histogram, HistogramCell.init(bounds:)) }
        return cell(label, dimensions, .gauge) { _ in GaugeCell() }
    }

    /// A gauge.
    package func makeMeter(label: String, dimensions: [(String, String)]) -> any MeterHandler {
        cell(label, dimensions, .gauge) { _ in GaugeCell() }
    }

    /// A histogram of seconds.
    package func makeTimer(label: String, dimensions: [(String, String)]) -> any TimerHandler {
        cell(label, dimensions, .histogram, HistogramCell.init(bounds:))
    }

    /// Forgets a series.
    package func destroyCounter(_ handler: any CounterHandler) { remove(handler) }
    /// Forgets a series.
    package func destroyFloatingPointCounter(_ handler: any FloatingPointCounterHandler) { remove(handler) }
    /// Forgets a series.
    package func destroyRecorder(_ handler: any RecorderHandler) { remove(handler) }
    /// Forgets a series.
    package func destroyMeter(_ handler: any MeterHandler) { remove(handler) }
    /// Forgets a series.
    package func destroyTimer(_ handler: any TimerHandler) { remove(handler) }

    // MARK: - Series

    /// The place of a series, made if there is none; one that nobody reads where there can't be.
    private func cell<Cell: MetricCell>(
        _ label: String,
        _ dimensions: [(String, String)],
        _ kind: MetricFamily.Kind,
        _ make: (_ bounds: [Double]) -> Cell
    ) -> Cell {
        let name = MetricName.metric(label)
        let bounds = descriptions[name]?.buckets ?? MetricDescription.seconds
        return state.withLock { state in
            guard state.tables[name] != nil || state.tables.count < OperationsLimits.metricsMax else {
                state.refusals += 1
                return make(bounds)
            }
            let found = state.tables[name, default: SeriesTable(kind: kind)]
                .cell(MetricLabels(dimensions), kind) { make(bounds) }
            if found?.isOther ?? true { state.refusals += 1 }
            return found?.cell ?? make(bounds)
        }
    }

    private func remove(_ handler: AnyObject) {
        state.withLock { state in
            for name in state.tables.keys where state.tables[name]?.remove(handler) == true { return }
        }
    }
}

/// The series of one metric.
private struct SeriesTable {
    let kind: MetricFamily.Kind
    private var cells: [MetricLabels: any MetricCell] = [:]
    /// What all have together that are one too many.
    private var other: (labels: MetricLabels, cell: any MetricCell)?

    init(kind: MetricFamily.Kind) {
        self.kind = kind
    }

    func samples() -> [MetricSample] {
        var cells = cells
        if let other { cells[other.labels] = other.cell }
        return cells.sorted { $0.key < $1.key }.map { MetricSample($0.value.value, labels: $0.key) }
    }

    /// The place of a series, and whether it is that of all others; nil where the metric is of another kind.
    mutating func cell<Cell: MetricCell>(
        _ labels: MetricLabels,
        _ kind: MetricFamily.Kind,
        make: () -> Cell
    ) -> (cell: Cell, isOther: Bool)? {
        guard kind == self.kind else { return nil }
        if let known = cells[labels] { return (known as? Cell).map { ($0, false) } }
        guard cells.count >= OperationsLimits.seriesPerMetricMax else {
            let cell = make()
            cells[labels] = cell
            return (cell, false)
        }
        if let other { return (other.cell as? Cell).map { ($0, true) } }
        let cell = make()
        other = (labels.other, cell)
        return (cell, true)
    }

    mutating func remove(_ cell: AnyObject) -> Bool {
        guard let entry = cells.first(where: { $0.value === cell }) else { return false }
        cells[entry.key] = nil
        return true
    }
}
