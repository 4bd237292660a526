import Fixtures
import Foundation
import Sluice
import SluiceReplay
import Testing

struct InspectTests {
    @Test(arguments: ["1.2", "1.3"])
    func `both ends of a connection are drawn, with what crossed`(version: String) throws {
        let recorded = try RecordedConnection(["--tls-max", version, "--alpn", "h2"], input: pattern(40_000))
        for path in [recorded.client, recorded.server] {
            let outcome = try Program.runSluice("inspect", path)
            #expect(outcome.status == 0 && outcome.errors.isEmpty)
            for words in [
                "the same, byte for byte", "ClientHello ", "server name localhost · ALPN h2", "ServerHello ",
                "handshake complete: TLS \(version), ", " bytes of application data", "close_notify",
                "40000 bytes written, 40000 read", "cleanly, by both ends",
            ] {
                #expect(outcome.text.contains(words), "\(words)\n\(outcome.text)")
            }
        }
    }

    @Test func `the lifelines are straight, and no line is wider than 100 columns`() throws {
        let recorded = try RecordedConnection(input: pattern(100))
        for flags in [[], ["--hex"]] {
            let outcome = try Program.sluice(["inspect", recorded.client] + flags).finish()
            let lines = outcome.text.split(separator: "\n")
            #expect(lines.allSatisfy { $0.count <= 100 })
            let rungs = lines.filter { $0.hasSuffix("│") || $0.hasSuffix("┤") }
            #expect(rungs.count > 20 && Set(rungs.map(\.count)) == [99])
        }
    }

    @Test func `hexadecimal shows each piece that crossed`() throws {
        let recorded = try RecordedConnection(input: pattern(100))
        let text = try Program.runSluice("inspect", recorded.client, "--hex").text
        #expect(text.contains("00000000  16 03 01 "))
        #expect(text.contains("localhost"))
    }

    @Test func `JSON tells the same to programs`() throws {
        let recorded = try RecordedConnection(input: pattern(100))
        let outcome = try Program.runSluice("inspect", recorded.client, "--json")
        let object = try JSONSerialization.jsonObject(with: Data(outcome.output))
        let report = try #require(object as? [String: Any])
        #expect(report["isSame"] as? Bool == true && report["end"] as? String == "cleanly, by both ends")
        #expect((report["summary"] as? [String: Any])?["version"] as? String == "TLS 1.3")
        #expect((report["steps"] as? [Any])?.count ?? 0 > 6)
    }

    @Test func `a handshake that failed is shown with its alert`() throws {
        let recorded = try RecordedConnection(trusting: Fixtures.path("stranger.pem"))
        let client = try Program.runSluice("inspect", recorded.client)
        #expect(client.status == 0 && client.text.contains("alert unknown_ca"))
        #expect(client.text.contains("failed: verificationFailed"))
        #expect(try Program.runSluice("inspect", recorded.server).text.contains("alert unknown_ca"))
    }

    @Test func `an edited journal is shown with a note`() throws {
        let recorded = try RecordedConnection(input: pattern(100))
        let directory = try TemporaryDirectory()
        let text = String(decoding: try Data(contentsOf: URL(fileURLWithPath: recorded.client)), as: UTF8.self)
        var lines = text.split(separator: "\n")
        lines.removeAll { $0.contains("\"call\":\"write\"") }
        let path = try directory.write(Array((lines.joined(separator: "\n") + "\n").utf8), to: "edited.journal")
        let outcome = try Program.runSluice("inspect", path)
        #expect(outcome.status == 0)
        #expect(outcome.text.contains("otherwise from entry #") && outcome.text.contains("weren't decrypted"))
    }

    @Test func `a reader that has seen enough is no news`() throws {
        let recorded = try RecordedConnection(input: pattern(300_000))
        // Far more than a pipe holds, to a reader that is gone after a byte.
        let script = #"{ "$0" inspect --hex "$1"; echo $? >&2; } | head -c 1"#
        let outcome = try Program("sh", ["-c", script, Program.sluicePath, recorded.client]).finish()
        #expect(outcome.errors == "5\n")
    }

    @Test func `what can't be read is refused with its place`() throws {
        let directory = try TemporaryDirectory()
        let wrong = try directory.write(Array("{\"journal\":9}\n".utf8), to: "wrong.journal")
        let outcome = try Program.runSluice("inspect", wrong)
        #expect(outcome.status == 64 && outcome.errors.contains("wrong.journal: line 1, column "))
        #expect(try Program.runSluice("inspect", directory.path("missing")).status == 64)
    }

    @Test func `a journal whose last line is cut is shown without it`() throws {
        let recorded = try RecordedConnection(input: pattern(100))
        let directory = try TemporaryDirectory()
        let bytes = Array(try Data(contentsOf: URL(fileURLWithPath: recorded.client)))
        let path = try directory.write(Array(bytes.dropLast(5)), to: "cut.journal")
        #expect(try Program.runSluice("inspect", path).text.contains("one more is cut"))
    }
}
