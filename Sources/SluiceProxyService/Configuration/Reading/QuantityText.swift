/// Times and sizes as people write them in a configuration: `500ms`, `16KiB`.
enum QuantityText {
    /// Parses a whole number with its unit: `ms`, `s`, `m`, `h` or `d`. Only `0` needs none.
    ///
    /// - Returns: nil for anything else, and beyond ten thousand years.
    static func duration(_ text: String) -> Duration? {
        guard let (count, unit) = split(text) else { return nil }
        switch unit {
        case "ms": return .milliseconds(count)
        case "" where count == 0: return .zero
        default:
            guard let seconds = durationUnits.first(where: { $0.name == unit })?.seconds else { return nil }
            let (product, isTooLong) = count.multipliedReportingOverflow(by: seconds)
            return isTooLong || product > 315_360_000_000 ? nil : .seconds(product)
        }
    }

    /// Parses a whole number of bytes, with or without a unit: `B`, `KiB`, `MiB`, `GiB`, `kB`, `MB` or `GB`.
    static func size(_ text: String) -> Int? {
        guard let (count, unit) = split(text) else { return nil }
        guard let factor = unit.isEmpty ? 1 : sizeUnits.first(where: { $0.name == unit })?.bytes else { return nil }
        let (product, isTooLarge) = count.multipliedReportingOverflow(by: factor)
        return isTooLarge ? nil : product
    }

    /// A time in the largest unit that leaves a whole number.
    static func duration(_ duration: Duration) -> String {
        let (seconds, attoseconds) = duration.components
        guard attoseconds == 0 else { return "\(seconds * 1000 + attoseconds / 1_000_000_000_000_000)ms" }
        let unit = durationUnits.last { seconds != 0 && seconds.isMultiple(of: Int64($0.seconds)) }
        return unit.map { "\(seconds / Int64($0.seconds))\($0.name)" } ?? "\(seconds)s"
    }

    /// A size in the largest binary unit that leaves a whole number.
    static func size(_ bytes: Int) -> String {
        let unit = sizeUnits.last { $0.name.hasSuffix("iB") && bytes != 0 && bytes.isMultiple(of: $0.bytes) }
        return unit.map { "\(bytes / $0.bytes)\($0.name)" } ?? "\(bytes)B"
    }

    private static let durationUnits: [(name: String, seconds: Int)] = [
        ("s", 1), ("m", 60), ("h", 3600), ("d", 86_400),
    ]

    private static let sizeUnits: [(name: String, bytes: Int)] = [
        ("B", 1), ("kB", 1000), ("MB", 1_000_000), ("GB", 1_000_000_000), ("KiB", 1024), ("MiB", 1 << 20),
        ("GiB", 1 << 30),
    ]

    /// Up to fifteen digits, and what follows them.
    private static func split(_ text: String) -> (count: Int, unit: String)? {
        let digits = text.utf8.prefix { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
        guard (1...15).contains(digits.count), let count = Int(String(Substring(digits))) else { return nil }
        return (count, String(text.dropFirst(digits.count)).filter { $0 != " " })
    }
}
