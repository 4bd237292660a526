/// The bounds of what watches the service, each with its reason.
package enum OperationsLimits {
    /// The most metrics of different names. The proxy has some 30.
    package static let metricsMax = 256

    /// The most series of one metric: 100 routes with ten outcomes each. What comes after is one series, `other`.
    package static let seriesPerMetricMax = 1000

    /// The most buckets of a histogram. Each is a line of every series.
    package static let bucketsMax = 64
}
