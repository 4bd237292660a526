import Testing

/// Documentation that can't fall behind: what it shows has run, and nothing public is left out.
struct DocumentationTidyTests {
    /// Every library.
    private static let modules = [
        "Sluice", "SluiceAsync", "SluiceNIO", "SluicePOSIX", "SluicePreamble", "SluiceProxy", "SluiceProxyService",
        "SluiceReplay", "SluiceSimulation",
    ]
    private static let catalog = Repository.files(
        under: modules.map { "Sources/\($0)/Documentation.docc" },
        withExtension: "md"
    )
    private static let readme = Repository.file("README.md")

    @Test(arguments: modules)
    func `each public type is in a topic group`(module: String) {
        let declaration = /^public (?:final )?(?:struct|enum|class|protocol|actor|typealias) (\w+)/
        let types = Repository.files(under: ["Sources/\(module)"], withExtension: "swift")
            .flatMap(\.lines).compactMap { $0.firstMatch(of: declaration).map { String($0.output.1) } }
        #expect(types.count > 5)
        #expect(types.filter { !isListed($0, in: "\(module).md") }.isEmpty)
    }

    @Test func `each public member of the engine is in a topic group`() {
        let declaration = /^ {4}public (?:internal\(set\) |mutating )*(?:func|var|enum|struct) (\w+)/
        var members: [String] = []
        for file in Repository.files(under: ["Sources/Sluice"], withExtension: "swift") {
            var isInEngine = false
            for line in file.lines {
                if line.first?.isLetter == true { isInEngine = line.contains(/^(extension|public struct) TLSEngine\b/) }
                if isInEngine, let match = line.firstMatch(of: declaration) { members.append(String(match.output.1)) }
            }
        }
        #expect(members.count > 20)
        #expect(members.filter { !isListed($0, in: "TLSEngine.md") }.isEmpty)
    }

    private func isListed(_ name: String, in article: String) -> Bool {
        Self.catalog.filter { $0.path.hasSuffix("/" + article) }.flatMap(\.lines)
            .contains { $0.hasPrefix("- ``\(name)``") || $0.hasPrefix("- ``\(name)(") }
    }

    @Test(arguments: catalog + [readme].compactMap(\.self))
    func `each piece of Swift shown is code of a test that runs`(page: Repository.File) {
        let examples = Repository.files(under: ["Tests"], withExtension: "swift")
            .filter { $0.path.contains("/Examples/") }.map { comparable($0.lines) }
        for block in swiftBlocks(of: page) {
            #expect(examples.contains { $0.contains(comparable(block)) }, "\(page): \(block.first ?? "")")
        }
    }

    @Test func `the README is read in one go`() throws {
        let lines = try #require(Self.readme).lines.count
        #expect(lines < 150)
    }

    /// Lines between "```swift" and "```".
    private func swiftBlocks(of page: Repository.File) -> [[String]] {
        var blocks: [[String]] = []
        var block: [String]?
        for line in page.lines {
            if line == "```swift" {
                block = []
            } else if line == "```" {
                if let block { blocks.append(block) }
                block = nil
            } else {
                block?.append(line)
            }
        }
        return blocks
    }

    /// Code without imports, blank lines and indentation.
    private func comparable(_ lines: [String]) -> String {
        lines.map { $0.drop { $0 == " " } }.filter { !$0.isEmpty && !$0.hasPrefix("import ") }
            .reduce(into: "\n") { $0 += $1 + "\n" }
    }
}
