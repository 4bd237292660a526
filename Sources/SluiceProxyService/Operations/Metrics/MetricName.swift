/// Names as Prometheus takes them; what it doesn't take becomes an underscore.
enum MetricName {
    /// The name of a metric: letters, digits, `_` and `:`, no digit first.
    static func metric(_ name: String) -> String {
        clean(name) { $0 == "_" || $0 == ":" }
    }

    /// The name of a label: letters, digits and `_`, no digit first. Two underscores first are Prometheus' own, and so
    /// is `le`, the bound of a bucket.
    static func label(_ name: String) -> String {
        let cleaned = clean(name) { $0 == "_" }
        return cleaned.hasPrefix("__") || cleaned == "le" ? "label_" + cleaned : cleaned
    }

    private static func clean(_ name: String, _ isAllowed: (Unicode.Scalar) -> Bool) -> String {
        var cleaned = String.UnicodeScalarView()
        for scalar in name.unicodeScalars {
            let isPlain = scalar.isASCII && (scalar.properties.isAlphabetic || isDigit(scalar))
            cleaned.append(isPlain || isAllowed(scalar) ? scalar : "_")
        }
        if let first = cleaned.first, !isDigit(first) { return String(cleaned) }
        return "_" + String(cleaned)
    }

    private static func isDigit(_ scalar: Unicode.Scalar) -> Bool {
        ("0"..."9").contains(scalar)
    }
}
