internal import Sluice

/// How a record becomes a line.
package enum LogFormat: String, Sendable, CaseIterable {
    /// For people: `2026-01-31T23:59:59.123Z info connection ended route=web peer=192.0.2.1`.
    case text
    /// For programs: an object of JSON, `time`, `level` and `message` first.
    case json

    /// The line with its line feed: one, whatever the texts hold, and at most `OperationsLimits.logLineBytesMax` long.
    ///
    /// Fields that have no room are left out, and `cut` says so.
    package func line(of record: LogRecord) -> [UInt8] {
        var line = beginning(of: record)
        let end = self == .json ? "}\n" : "\n"
        let cut = field(key: "cut", "true")
        let roomMax = OperationsLimits.logLineBytesMax - end.utf8.count
        var isCut = false
        for field in record.fields.prefix(OperationsLimits.logFieldsMax) {
            let text = self.field(key: field.key, value(field.value))
            if line.count + text.utf8.count + cut.utf8.count <= roomMax { line += text.utf8 } else { isCut = true }
        }
        if isCut || record.fields.count > OperationsLimits.logFieldsMax { line += cut.utf8 }
        return line + end.utf8
    }

    private func beginning(of record: LogRecord) -> [UInt8] {
        let message = escaped(record.message, quotes: self == .json)
        let time = Self.timestamp(record.time)
        switch self {
        case .text: return Array("\(time) \(record.level) \(message)".utf8)
        case .json: return Array("{\"time\":\"\(time)\",\"level\":\"\(record.level)\",\"message\":\"\(message)\"".utf8)
        }
    }

    private func field(key: String, _ value: String) -> String {
        let key = key.prefix(OperationsLimits.logKeyBytesMax)
        return self == .json ? ",\"\(key)\":\(value)" : " \(key)=\(value)"
    }

    private func value(_ value: LogField.Value) -> String {
        switch value {
        case .bare(let word): return String(word.prefix(OperationsLimits.logKeyBytesMax))
        case .text(let text):
            let escaped = escaped(text, quotes: true)
            return self == .text && Self.isPlain(text) ? escaped : "\"\(escaped)\""
        }
    }

    /// Whether a value can be told from what follows it without quotes.
    private static func isPlain(_ text: String) -> Bool {
        !text.isEmpty && text.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F && !"\"\\='`".utf8.contains($0) }
    }

    /// `2026-01-31T23:59:59.123Z`.
    private static func timestamp(_ time: Duration) -> String {
        let (seconds, attoseconds) = max(time, .zero).components
        let fraction = String(1000 + attoseconds / 1_000_000_000_000_000).dropFirst()
        return UnixTime(secondsSince1970: seconds).description.dropLast() + ".\(fraction)Z"
    }

    /// The text with all that could end a line, a value, or the order of its letters written as JSON does.
    private func escaped(_ text: String, quotes: Bool) -> String {
        var escaped = ""
        var room = OperationsLimits.logValueBytesMax
        for scalar in text.unicodeScalars {
            let next = Self.escape(scalar, quotes: quotes) ?? String(Character(scalar))
            room -= next.utf8.count
            if room < 0 { return escaped + "…" }
            escaped += next
        }
        return escaped
    }

    private static func escape(_ scalar: Unicode.Scalar, quotes: Bool) -> String? {
        switch scalar {
        case "\\": return "\\\\"
        case "\"": return quotes ? "\\\"" : nil
        case "\n": return "\\n"
        case "\r": return "\\r"
        case "\t": return "\\t"
        default: break
        }
        // Format characters turn text around (U+202E) or hide in it (U+200B); above U+FFFF they are tags, written in two.
        switch scalar.properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator, .privateUse, .unassigned:
            return String(scalar).utf16.reduce(into: "") { $0 += "\\u" + hex($1) }
        default: return nil
        }
    }

    private static func hex(_ unit: UInt16) -> String {
        let digits = String(unit, radix: 16)
        return String(repeating: "0", count: 4 - digits.count) + digits
    }
}
