/// A value of a YAML document and where it stands. There is no more to it: no tags, anchors or types.
struct YAMLNode: Hashable, Sendable {
    /// What it is.
    let value: Value

    /// Where it begins.
    let mark: YAMLMark

    indirect enum Value: Hashable, Sendable {
        /// Text, quoted or not. Empty where a key has no value.
        case scalar(String)
        case sequence([YAMLNode])
        /// In the order of the file, each key once.
        case mapping([YAMLEntry])
    }

    /// For messages: `a list`.
    var kind: String {
        switch value {
        case .scalar("") where !mark.isQuoted: "nothing"
        case .scalar: "a single value"
        case .sequence: "a list"
        case .mapping: "a section of keys"
        }
    }
}

/// A key with its value.
struct YAMLEntry: Hashable, Sendable {
    let key: String
    let keyMark: YAMLMark
    let node: YAMLNode
}

/// A position in a document, from 1.
struct YAMLMark: Hashable, Sendable {
    let line: Int
    let column: Int
    /// Whether quotes begin there.
    var isQuoted = false
}
