/// What one line of a log tells.
package struct LogRecord: Sendable {
    /// When, since 1970.
    package let time: Duration
    /// How bad it is: `info`.
    package let level: String
    /// What happened.
    package let message: String
    /// What more there is to tell, in the order in which it is told.
    package let fields: [LogField]

    /// A record of these parts.
    package init(time: Duration, level: String, message: String, fields: [LogField]) {
        self.time = time
        self.level = level
        self.message = message
        self.fields = fields
    }
}

/// A name and a value in a log.
package struct LogField: Hashable, Sendable {
    /// Its name; what would end a name in a line is `_`, and so is put behind the names that each line has.
    package let key: String
    /// Its value.
    package let value: Value

    /// Text, or what JSON writes without quotes.
    package enum Value: Hashable, Sendable {
        /// Any text, a peer's too.
        case text(String)
        /// A number, or `true` or `false`, as JSON spells it.
        case bare(String)
    }

    /// A field.
    package init(_ key: String, _ value: Value) {
        let cleaned = String(key.map { $0.isASCII && ($0.isLetter || $0.isNumber || "._-".contains($0)) ? $0 : "_" })
        self.key = Self.reserved.contains(cleaned) || cleaned.isEmpty ? cleaned + "_" : cleaned
        self.value = value
    }

    private static let reserved: Set<String> = ["time", "level", "message", "cut"]
}
