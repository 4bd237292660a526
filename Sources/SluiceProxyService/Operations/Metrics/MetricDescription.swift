/// What is told about a metric beside its values.
package struct MetricDescription: Hashable, Sendable {
    /// The label that the code counts under.
    package let label: String

    /// What it tells, in one sentence.
    package let help: String

    /// The upper bounds of a histogram's buckets, ascending.
    package let buckets: [Double]

    /// Describes a metric. The buckets are sorted, and what isn't finite or is one too many is left out.
    package init(_ label: String, _ help: String, buckets: [Double] = MetricDescription.seconds) {
        self.label = label
        self.help = help
        self.buckets = Array(Set(buckets.filter(\.isFinite)).sorted().prefix(OperationsLimits.bucketsMax))
    }

    /// Of a millisecond to ten seconds: handshakes.
    package static let seconds: [Double] = [
        0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10,
    ]

    /// Of a tenth of a second to a day: lifetimes.
    package static let lifetimes: [Double] = [0.1, 0.5, 1, 5, 10, 30, 60, 300, 900, 3600, 21_600, 86_400]
}
