import Testing

/// What the style asks of sources and `swift format` doesn't look at.
struct SourceTidyTests {
    private static let sources = Repository.files(under: ["Sources"], withExtension: "swift")
    private static let tests = Repository.files(under: ["Tests", "Fixtures"], withExtension: "swift")

    @Test func `pointers stay behind the fence`() {
        let outside = Self.sources.filter {
            !$0.path.hasPrefix("Sources/SluiceOpenSSL/") && !$0.path.hasPrefix("Sources/SluicePOSIX/SystemCalls")
        }
        #expect(places(in: outside, of: /\bunsafe\b|Unsafe|@unchecked|@convention/).isEmpty)
    }

    @Test func `the engine imports nothing but the fence`() {
        let engine = Self.sources.filter { $0.path.hasPrefix("Sources/Sluice/") }
        #expect(places(in: engine, of: /^\s*(\w+ )?import (?!SluiceOpenSSL$)/).isEmpty)
    }

    @Test func `a file holds one concept`() {
        let tooLong = Self.sources.filter { $0.lines.count > 400 } + Self.tests.filter { $0.lines.count > 500 }
        #expect(tooLong.map(\.path).isEmpty)
    }

    @Test func `nothing is left for later, forced, or named for nothing`() {
        let all = Self.sources + Self.tests
        let isLeft = places(in: all, of: /\b(try|as)!|\b\w+(Manager|Helper|Utils?|Impl)\b|\bsleep\(/)
        #expect(isLeft.isEmpty)
        let isOwed = all.flatMap { file in file.lines.filter { $0.contains(/\b(TO()DO|FIX()ME)\b/) } }
        #expect(isOwed.isEmpty)
    }

    /// `path:line` of each line of code in which `pattern` is found.
    private func places(in files: [Repository.File], of pattern: some RegexComponent) -> [String] {
        files.flatMap { file in
            zip(1..., file.code).filter { $1.contains(pattern) }.map { "\(file):\($0.0)" }
        }
    }
}
