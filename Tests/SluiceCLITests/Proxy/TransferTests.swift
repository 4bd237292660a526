import Fixtures
import Foundation
import Testing

extension Interop.Proxies {
    /// Much, both ways, in little memory. `SLUICE_TEST_FULL=1` makes it 1 GiB each way and mode instead of 16 MiB.
    @Suite(.needs(.go), .serialized) struct TransferTests {
        private static let isFull = ProcessInfo.processInfo.environment["SLUICE_TEST_FULL"] == "1"
        private static let byteCount = isFull ? 1 << 30 : 16 << 20

        /// How much more memory a proxy may need for a long connection than it did for a short one: its two rings of
        /// 17 KiB on each side and what it keeps between them are far less, and the allocator's own ways are not.
        private static let growthMax = 6 << 20

        @Test(arguments: ["terminate", "originate", "bridge", "pass-through"])
        func `bytes there and back are the same, in memory that stays`(mode: String) throws {
            let (isClientTLS, isServerTLS) = (mode != "originate", mode != "terminate")
            let server = try PeerServer(.go, does: "echo", isServerTLS ? [:] : ["plain": "yes"])
            let identity = mode == "terminate" || mode == "bridge" ? Fixtures.serverRSA.options : []
            let upstream = ["--upstream-ca", Fixtures.path("root.pem"), "--upstream-name", "localhost"]
            let own = mode == "originate" || mode == "bridge" ? upstream : []
            let proxy = try RealProxy(["--mode", mode, "--to", server.address] + identity + own)
            func echo(_ count: Int, at place: some Listening, _ isPlain: Bool) throws -> [PeerReport] {
                let settings = ["bytes": "\(count)"].merging(isPlain ? ["plain": "yes"] : [:]) { $1 }
                return try PeerLanguage.go.connect(to: place, does: "echo", settings, within: .seconds(600))
            }
            _ = try echo(1 << 20, at: proxy, !isClientTLS)
            let before = try proxy.program.peakMemory()
            let seen = try echo(Self.byteCount, at: proxy, !isClientTLS)
            let after = try proxy.program.peakMemory()
            #expect(after - before < Self.growthMax, "\(before) and then \(after) bytes")
            if Self.isFull { print("\(mode): \(before >> 10) KiB before, \(after >> 10) KiB after") }
            // What a connection without a proxy sees.
            let direct = try echo(Self.byteCount, at: server, !isServerTLS)
            #expect(direct.ends.map(\.receivedByteCount) == [Self.byteCount], "\(direct)")
            #expect(seen.ends.map(\.digest) == direct.ends.map(\.digest), "\(seen)")
            #expect(Set(try server.finish().ends.map(\.digest)).count == 2)
        }

        @Test(arguments: ["terminate", "bridge"])
        func `who stops to read fills no memory`(mode: String) throws {
            let count = 64 << 20
            let plain = mode == "terminate" ? ["plain": "yes"] : [:]
            let server = try PeerServer(.go, does: "send", ["bytes": "\(count)"].merging(plain) { $1 })
            let upstream = ["--upstream-ca", Fixtures.path("root.pem"), "--upstream-name", "localhost"]
            let own = Fixtures.serverRSA.options + (mode == "bridge" ? upstream : [])
            let proxy = try RealProxy(["--mode", mode, "--to", server.address] + own)
            let before = try proxy.program.peakMemory()
            let place = ["connect": proxy.address, "name": "localhost", "ca": Fixtures.path("root.pem")]
            let client = try PeerLanguage.go.start(role: "client", place.merging(["does": "send"]) { $1 })
            _ = try client.line(beginningWith: "handshake")
            client.signal(SIGSTOP)
            // Long enough for the proxy to read all of it, if it would.
            #expect(!client.hasEnded(within: .seconds(1)))
            let after = try proxy.program.peakMemory()
            #expect(after - before < Self.growthMax, "\(before) and then \(after) bytes")
            client.signal(SIGCONT)
            client.closeInput()
            let ends = PeerReport.reports(in: try client.finish().output).ends
            #expect(ends.map(\.receivedByteCount) == [count])
        }
    }
}

extension Program {
    /// The most memory that it had at once, in bytes (`VmHWM`).
    func peakMemory() throws -> Int {
        let status = try String(contentsOfFile: "/proc/\(id)/status", encoding: .utf8)
        let line = status.split(separator: "\n").first { $0.hasPrefix("VmHWM:") }
        guard let count = line?.split(whereSeparator: \.isWhitespace).dropFirst().first.flatMap({ Int($0) }) else {
            throw ProgramFailure(description: "no VmHWM of \(id)")
        }
        return count << 10
    }
}
