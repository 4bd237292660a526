import SluiceProxyService
import Testing

struct ProcessUsageTests {
    private static let status =
        "42 (a ) (b) S 1 42 42 0 -1 4194560 100 0 0 0 150 50 0 0 20 0 7 0 1000 4096000 25 18446744073709551615 1 1\n"
    private static let limits = "Limit  Soft Limit\nMax open files            1024                 524288     files\n"

    private func usage(_ status: String, limits: String = limits, system: String = "cpu 1 2\nbtime 1700000000\n")
        -> ProcessUsage
    {
        ProcessUsage(status: status, limits: limits, system: system, ticksPerSecond: 100, pageBytes: 4096)
    }

    @Test func `the files of proc are read whatever the program is called`() {
        let usage = usage(Self.status)
        #expect(usage.processorSeconds == 2)
        #expect(usage.threads == 7)
        #expect(usage.virtualBytes == 4_096_000)
        #expect(usage.residentBytes == 25 * 4096)
        #expect(usage.openDescriptorsMax == 1024)
        #expect(usage.startSeconds == 1_700_000_010)
    }

    @Test(arguments: ["", "1", "1 (a", "1 (a)", "1 (a) S 1", ")", "1 (a) x y z x y z x y z x y z x y z x y z x y z x"])
    func `what isn't understood is left out`(status: String) {
        let usage = usage(status, limits: "Max open files\n", system: "btime x")
        #expect(usage.families.isEmpty)
    }

    #if os(Linux)
        @Test func `this process has memory, descriptors and an age`() throws {
            let usage = ProcessUsage.now()
            #expect(usage.families.count == 7)
            #expect(try #require(usage.residentBytes) > 1_000_000)
            #expect(try #require(usage.openDescriptors) >= 3)
            #expect(try #require(usage.startSeconds) > 1_600_000_000)
        }
    #endif
}
