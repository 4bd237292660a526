/// What is found out while a document is read: every problem, and where each key stands.
final class ConfigurationReading {
    /// The file's name, for problems.
    let path: String

    /// The folder that names of files in it start from: empty, or with a slash at its end.
    let folder: String

    /// So far.
    private(set) var problems: [ConfigurationProblem] = []
    /// Where each key's value stands.
    private(set) var places: [String: ConfigurationPlace] = [:]

    /// Reads a file of this name.
    init(path: String) {
        self.path = path
        folder = path.lastIndex(of: "/").map { String(path[...$0]) } ?? ""
    }

    /// Notes a problem.
    func note(_ code: ConfigurationProblem.Code, at mark: YAMLMark, key: String, _ words: String) {
        problems.append(.init(code: code, place: place(of: mark), key: key, words: words))
    }

    /// Notes where a key stands.
    func mark(_ key: String, at mark: YAMLMark) {
        places[key] = place(of: mark)
    }

    private func place(of mark: YAMLMark) -> ConfigurationPlace {
        .line(path, line: mark.line, column: mark.column)
    }

    /// Reads a node that must be a section of keys; what it has beyond those that `body` asks for is a problem.
    func section<Value>(_ node: YAMLNode, key: String, _ body: (inout SectionReader) -> Value?) -> Value? {
        mark(key, at: node.mark)
        guard case .mapping(let entries) = node.value else {
            note(.invalidValue, at: node.mark, key: key, "it must be a section of keys, not \(node.kind)")
            return nil
        }
        var section = SectionReader(self, entries: entries, key: key, mark: node.mark)
        let value = body(&section)
        section.noteUnknownKeys()
        return value
    }
}

/// Reads one section of keys. What is wrong is noted, and what is missing keeps its default, so that reading goes on.
struct SectionReader {
    /// Where problems go.
    let reading: ConfigurationReading
    /// The section's own key; empty for the root.
    let key: String
    /// Where it begins.
    let mark: YAMLMark

    private let entries: [YAMLEntry]
    private var knownKeys: [String] = []

    fileprivate init(_ reading: ConfigurationReading, entries: [YAMLEntry], key: String, mark: YAMLMark) {
        self.reading = reading
        self.entries = entries
        self.key = key
        self.mark = mark
    }

    /// The value of a key that may be missing.
    mutating func optional<Value>(_ name: String, _ form: ValueForm<Value>) -> Value? {
        node(name).flatMap { scalar($0, key: path(of: name), form) }
    }

    /// The value of a key that must be there.
    mutating func required<Value>(_ name: String, _ form: ValueForm<Value>) -> Value? {
        requireKey(name)
        return optional(name, form)
    }

    /// Puts the value of a key in the place of a default, if it is there.
    mutating func read<Value>(_ name: String, _ form: ValueForm<Value>, into value: inout Value) {
        if let given = optional(name, form) { value = given }
    }

    /// Puts the values of a key in the place of a default, if it is there: a list, or one scalar with commas between.
    mutating func read<Value>(_ name: String, listOf form: ValueForm<Value>, into values: inout [Value]) {
        guard let node = node(name) else { return }
        let key = path(of: name)
        switch node.value {
        case .scalar(let text) where text.contains(",") && !node.mark.isQuoted:
            let parts = text.split(separator: ",", omittingEmptySubsequences: false).map { $0.trimmed }
            values = parts.compactMap { scalar(YAMLNode(value: .scalar($0), mark: node.mark), key: key, form) }
        case .scalar: values = scalar(node, key: key, form).map { [$0] } ?? []
        case .sequence(let nodes):
            values = elements(nodes, of: key).compactMap { scalar($0.node, key: $0.key, form) }
        case .mapping: note(.invalidValue, name, "it must be a list, not \(node.kind)")
        }
    }

    /// Reads the section under a key, if it is there; or the single value, where `shortForm` says how.
    mutating func section<Value>(
        _ name: String,
        orScalar shortForm: ValueForm<Value>? = nil,
        _ body: (inout SectionReader) -> Value?
    ) -> Value? {
        guard let node = node(name) else { return nil }
        if let shortForm, case .scalar = node.value { return scalar(node, key: path(of: name), shortForm) }
        return reading.section(node, key: path(of: name), body)
    }

    /// Reads the section under a key into a value that has defaults, if it is there.
    mutating func section<Value>(
        _ name: String,
        into value: inout Value,
        _ body: (inout SectionReader, inout Value) -> Void
    ) {
        value =
            section(name) { (section: inout SectionReader) -> Value? in
                var changed = value
                body(&section, &changed)
                return changed
            } ?? value
    }

    /// Reads the sections in the list under a key; a lone section is a list of one.
    ///
    /// An element that is a single value is parsed as `shortForm`; without one it is a problem.
    mutating func sections<Value>(
        _ name: String,
        orScalar shortForm: ValueForm<Value>? = nil,
        _ body: (inout SectionReader) -> Value?
    ) -> [Value] {
        guard let node = node(name) else { return [] }
        var nodes = [(node: node, key: path(of: name) + "[0]")]
        if case .sequence(let found) = node.value { nodes = elements(found, of: path(of: name)) }
        return nodes.compactMap { node, key in
            if let shortForm, case .scalar = node.value { return scalar(node, key: key, shortForm) }
            return reading.section(node, key: key, body)
        }
    }

    /// Notes a problem with a key.
    func note(_ code: ConfigurationProblem.Code, _ name: String, _ words: String) {
        let mark = entries.first { $0.key == name }?.node.mark ?? mark
        reading.note(code, at: mark, key: path(of: name), words)
    }

    /// Notes that a key must be there, if it isn't.
    mutating func requireKey(_ name: String) {
        if !has(name) {
            reading.note(.missingKey, at: mark, key: path(of: name), "this key must be there")
        }
    }

    /// Whether a key is there.
    mutating func has(_ name: String) -> Bool {
        node(name) != nil
    }

    fileprivate func noteUnknownKeys() {
        for entry in entries where !knownKeys.contains(entry.key) {
            let known = Set(knownKeys)
            let near = NearestWord.of(entry.key, among: known)
            let advice = near.map { "did you mean \($0)?" } ?? "there are \(known.sorted().joined(separator: ", "))"
            let words = "there is no such key; \(advice)"
            reading.note(.unknownKey, at: entry.keyMark, key: path(of: entry.key), words)
        }
    }

    private mutating func node(_ name: String) -> YAMLNode? {
        knownKeys.append(name)
        guard let node = entries.first(where: { $0.key == name })?.node else { return nil }
        reading.mark(path(of: name), at: node.mark)
        return node
    }

    private func elements(_ nodes: [YAMLNode], of key: String) -> [(node: YAMLNode, key: String)] {
        let elements = nodes.enumerated().map { (node: $0.element, key: "\(key)[\($0.offset)]") }
        for element in elements { reading.mark(element.key, at: element.node.mark) }
        return elements
    }

    private func scalar<Value>(_ node: YAMLNode, key: String, _ form: ValueForm<Value>) -> Value? {
        guard case .scalar(let text) = node.value, !text.isEmpty || node.mark.isQuoted else {
            reading.note(.invalidValue, at: node.mark, key: key, "it must be \(form.words), not \(node.kind)")
            return nil
        }
        if let value = form.parse(text) { return value }
        let words = "\"\(text.excerpt)\" won't do: it must be \(form.words)"
        reading.note(.invalidValue, at: node.mark, key: key, words)
        return nil
    }

    private func path(of name: String) -> String {
        key.isEmpty ? name.excerpt : "\(key).\(name.excerpt)"
    }
}

extension Substring {
    /// Without spaces at its ends.
    fileprivate var trimmed: String {
        var rest = drop { $0 == " " }
        while rest.last == " " { rest.removeLast() }
        return String(rest)
    }
}

extension String {
    /// The beginning of a text that somebody got wrong, without control characters, for a message.
    fileprivate var excerpt: String {
        let scalars = unicodeScalars.prefix(60).map { $0.value < 0x20 || $0.value == 0x7f ? "?" : $0 }
        return String(String.UnicodeScalarView(scalars)) + (unicodeScalars.count > 60 ? "…" : "")
    }
}
