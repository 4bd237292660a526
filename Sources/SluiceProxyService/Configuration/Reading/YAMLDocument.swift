internal import Yams

/// The one place where Yams is called: bytes become a tree, and whatever is wrong with them an error with its place.
///
/// Parts of YAML that a configuration does without are refused: anchors and aliases, tags, several documents. An alias
/// in an alias in an alias needs a few bytes in the file and more memory than there is in the tree, and Yams compares
/// the keys of a mapping, aliases included, before anybody sees the tree.
struct YAMLDocument {
    /// The root; nil where the file holds no value.
    let root: YAMLNode?

    /// Parses a file.
    ///
    /// - Parameters:
    ///   - bytes: What is in it.
    ///   - path: Its name, for errors.
    /// - Throws: The first problem, with its place.
    init(_ bytes: [UInt8], path: String) throws(ConfigurationError) {
        let text = try Self.text(bytes, path: path)
        if let mark = YAMLAnchors.firstAnchor(in: bytes) {
            let words =
                "anchors and aliases (& and *) aren't taken; write the value again, or put quotes around text that "
                + "begins so"
            throw ConfigurationError(Self.problem(.malformed, mark, path, words))
        }
        do {
            var reading = NodeReading(path: path)
            root = try Yams.compose(yaml: text, .basic, .default, .utf8).map { try reading.node($0, depth: 0) }
        } catch let error as ConfigurationError {
            throw error
        } catch {
            throw ConfigurationError(Self.problem(error, path: path))
        }
    }

    private static func text(_ bytes: [UInt8], path: String) throws(ConfigurationError) -> String {
        if bytes.count > ServiceLimits.configurationBytesMax {
            let words = "it has more than \(ServiceLimits.configurationBytesMax) bytes"
            throw ConfigurationError(.init(code: .tooLarge, place: .file(path), key: "", words: words))
        }
        guard let text = String(validating: bytes, as: UTF8.self) else {
            let line = 1 + bytes.prefix(validUTF8Count(bytes)).count { $0 == UInt8(ascii: "\n") }
            let words = "this line isn't UTF-8"
            throw ConfigurationError(problem(.malformed, YAMLMark(line: line, column: 1), path, words))
        }
        return text
    }

    /// Bytes before the first that isn't UTF-8.
    private static func validUTF8Count(_ bytes: [UInt8]) -> Int {
        var decoder = UTF8()
        var iterator = bytes.makeIterator()
        var count = 0
        while case .scalarValue(let scalar) = decoder.decode(&iterator) { count += UTF8.width(scalar) }
        return count
    }

    private static func problem(_ error: any Error, path: String) -> ConfigurationProblem {
        guard let error = error as? YamlError else {
            return .init(code: .malformed, place: .file(path), key: "", words: "\(error)")
        }
        switch error {
        case .scanner(_, let words, let mark, _), .parser(_, let words, let mark, _),
            .composer(_, let words, let mark, _):
            return problem(.malformed, YAMLMark(mark), path, remedied(words))
        case .duplicatedKeysInMapping(let keys, let context):
            let names = keys.map { "\"\($0)\"" }.joined(separator: ", ")
            return problem(.duplicateKey, YAMLMark(context.mark), path, "\(names) is there more than once")
        case .reader(let words, _, _, _):
            return .init(code: .malformed, place: .file(path), key: "", words: "\(words): remove that character")
        default:
            return .init(code: .malformed, place: .file(path), key: "", words: "it can't be parsed as YAML")
        }
    }

    /// libyaml's words with what to do about the commonest slips.
    private static func remedied(_ words: String) -> String {
        if words.contains("cannot start any token") {
            return "\(words): indent with spaces, never tabs, and put quotes around text that begins with % @ or `"
        }
        if words.contains("alphabetic or numeric character") || words.contains("undefined alias") {
            return "\(words): put quotes around text that begins with * or &, such as \"*.example.com\""
        }
        if words.contains("mapping values are not allowed") || words.contains("did not find expected") {
            return "\(words): look at the indentation, and put quotes around text with brackets such as \"[::1]:443\""
        }
        return words
    }

    fileprivate static func problem(
        _ code: ConfigurationProblem.Code,
        _ mark: YAMLMark,
        _ path: String,
        _ words: String
    ) -> ConfigurationProblem {
        .init(code: code, place: .line(path, line: mark.line, column: mark.column), key: "", words: words)
    }
}

extension YAMLMark {
    fileprivate init(_ mark: Mark?) {
        self.init(line: mark?.line ?? 1, column: mark?.column ?? 1)
    }
}

/// Copies Yams' tree, within bounds.
private struct NodeReading {
    let path: String
    private var count = 0

    init(path: String) {
        self.path = path
    }

    mutating func node(_ node: Node, depth: Int) throws -> YAMLNode {
        var mark = YAMLMark(node.mark)
        count += 1
        if count > ServiceLimits.configurationValuesMax {
            throw refusal(.tooLarge, mark, "there are more than \(ServiceLimits.configurationValuesMax) values")
        }
        if depth > ServiceLimits.configurationDepthMax {
            throw refusal(.tooLarge, mark, "it is nested more than \(ServiceLimits.configurationDepthMax) levels deep")
        }
        switch node {
        case .scalar(let scalar):
            mark.isQuoted = scalar.style != .plain
            return YAMLNode(value: .scalar(scalar.string), mark: mark)
        case .sequence(let sequence):
            return YAMLNode(value: .sequence(try sequence.map { try self.node($0, depth: depth + 1) }), mark: mark)
        case .mapping(let mapping):
            return YAMLNode(value: .mapping(try mapping.map { try entry($0, $1, depth: depth + 1) }), mark: mark)
        case .alias: throw refusal(.malformed, mark, "aliases aren't taken")
        }
    }

    private mutating func entry(_ key: Node, _ value: Node, depth: Int) throws -> YAMLEntry {
        guard case .scalar(let scalar) = key else {
            throw refusal(.malformed, YAMLMark(key.mark), "a key is a word, not a list or a section")
        }
        return YAMLEntry(key: scalar.string, keyMark: YAMLMark(key.mark), node: try node(value, depth: depth))
    }

    private func refusal(
        _ code: ConfigurationProblem.Code,
        _ mark: YAMLMark,
        _ words: String
    ) -> ConfigurationError {
        ConfigurationError(YAMLDocument.problem(code, mark, path, words))
    }
}
