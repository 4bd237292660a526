/// All series of one metric at one moment, as Prometheus reads them.
package struct MetricFamily: Hashable, Sendable {
    /// Its name: `sluice_connections_total`.
    package let name: String

    /// What it tells, in one sentence.
    package let help: String

    /// What kind of metric it is.
    package let kind: Kind

    /// The series, in the order in which they are written.
    package let samples: [MetricSample]

    /// The kinds of Prometheus that there are here.
    package enum Kind: String, Sendable {
        /// Grows alone, until the process ends.
        case counter
        /// Goes up and down.
        case gauge
        /// How many values there were of each size.
        case histogram
    }

    /// A family of series.
    package init(_ name: String, _ help: String, _ kind: Kind, _ samples: [MetricSample]) {
        self.name = name
        self.help = help
        self.kind = kind
        self.samples = samples
    }
}

/// One series at one moment.
package struct MetricSample: Hashable, Sendable {
    /// What tells it from the others of its name.
    package let labels: MetricLabels

    /// What it is at.
    package let value: Value

    /// A number, or the numbers of a histogram.
    package enum Value: Hashable, Sendable {
        /// The value of a counter or a gauge.
        case number(Double)
        /// How many values were at most each bound, not counting those of the bound before; one more for those above.
        case histogram(bounds: [Double], counts: [Int], sum: Double)
    }

    /// A series at a value.
    package init(_ value: Value, labels: MetricLabels = MetricLabels([])) {
        self.labels = labels
        self.value = value
    }
}

/// Names and values that tell one series from another, sorted by name.
package struct MetricLabels: Hashable, Sendable {
    /// The pairs, each name once.
    package let pairs: [Pair]

    /// A name and a value.
    package struct Pair: Hashable, Sendable {
        /// Letters, digits and underscores.
        package let name: String
        /// Any text.
        package let value: String
    }

    /// Labels of these dimensions. Of two with one name the last one counts, and what can't be in a name becomes `_`.
    package init(_ dimensions: [(String, String)]) {
        var values: [String: String] = [:]
        for (name, value) in dimensions { values[MetricName.label(name)] = value }
        pairs = values.sorted { $0.key < $1.key }.map { Pair(name: $0.key, value: $0.value) }
    }

    private init(pairs: [Pair]) {
        self.pairs = pairs
    }

    /// The same names, each with the value `other`: for what is one too many.
    var other: MetricLabels {
        MetricLabels(pairs: pairs.map { Pair(name: $0.name, value: "other") })
    }
}

extension MetricLabels: Comparable {
    /// In the order of their names and values, so that two scrapes have one order.
    package static func < (left: MetricLabels, right: MetricLabels) -> Bool {
        for (one, other) in zip(left.pairs, right.pairs) where one != other {
            return (one.name, one.value) < (other.name, other.value)
        }
        return left.pairs.count < right.pairs.count
    }
}
