import CoreMetrics
import Testing

@testable import SluiceProxyService

struct PrometheusMetricsTests {
    private let metrics = PrometheusMetrics(describing: [
        MetricDescription("proxy_bytes_total", "Bytes moved."),
        MetricDescription("handshake_seconds", "How long handshakes took.", buckets: [0.5, 0.1, 1, .infinity]),
    ])

    private var text: String { PrometheusText.text(of: metrics.families()) }

    private func line(_ start: String) -> String? {
        text.split(separator: "\n").first { $0.hasPrefix(start) }.map(String.init)
    }

    @Test func `a counter adds up`() {
        let counter = Counter(label: "proxy_bytes_total", dimensions: [("side", "client")], factory: metrics)
        counter.increment(by: 40)
        counter.increment(by: 2)
        #expect(line("# HELP proxy_bytes_total") == "# HELP proxy_bytes_total Bytes moved.")
        #expect(line("# TYPE proxy_bytes_total") == "# TYPE proxy_bytes_total counter")
        #expect(line("proxy_bytes_total{") == "proxy_bytes_total{side=\"client\"} 42")
    }

    @Test func `a counter never shrinks`() {
        let counter = metrics.makeCounter(label: "a_total", dimensions: [])
        counter.increment(by: 3)
        counter.increment(by: -2)
        #expect(line("a_total") == "a_total 3")
    }

    @Test func `the same labels in another order are the same series`() {
        metrics.makeCounter(label: "a_total", dimensions: [("b", "1"), ("a", "2")]).increment(by: 1)
        metrics.makeCounter(label: "a_total", dimensions: [("a", "2"), ("b", "1")]).increment(by: 1)
        #expect(line("a_total") == "a_total{a=\"2\",b=\"1\"} 2")
    }

    @Test func `a meter goes up and down`() {
        let meter = Meter(label: "connections", factory: metrics)
        meter.increment(by: 5)
        meter.decrement(by: 2)
        #expect(line("# TYPE connections") == "# TYPE connections gauge")
        #expect(line("connections") == "connections 3")
    }

    @Test func `a gauge says what it was set to last`() {
        let gauge = Gauge(label: "share", factory: metrics)
        gauge.record(7)
        gauge.record(0.25)
        #expect(line("share") == "share 0.25")
    }

    @Test func `a timer is a histogram of seconds`() {
        let timer = Timer(label: "handshake_seconds", factory: metrics)
        for milliseconds: Int64 in [50, 100, 300, 5000] { timer.recordNanoseconds(milliseconds * 1_000_000) }
        let lines = text.split(separator: "\n").filter { $0.contains("handshake_seconds") }.map(String.init)
        #expect(
            lines == [
                "# HELP handshake_seconds How long handshakes took.",
                "# TYPE handshake_seconds histogram",
                "handshake_seconds_bucket{le=\"0.1\"} 2",
                "handshake_seconds_bucket{le=\"0.5\"} 3",
                "handshake_seconds_bucket{le=\"1\"} 3",
                "handshake_seconds_bucket{le=\"+Inf\"} 4",
                "handshake_seconds_sum 5.45",
                "handshake_seconds_count 4",
            ]
        )
    }

    @Test(arguments: [
        ("a\"b", "a\\\"b"), ("back\\slash", "back\\\\slash"), ("two\nlines", "two\\nlines"), ("ä\r\n", "ä\r\\n"),
    ])
    func `the value of a label can't end its line`(value: String, written: String) {
        metrics.makeCounter(label: "a_total", dimensions: [("name", value)]).increment(by: 1)
        #expect(text.contains("a_total{name=\"\(written)\"} 1\n"))
    }

    @Test(arguments: [("a.b-c", "a_b_c"), ("9lives", "_9lives"), ("", "_"), ("päth", "p_th"), ("a b\n", "a_b_")])
    func `a name that Prometheus doesn't take becomes one that it does`(name: String, written: String) {
        metrics.makeCounter(label: name, dimensions: []).increment(by: 1)
        #expect(line("\(written) ") == "\(written) 1")
    }

    @Test func `a label can't pass for the bound of a bucket`() {
        #expect(MetricLabels([("le", "1"), ("__name__", "x")]).pairs.map(\.name) == ["label___name__", "label_le"])
    }

    @Test func `series that are one too many are counted together`() {
        for number in 0..<(OperationsLimits.seriesPerMetricMax + 5) {
            metrics.makeCounter(label: "a_total", dimensions: [("peer", "\(number)")]).increment(by: 1)
        }
        #expect(line("a_total{peer=\"other\"}") == "a_total{peer=\"other\"} 5")
        #expect(line("sluice_metrics_refused_total") == "sluice_metrics_refused_total 5")
        let count = text.split(separator: "\n").count { $0.hasPrefix("a_total{") }
        #expect(count == OperationsLimits.seriesPerMetricMax + 1)
    }

    @Test func `metrics that are one too many are not kept`() {
        for number in 0..<(OperationsLimits.metricsMax + 3) {
            metrics.makeCounter(label: "a\(number)_total", dimensions: []).increment(by: 1)
        }
        #expect(line("sluice_metrics_refused_total") == "sluice_metrics_refused_total 3")
    }

    @Test func `a metric stays of the kind that it began as`() {
        metrics.makeCounter(label: "a_total", dimensions: []).increment(by: 1)
        metrics.makeMeter(label: "a_total", dimensions: []).set(Int64(9))
        metrics.makeFloatingPointCounter(label: "a_total", dimensions: []).increment(by: 1)
        #expect(line("a_total") == "a_total 1")
        #expect(line("sluice_metrics_refused_total") == "sluice_metrics_refused_total 2")
    }

    @Test func `a series that was destroyed is gone`() {
        let counter = Counter(label: "a_total", dimensions: [("route", "old")], factory: metrics)
        counter.increment()
        counter.destroy()
        #expect(line("a_total") == nil)
    }

    @Test func `nothing is lost when many count at once`() async {
        await withTaskGroup { group in
            for _ in 0..<8 {
                group.addTask { [metrics] in
                    let counter = metrics.makeCounter(label: "a_total", dimensions: [])
                    let sum = metrics.makeFloatingPointCounter(label: "b_total", dimensions: [])
                    for _ in 0..<1000 {
                        counter.increment(by: 1)
                        sum.increment(by: 0.5)
                    }
                }
            }
        }
        #expect(line("a_total") == "a_total 8000")
        #expect(line("b_total") == "b_total 4000")
    }

    @Test(.enabled(if: PeerProgram.isThere("promtool"), "no promtool"))
    func `Prometheus' own checker finds nothing amiss`() async throws {
        let label = "quote \" back \\ line \n end"
        metrics.makeCounter(label: "proxy_bytes_total", dimensions: [("side", label)]).increment(by: 1)
        metrics.makeTimer(label: "handshake_seconds", dimensions: [("route", label)]).recordNanoseconds(1)
        metrics.makeMeter(label: "sluice.connections", dimensions: [("le", "x")]).set(Double.nan)
        metrics.makeRecorder(label: "sluice_sizes_bytes", dimensions: [], aggregate: true).record(1e300)
        let families = metrics.families() + ProcessUsage.now().families + [BuildFacts.family(version: "1.0")]
        let promtool = try #require(PeerProgram("promtool"))
        let outcome = try await promtool.run(["check", "metrics"], input: PrometheusText.text(of: families))
        #expect(outcome.output + outcome.errors == "")
        #expect(outcome.status == 0)
    }
}
