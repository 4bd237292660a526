/// Metrics in Prometheus' text format 0.0.4.
package enum PrometheusText {
    /// What the answer of an HTTP server says that it is.
    package static let contentType = "text/plain; version=0.0.4; charset=utf-8"

    /// Writes the families, sorted by name.
    package static func text(of families: [MetricFamily]) -> String {
        families.sorted { $0.name < $1.name }.reduce(into: "") { append($1, to: &$0) }
    }

    private static func append(_ family: MetricFamily, to text: inout String) {
        text += "# HELP \(family.name) \(escaped(family.help))\n"
        text += "# TYPE \(family.name) \(family.kind.rawValue)\n"
        for sample in family.samples {
            switch sample.value {
            case .number(let value):
                append(family.name, sample.labels.pairs, number(value), to: &text)
            case .histogram(let bounds, let counts, let sum):
                append(family.name, sample.labels.pairs, bounds, counts, sum, to: &text)
            }
        }
    }

    /// Prometheus' buckets hold the values of the smaller ones too, and the last one all.
    private static func append(
        _ name: String,
        _ labels: [MetricLabels.Pair],
        _ bounds: [Double],
        _ counts: [Int],
        _ sum: Double,
        to text: inout String
    ) {
        var total = 0
        for (bound, count) in zip(bounds + [.infinity], counts) {
            total += count
            let bucket = labels + [MetricLabels.Pair(name: "le", value: number(bound))]
            append(name + "_bucket", bucket, String(total), to: &text)
        }
        append(name + "_sum", labels, number(sum), to: &text)
        append(name + "_count", labels, String(total), to: &text)
    }

    private static func append(_ name: String, _ labels: [MetricLabels.Pair], _ value: String, to text: inout String) {
        text += name
        if !labels.isEmpty {
            text += "{" + labels.map { "\($0.name)=\"\(quoted($0.value))\"" }.joined(separator: ",") + "}"
        }
        text += " " + value + "\n"
    }

    /// As Go writes it, which is what Prometheus reads: whole numbers without a fraction, `+Inf`, `NaN`.
    private static func number(_ value: Double) -> String {
        if value.isNaN { return "NaN" }
        if value.isInfinite { return value < 0 ? "-Inf" : "+Inf" }
        // Above this a Double has no fraction, and Swift writes an exponent.
        if value.rounded() == value, abs(value) < 9e15 { return String(Int64(value)) }
        return String(value)
    }

    private static func escaped(_ help: String) -> String {
        escape(help) { $0 == "\\" ? "\\\\" : nil }
    }

    private static func quoted(_ value: String) -> String {
        escape(value) { $0 == "\\" ? "\\\\" : $0 == "\"" ? "\\\"" : nil }
    }

    private static func escape(_ text: String, _ escape: (Unicode.Scalar) -> String?) -> String {
        text.unicodeScalars.reduce(into: "") { $0 += $1 == "\n" ? "\\n" : escape($1) ?? String(Character($1)) }
    }
}
