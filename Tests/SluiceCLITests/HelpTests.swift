import Testing

struct HelpTests {
    @Test(arguments: ["demo", "connect", "serve", "proxy", "replay", "inspect", "export", "simulate", "step"])
    func `each command's help has examples`(command: String) throws {
        let outcome = try Program.runSluice(command, "--help")
        #expect(outcome.status == 0)
        #expect(outcome.text.contains("EXAMPLES") && outcome.text.contains("USAGE: sluice \(command)"))
        #expect(outcome.text.contains("EXIT CODES") || command == "demo")
        #expect(outcome.text.split(separator: "\n").allSatisfy { $0.count <= 80 })
    }

    @Test(arguments: [[], ["replay"], ["inspect"], ["export"], ["simulate"], ["step"]])
    func `no example is broken in two`(command: [String]) throws {
        let text = try Program.runSluice(command + ["--help"]).text
        let examples = try #require(text.split(separator: "EXAMPLES\n").last?.split(separator: "\n\n").first)
        #expect(examples.split(separator: "\n").allSatisfy { $0.hasPrefix("  sluice ") || $0.hasPrefix("  tshark ") })
    }

    @Test(arguments: [["--help"], ["connect", "--help"]])
    func `the exit codes are in the help`(arguments: [String]) throws {
        let outcome = try Program.sluice(arguments).finish()
        for words in ["0  clean", "2  the peer's certificate", "3  TLS failed", "4  the peer's bytes", "64  an option"]
        {
            #expect(outcome.text.contains(words))
        }
    }

    @Test func `the version is a number`() throws {
        let outcome = try Program.runSluice("--version")
        #expect(outcome.status == 0)
        #expect(outcome.text.wholeMatch(of: /\d+\.\d+\.\d+\n/) != nil)
    }
}
