import Testing

struct DemoTests {
    @Test func `the program answers to --help`() throws {
        let outcome = try Program.runSluice("--help")
        #expect(outcome.status == 0)
        #expect(outcome.text.contains("USAGE: sluice"))
    }
}
