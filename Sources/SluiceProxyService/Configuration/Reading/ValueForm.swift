internal import Sluice
internal import SluicePreamble
internal import SluiceProxy

/// How a value is written: what parses it, and words that say so.
struct ValueForm<Value> {
    /// For messages, behind "it must be": `a time such as 500ms, 10s or 5m`.
    let words: String

    /// The value of a text; nil where it isn't one.
    let parse: (String) -> Value?
}

extension ValueForm where Value == String {
    /// Any text that isn't empty and has no control characters.
    static var text: ValueForm {
        ValueForm(words: "text") { text in
            text.isEmpty || text.unicodeScalars.contains { $0.value < 0x20 || $0.value == 0x7f } ? nil : text
        }
    }

    /// What listeners are called: where nothing else is said, their addresses.
    static var label: ValueForm {
        ValueForm(words: "a name of up to 128 characters") { text in
            text.utf8.count <= 128 ? ValueForm.text.parse(text) : nil
        }
    }

    /// What routes are called.
    static var name: ValueForm {
        ValueForm(words: "a name of letters, digits, . _ and -, up to 64 of them") { text in
            let isGood = text.utf8.allSatisfy {
                switch $0 {
                case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                    UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: "-"):
                    true
                default: false
                }
            }
            return isGood && (1...64).contains(text.utf8.count) ? text : nil
        }
    }

    /// A file, relative to a folder unless it begins with a slash.
    static func path(in folder: String) -> ValueForm {
        ValueForm(words: "the path of a file") { path in
            guard let path = ValueForm.text.parse(path) else { return nil }
            return path.hasPrefix("/") ? path : folder + path
        }
    }
}

extension ValueForm where Value == Int {
    /// A whole number within bounds.
    static func count(_ range: ClosedRange<Int>) -> ValueForm {
        ValueForm(words: "a number, \(range.lowerBound) to \(range.upperBound)") { text in
            Int(text).flatMap { range.contains($0) ? $0 : nil }
        }
    }

    /// A number of bytes within bounds.
    static func size(_ range: ClosedRange<Int>) -> ValueForm {
        let bounds = "\(QuantityText.size(range.lowerBound)) to \(QuantityText.size(range.upperBound))"
        return ValueForm(words: "a number of bytes such as 512, 16KiB or 4MiB, \(bounds)") { text in
            QuantityText.size(text).flatMap { range.contains($0) ? $0 : nil }
        }
    }
}

extension ValueForm where Value == Duration {
    /// A time within bounds.
    static func duration(_ range: ClosedRange<Duration>) -> ValueForm {
        let bounds = "\(QuantityText.duration(range.lowerBound)) to \(QuantityText.duration(range.upperBound))"
        return ValueForm(words: "a time such as 500ms, 10s, 5m, 2h or 1d, \(bounds)") { text in
            QuantityText.duration(text).flatMap { range.contains($0) ? $0 : nil }
        }
    }
}

extension ValueForm where Value == Bool {
    /// `yes` or `no`.
    static var yesOrNo: ValueForm {
        ValueForm(words: "yes or no") { text in
            switch text.lowercased() {
            case "yes", "true", "on": true
            case "no", "false", "off": false
            default: nil
            }
        }
    }
}

extension ValueForm {
    /// One of the values of an enumeration, as it is spelled in files.
    static func choice(_ choices: [(String, Value)]) -> ValueForm {
        ValueForm(words: "one of \(choices.map(\.0).joined(separator: ", "))") { text in
            choices.first { $0.0 == text }?.1
        }
    }

    /// The same, or `none`.
    var orNone: ValueForm<Value?> {
        ValueForm<Value?>(words: "\(words), or none") { text in
            text == "none" ? .some(nil) : parse(text).map { .some($0) }
        }
    }

    /// Whatever this initialiser takes.
    static func parsed(_ words: String, _ parse: @escaping (String) -> Value?) -> ValueForm {
        ValueForm(words: words, parse: parse)
    }
}

extension ValueForm where Value: CaseIterable & RawRepresentable, Value.RawValue == String {
    /// One of the values, by its raw value.
    static var choice: ValueForm {
        .choice(Value.allCases.map { ($0.rawValue, $0) })
    }
}
