// Numbers with units, as people read them.

extension BinaryInteger {
    /// `512 B`, `48.3 kB` or `1.2 MB`: powers of 1000, one digit behind the point.
    var inBytes: String {
        let count = UInt64(clamping: self)
        if count < 1000 { return "\(count) B" }
        return count < 1_000_000 ? "\(Self.tenths(count / 100)) kB" : "\(Self.tenths(count / 100_000)) MB"
    }

    private static func tenths(_ count: UInt64) -> String { "\(count / 10).\(count % 10)" }
}

extension Duration {
    /// In whole microseconds.
    var microseconds: Int {
        let (seconds, attoseconds) = components
        return Int(seconds) * 1_000_000 + Int(attoseconds / 1_000_000_000_000)
    }

    /// `3.2 ms` or `1.25 s`.
    var inSeconds: String {
        let count = max(0, microseconds)
        if count < 1_000_000 { return "\(count / 1000).\(count / 100 % 10) ms" }
        let hundredths = String(count / 10_000 % 100)
        return "\(count / 1_000_000).\(hundredths.count < 2 ? "0" : "")\(hundredths) s"
    }
}
