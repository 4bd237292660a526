import Testing

struct ExportTests {
    @Test func `a capture is made for its owner alone`() throws {
        let recorded = try RecordedConnection(input: pattern(100))
        let directory = try TemporaryDirectory()
        let path = directory.path("shop.pcapng")
        let outcome = try Program.runSluice("export", recorded.client, "--pcapng", path)
        #expect(outcome.status == 0 && outcome.output.isEmpty && outcome.errors.contains("holds secrets"))
        #expect(try directory.mode(of: "shop.pcapng") == 0o600)
        #expect(try directory.contents(of: "shop.pcapng").prefix(4) == [0x0a, 0x0d, 0x0d, 0x0a])
    }

    @Test func `a capture that has no room is named, and nothing is left of it`() throws {
        let recorded = try RecordedConnection(input: pattern(20_000))
        let directory = try TemporaryDirectory()
        let path = directory.path("shop.pcapng")
        // Files of some blocks at most, and no signal when there are more.
        let script = #"trap '' XFSZ; ulimit -f 4; exec "$0" export "$1" --pcapng "$2""#
        let outcome = try Program("sh", ["-c", script, Program.sluicePath, recorded.client, path]).finish()
        #expect(outcome.status == 5 && outcome.errors.hasPrefix("sluice: can't write \(path): "))
        #expect(try directory.names().isEmpty)
    }

    @Test func `nothing is written over`() throws {
        let recorded = try RecordedConnection()
        let outcome = try Program.runSluice("export", recorded.client, "--pcapng", recorded.server)
        #expect(outcome.status == 64 && outcome.errors.contains(recorded.server))
    }
}
