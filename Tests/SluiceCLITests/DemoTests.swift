import Testing

struct DemoTests {
    @Test(arguments: ["1.2", "1.3"], [nil, "1", "7", "1000"])
    func `the demo shows a conversation that ends cleanly`(version: String, chunk: String?) throws {
        let program = try Program.sluice(["demo", "--tls", version] + (chunk.map { ["--chunk", $0] } ?? []))
        let outcome = try program.finish()
        #expect(outcome.status == 0 && outcome.errors.isEmpty)
        #expect(outcome.text.contains("ClientHello") && outcome.text.contains("NewSessionTicket"))
        #expect(outcome.text.contains("TLS \(version), "))
        #expect(outcome.text.contains("cleanly, by both ends"))
    }

    @Test func `the lifelines are straight`() throws {
        let lines = try Program.runSluice("demo").text.split(separator: "\n").filter { $0.hasPrefix("  ") }
        #expect(lines.count > 20)
        #expect(Set(lines.map(\.count)).count == 1)
    }

    @Test func `pieces are counted`() throws {
        let outcome = try Program.runSluice("demo", "--chunk", "10", "--tls", "1.3")
        #expect(outcome.text.contains("24 bytes in 3 pieces"))
    }

    @Test func `a chunk of nothing is refused`() throws {
        let outcome = try Program.runSluice("demo", "--chunk", "0")
        #expect(outcome.status == 64)
        #expect(outcome.errors.contains("--chunk takes 1 or more bytes"))
    }
}
