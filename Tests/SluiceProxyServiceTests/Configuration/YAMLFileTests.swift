import SluiceProxyService
import SluiceSimulation
import Testing

/// Files that are no configuration at all, by mistake or by malice.
struct YAMLFileTests {
    @Test func `bytes that aren't UTF-8 are told with their line`() {
        let found = ConfigurationText.problems(Array("a: 1\nb: ".utf8) + [0xff, 0xfe])
        #expect(found == ["proxy.yaml:2:1: this line isn't UTF-8"])
    }

    @Test func `a tab is told with its place and what to do`() throws {
        let found = try #require(ConfigurationText.problems("listeners:\n\t- address: a:1\n").first)
        #expect(found.hasPrefix("proxy.yaml:2:1: ") && found.contains("indent with spaces, never tabs"))
    }

    @Test(arguments: ["a: *.example.com", "a: *name", "a: [*, b]"])
    func `a star that needs quotes is told so`(text: String) throws {
        let found = try #require(ConfigurationText.problems(text).first)
        #expect(found.contains(#"put quotes around text that begins with * or &, such as "*.example.com""#))
    }

    @Test(arguments: ["a: [::1]:443", "a: {b: [::1]:443}", "a:\n  b: 1\n c: 2"])
    func `brackets and indentation that don't fit are told so`(text: String) throws {
        let found = try #require(ConfigurationText.problems(text).first)
        #expect(found.contains("look at the indentation, and put quotes around text with brackets"))
    }

    @Test func `a file that is too large isn't parsed`() {
        let bytes = [UInt8](repeating: UInt8(ascii: "#"), count: ServiceLimits.configurationBytesMax + 1)
        #expect(ConfigurationText.problems(bytes) == ["proxy.yaml: it has more than 4194304 bytes"])
    }

    @Test func `keys that are there twice are told with their place`() {
        let found = ConfigurationText.problems(ConfigurationText.least + "\nlimits: {ring: 4KiB, ring: 8KiB}\n")
        #expect(found == [#"proxy.yaml:7:10: "ring" is there more than once"#])
    }

    @Test(arguments: [
        "a: &x [1]\nb: *x", "a: &x\n  - 1", "- &a b", "[&a b]", "{&a b: c}", "? &x [1]\n: 1", "!!seq &x [1]",
        "\"a\": \"b\"\n&x c: d",
    ])
    func `anchors are refused`(text: String) throws {
        let found = try #require(ConfigurationText.problems(text).first)
        #expect(found.contains("anchors and aliases"))
    }

    @Test(arguments: ["# a & b\n", "# a&b\n", "# -&-\n"])
    func `an ampersand that begins nothing is just one`(comment: String) {
        #expect(ConfigurationText.problems(comment + ConfigurationText.least) == [])
    }

    @Test(.timeLimit(.minutes(1)))
    func `a bomb of aliases costs nothing`() {
        let levels = (1...60).map { "a\($0): &a\($0) [*a\($0 - 1), *a\($0 - 1)]\n" }.joined()
        #expect(ConfigurationText.problems("a0: &a0 [x, x]\n\(levels)? *a60\n: 1\n").count == 1)
    }

    @Test(arguments: [
        ("[", 100_000, ""), ("- ", 100_000, ""), ("{a: ", 900, ""), ("[", 900, "]"), ("? ", 5000, ""),
        ("a:\n", 900, ""),
    ])
    func `depth is bounded`(opening: String, levels: Int, closing: String) {
        let isLines = opening.hasSuffix("\n")
        let openings = (0..<levels).map { (isLines ? String(repeating: " ", count: $0) : "") + opening }.joined()
        #expect(ConfigurationText.problems(openings + String(repeating: closing, count: levels)).count == 1)
    }

    @Test func `values are bounded`() {
        let text = "a: [" + String(repeating: "1,", count: ServiceLimits.configurationValuesMax) + "]"
        #expect(ConfigurationText.problems(text) == ["proxy.yaml:1:400001: there are more than 200000 values"])
    }

    @Test(arguments: [
        "", "# nothing\n", "---\n", "...\n", "{}", "[]", "listeners", "a: b: c", "a: *x", "--- 1\n--- 2\n",
    ])
    func `what is no configuration is refused`(text: String) {
        #expect(!ConfigurationText.problems(text).isEmpty)
    }

    @Test(.timeLimit(.minutes(10)), arguments: UInt64(0)..<8)
    func `damaged files are refused or read, and never trap`(seed: UInt64) async throws {
        // On a thread of its own: tests of servers need the tasks'.
        let isAlwaysTold = try await offPool { try Self.damage(seed) }
        #expect(isAlwaysTold)
    }

    /// Whether every problem of damaged files says where it is.
    private static func damage(_ seed: UInt64) throws -> Bool {
        var numbers = SplitMix64(seed: seed)
        let whole = seed.isMultiple(of: 2) ? Array(ConfigurationText.least.utf8) : try ConfigurationText.example
        let odd = Array("\0\t\n\r\"'#&*!|>%@`{}[],:?-\\~<=".utf8) + [0x80, 0xc3, 0xef, 0xff]
        for _ in 0..<500 {
            var bytes = whole
            for _ in 0...Int(numbers.next() % 4) {
                let place = Int(numbers.next() % UInt64(bytes.count))
                switch numbers.next() % 3 {
                case 0: bytes[place] = odd[Int(numbers.next() % UInt64(odd.count))]
                case 1: bytes.insert(odd[Int(numbers.next() % UInt64(odd.count))], at: place)
                default: bytes.removeSubrange(place..<min(bytes.count, place + Int(numbers.next() % 8)))
                }
            }
            guard ConfigurationText.problems(bytes).allSatisfy({ $0.hasPrefix("proxy.yaml") }) else { return false }
        }
        return true
    }

    @Test func `a file that isn't there is told`() {
        #expect {
            try ConfigurationDocument(contentsOf: "/nowhere/proxy.yaml")
        } throws: { error in
            let error = error as? ConfigurationError
            return error?.code == .unreadableFile
                && error?.description
                    == "/nowhere/proxy.yaml: can't read /nowhere/proxy.yaml: No such file or directory"
        }
    }
}
