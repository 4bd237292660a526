internal import SluicePOSIX

/// A configuration together with where each part of it stands, so that whatever is found out about it later can be told
/// with file, line and key.
public struct ConfigurationDocument: Hashable, Sendable {
    /// What it says.
    public let configuration: ProxyConfiguration

    /// The file that it was read from; nil for a command line.
    public let path: String?

    private let places: [String: ConfigurationPlace]

    /// Parses a file. Names of files in it are relative to its folder; the environment isn't looked at.
    ///
    /// - Parameters:
    ///   - yaml: What is in the file.
    ///   - path: The file's name.
    /// - Throws: Every problem with its YAML; if there are none, every problem with its keys and values.
    public init(yaml: [UInt8], path: String) throws(ConfigurationError) {
        let document = try YAMLDocument(yaml, path: path)
        let reading = ConfigurationReading(path: path)
        let root = document.root ?? YAMLNode(value: .mapping([]), mark: YAMLMark(line: 1, column: 1))
        let configuration = reading.section(root, key: "") { ProxyConfiguration(&$0) }
        if let error = ConfigurationError(reading.problems) { throw error }
        guard let configuration else {
            throw ConfigurationError(.init(code: .malformed, place: .file(path), key: "", words: "it is empty"))
        }
        self.init(configuration, path: path, places: reading.places)
    }

    /// Reads and parses a file.
    ///
    /// - Throws: Why it can't be read, or as ``init(yaml:path:)``.
    public init(contentsOf path: String) throws(ConfigurationError) {
        let bytes: [UInt8]
        do throws(TransportError) {
            bytes = try Files.read(path, bytesMax: ServiceLimits.configurationBytesMax)
        } catch {
            let code: ConfigurationProblem.Code = error.code == .fileTooLarge ? .tooLarge : .unreadableFile
            throw ConfigurationError(.init(code: code, place: .file(path), key: "", words: "\(error)"))
        }
        try self.init(yaml: bytes, path: path)
    }

    /// A configuration that a command line describes.
    ///
    /// - Parameters:
    ///   - configuration: What it says.
    ///   - options: The options by the keys that a file has for them: `routes[0].certificates[0].key` is `--key`.
    public init(_ configuration: ProxyConfiguration, options: [String: String]) {
        self.init(configuration, path: nil, places: options.mapValues { .option($0) })
    }

    private init(_ configuration: ProxyConfiguration, path: String?, places: [String: ConfigurationPlace]) {
        self.configuration = configuration
        self.path = path
        self.places = places
    }

    /// Where a key stands; where it was left out, the section that it would be in.
    public func place(of key: String) -> ConfigurationPlace {
        var key = key[...]
        while !key.isEmpty {
            if let place = places[String(key)] { return place }
            key = key.lastIndex { $0 == "." || $0 == "[" }.map { key[..<$0] } ?? ""
        }
        return path.map { .file($0) } ?? .option("the options")
    }

    /// A problem with a key.
    func problem(_ code: ConfigurationProblem.Code, _ key: String, _ words: String) -> ConfigurationProblem {
        .init(code: code, place: place(of: key), key: key, words: words)
    }
}
