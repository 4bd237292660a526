import SluiceReplay
import Testing

struct SimulateTests {
    private static let few = ["--connections", "8", "--bytes", "2000", "--faults", "slow"]

    @Test func `the digest follows from the seed, however many run at once`() throws {
        var digests: [String] = []
        for (seed, jobs) in [("1", "1"), ("1", "3"), ("2", "1")] {
            let outcome = try Program.runSluice(
                ["simulate", "--seed", seed, "--runs", "4", "--jobs", jobs] + Self.few
            )
            #expect(outcome.status == 0 && outcome.errors.isEmpty)
            let digest = try #require(outcome.text.split(separator: "\n").last { $0.hasPrefix("digest ") })
            #expect(digest.count == 7 + 64)
            digests.append(String(digest))
        }
        #expect(digests[0] == digests[1] && digests[0] != digests[2])
    }

    @Test func `the summary is told as JSON`() throws {
        let outcome = try Program.runSluice(["simulate", "--json"] + Self.few)
        let summary = try JSONValue(Array(outcome.text.utf8).dropLast()[...], line: 1)
        #expect(try summary.field("connections").integer == 8)
        #expect(try summary.field("outcomes").field("clean").integer > 0)
        #expect(try summary.field("digest").bytes.count == 32)
    }

    @Test func `a bug is found, reproduced by its line, and left as a journal`() throws {
        let directory = try TemporaryDirectory()
        let journals = directory.path("journals")
        let first = try Program.runSluice(["simulate", "--plant-bug", "--journals", journals] + Self.few)
        #expect(first.status == 7 && first.text.isEmpty)
        let told = try #require(first.errors.split(separator: "\n").first)
        let line = try #require(told.split(separator: "again: sluice ").last)
        #expect(line.contains("--plant-bug"))
        let again = try Program.runSluice(line.split(separator: " ").map(String.init) + ["--journals", journals])
        #expect(again.status == 7 && again.errors.hasPrefix(told))
        let names = try directory.names(in: "journals")
        #expect(names == ["seed-1-connection-3-client.journal", "seed-1-connection-3-server.journal"])
        for name in names { #expect(try directory.mode(of: "journals/" + name) == 0o600) }
        #expect(try Program.runSluice(["replay", journals]).status == 0)
    }

    @Test func `journals that could go nowhere are refused before anything runs`() throws {
        let directory = try TemporaryDirectory()
        for path in [try directory.write([], to: "file"), "/no/such/directory"] {
            let outcome = try Program.runSluice(["simulate", "--runs", "1000000", "--journals", path])
            #expect(outcome.status == 64 && outcome.errors.hasPrefix("sluice: can't make \(path): "))
        }
    }

    @Test(arguments: [
        ["--runs", "0"], ["--connections", "-1"], ["--faults", "rain"], ["--seed", "-1"], ["--jobs", "0"],
        ["--plant-bug", "--connections", "3"], ["--plant-bug", "--bytes", "0"],
    ])
    func `an option that means nothing is refused`(option: [String]) throws {
        #expect(try Program.runSluice(["simulate"] + option).status == 64)
    }
}
