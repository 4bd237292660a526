import Fixtures
import SluiceReplay
import Testing

/// Engines with a seed under a false clock on the wall: `faketime` preloads a library that answers for `time`.
@Suite(.needs(.faketime)) struct WallClockTests {
    private static let clocks = [
        ["@1990-01-01 00:00:00"], ["@2037-06-01 12:00:00"], ["@2100-01-01 00:00:00"],
        // A second passes in a millisecond, so that one ends in the middle of each handshake.
        ["@2026-01-01 00:00:00 x1000"],
    ]

    @Test func `the clock is false`() throws {
        let directory = try TemporaryDirectory()
        let server = try SluiceServer(["--echo"])
        let connect = ["connect", "localhost:\(server.port)", "--ca", Fixtures.path("root.pem"), "--record"]
        let outcome = try Software.faketime.run(
            ["-f", "@2037-06-01 12:00:00", Program.sluicePath] + connect + [directory.path("late.journal")]
        )
        #expect(outcome.status == 0)
        let recorded = try Journal(parsing: directory.contents(of: "late.journal")).header.beginning.time
        #expect((2_126_000_000...2_128_000_000).contains(recorded.secondsSince1970))
    }

    @Test func `a simulation comes to the same at any hour, and however fast the hours pass`() throws {
        let arguments = [
            "simulate", "--seed", "1", "--runs", "2", "--connections", "30", "--faults", "slow", "--bytes", "2000",
            "--json",
        ]
        let now = try JSONFacts(Program.runSluice(arguments).output)
        #expect(now.resumedCount > 0)
        for clock in Self.clocks {
            let outcome = try Software.faketime.run(["-f"] + clock + [Program.sluicePath] + arguments)
            #expect(try JSONFacts(outcome.output).digest == now.digest, "\(clock): \(outcome.errors)")
        }
    }

    @Test(arguments: ["1.2", "1.3"])
    func `a recording with a resumed session comes to the same at any hour`(version: String) throws {
        let directory = try TemporaryDirectory()
        let server = try SluiceServer(["--echo", "--record", directory.path("journals") + "/"])
        let session = ["--tls-max", version, "--session", directory.path("session")]
        for number in 1...2 {
            let journal = ["--record", directory.path("journals/client-\(number).journal")]
            let outcome = try Program.connect(to: server.port, session + journal, input: pattern(5000))
            #expect(outcome.status == 0 && outcome.errors.contains(", resumed") == (number == 2))
        }
        #expect(try server.stop().status == 0)
        #expect(try directory.names(in: "journals").count == 4)
        for clock in Self.clocks {
            let arguments = ["-f"] + clock + [Program.sluicePath, "replay", directory.path("journals")]
            let outcome = try Software.faketime.run(arguments)
            #expect(outcome.status == 0, "\(clock): \(outcome.text)")
        }
    }
}
