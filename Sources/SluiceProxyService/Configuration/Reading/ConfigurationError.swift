/// Why a configuration can't be used: everything that is wrong with it, at once.
public struct ConfigurationError: Error, Hashable, Sendable, CustomStringConvertible {
    /// What is wrong, in the order of the file. Never empty.
    public let problems: [ConfigurationProblem]

    /// An error of these problems.
    init(_ first: ConfigurationProblem, _ others: some Sequence<ConfigurationProblem> = []) {
        problems = [first] + others
    }

    /// An error of these problems, in their file's order; nil if there are none.
    init?(_ problems: [ConfigurationProblem]) {
        guard !problems.isEmpty else { return nil }
        self.problems = problems.enumerated()
            .sorted { ($0.element.place, $0.offset) < ($1.element.place, $1.offset) }
            .map(\.element)
    }

    /// What went wrong first, in one word to branch on.
    public var code: ConfigurationProblem.Code { problems.first?.code ?? .invalidValue }

    /// A line for each problem.
    public var description: String { problems.map(\.description).joined(separator: "\n") }
}

/// Something that is wrong, or odd, in a configuration.
public struct ConfigurationProblem: Hashable, Sendable, CustomStringConvertible {
    /// What sort of problem it is.
    public let code: Code

    /// Where it is.
    public let place: ConfigurationPlace

    /// The key that it is about: `routes[0].upstream.servers`. Empty for the whole file.
    public let key: String

    /// What is wrong, and what would do.
    public let words: String

    /// `proxy.yaml:12:5: routes[0].mode: "proxy" won't do: it must be one of …`, `--cert: can't read …`.
    public var description: String {
        if case .option(let name) = place, name.hasPrefix("-") { return "\(place): \(words)" }
        return [place.description, key, words].filter { !$0.isEmpty }.joined(separator: ": ")
    }

    /// The sorts of problems. More may be added, so a `switch` needs a `default`.
    public struct Code: Hashable, Sendable, CustomStringConvertible {
        private enum Value: String {
            case conflict, duplicateKey, invalidValue, malformed, missingKey, tooLarge, unknownKey, unreadableFile
            case unusableFile, exposedSecret, expiry, unused
        }

        private let value: Value

        /// The name of the static member: `unknownKey`.
        public var description: String { value.rawValue }

        /// Two values that exclude each other, or one that has no effect beside another.
        public static let conflict = Code(value: .conflict)
        /// A key, or a name, that is there twice.
        public static let duplicateKey = Code(value: .duplicateKey)
        /// A value that can't be what the key wants.
        public static let invalidValue = Code(value: .invalidValue)
        /// The file isn't YAML, or uses parts of YAML that aren't taken.
        public static let malformed = Code(value: .malformed)
        /// A key that must be there.
        public static let missingKey = Code(value: .missingKey)
        /// More bytes, values or levels than any configuration has.
        public static let tooLarge = Code(value: .tooLarge)
        /// A key that there isn't.
        public static let unknownKey = Code(value: .unknownKey)
        /// A file that can't be read.
        public static let unreadableFile = Code(value: .unreadableFile)
        /// A file that holds something else than it should.
        public static let unusableFile = Code(value: .unusableFile)
        /// A warning: others can read a file of secrets, or write it.
        public static let exposedSecret = Code(value: .exposedSecret)
        /// A warning: something has expired, or will soon.
        public static let expiry = Code(value: .expiry)
        /// A warning: something can never have an effect.
        public static let unused = Code(value: .unused)
    }
}

/// Where something stands in a configuration.
public enum ConfigurationPlace: Hashable, Sendable {
    /// A file as a whole.
    case file(String)
    /// A line and column of a file, from 1.
    case line(String, line: Int, column: Int)
    /// An option of a command line: `--cert`.
    case option(String)
}

extension ConfigurationPlace: Comparable, CustomStringConvertible {
    /// Earlier before later.
    public static func < (one: ConfigurationPlace, other: ConfigurationPlace) -> Bool {
        one.rank < other.rank
    }

    private var rank: (Int, Int) {
        switch self {
        case .file, .option: (0, 0)
        case .line(_, let line, let column): (line, column)
        }
    }

    /// `proxy.yaml:12:5`, `--cert`.
    public var description: String {
        switch self {
        case .file(let path): path
        case .line(let path, let line, let column): "\(path):\(line):\(column)"
        case .option(let name): name
        }
    }
}
