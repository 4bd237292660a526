import Fixtures
import Foundation
import Testing

@testable import SluiceCLI

struct ReplayTests {
    @Test func `a journal that matches is a line`() throws {
        let directory = try TemporaryDirectory()
        let path = try directory.write(RecordedConversation().client, to: "client.journal")
        let outcome = try Program.runSluice("replay", path)
        #expect(outcome.status == 0 && outcome.errors.isEmpty)
        let lines = outcome.text.split(separator: "\n")
        #expect(lines.count == 2)
        let line = try #require(lines[0].wholeMatch(of: /ok {2}(.+) {2}\((\d+) entries, ([\d.]+ kB), [\d.]+ m?s\)/))
        #expect(line.output.1 == path)
        #expect(lines[1].hasPrefix("1 of 1 journal matches; \(line.output.3) in "))
        #expect(lines[1].hasSuffix(" journals a second"))
    }

    @Test(arguments: ["1", "2", "8"])
    func `a tree is replayed in order, however many at once`(jobs: String) throws {
        let directory = try TemporaryDirectory()
        var expected: [String] = []
        for number in 0..<12 {
            let folder = "tree/\(number % 3)"
            try FileManager.default.createDirectory(atPath: directory.path(folder), withIntermediateDirectories: true)
            let conversation = try RecordedConversation(seed: UInt64(number))
            expected.append(try directory.write(conversation.server, to: "\(folder)/\(number).journal"))
            _ = try directory.write([1, 2, 3], to: "\(folder)/\(number).txt")
        }
        let outcome = try Program.runSluice("replay", "--jobs", jobs, directory.path("tree"))
        #expect(outcome.status == 0)
        let paths = outcome.text.split(separator: "\n").compactMap { line in
            line.firstMatch(of: /^ok {2}(.+?) {2}/).map { String($0.output.1) }
        }
        #expect(paths == expected.sorted())
        #expect(outcome.text.contains("\n12 of 12 journals match; "))
    }

    @Test func `a journal that diverges is shown, and the others are replayed`() throws {
        let directory = try TemporaryDirectory()
        let conversation = try RecordedConversation()
        let damaged = try directory.write(conversation.damagedClient(), to: "damaged.journal")
        let good = try directory.write(conversation.server, to: "good.journal")
        let outcome = try Program.runSluice("replay", damaged, good)
        #expect(outcome.status == 6)
        #expect(outcome.text.hasPrefix("diverged  \(damaged)\n  entry 0 (line 2): drain(atMost: "))
        #expect(outcome.text.contains(" gave other bytes: the first at 20 of "))
        #expect(outcome.text.contains("\n    byte 20 of all ciphertext sent, in record 0 (handshake, "))
        #expect(outcome.text.contains(" at 20, in ClientHello at 15\n"))
        #expect(outcome.text.contains("\n    offset    expected  ") && outcome.text.contains(" │             ^^\n"))
        #expect(outcome.text.contains("\nok  \(good)  ("))
        #expect(outcome.text.contains("\n1 of 2 journals match (1 diverged, 0 unreadable); "))
    }

    @Test func `a journal of another OpenSSL that diverges is excused`() throws {
        let directory = try TemporaryDirectory()
        let text = String(decoding: try RecordedConversation().damagedClient(), as: UTF8.self)
            .replacing(/"openSSL":"[^"]*"/, with: "\"openSSL\":\"OpenSSL 9.9.9\"")
        let outcome = try Program.runSluice("replay", directory.write(Array(text.utf8), to: "foreign.journal"))
        #expect(outcome.status == 6)
        #expect(outcome.text.contains("\n    recorded with OpenSSL 9.9.9, replayed with OpenSSL "))
        #expect(outcome.text.contains("\n    another OpenSSL can't be expected to match\n"))
    }

    @Test(arguments: [
        "SignatureAlgorithms = rsa_pss_rsae_sha256:ecdsa_secp256r1_sha256", "ClientSignatureAlgorithms = ed25519",
        "RecordPadding = 512", "Options = -MiddleboxCompat,-EncryptThenMac,-SessionTicket,-ExtendedMasterSecret",
        "Groups = P-384", "Ciphersuites = TLS_AES_128_GCM_SHA256", "CipherString = DEFAULT@SECLEVEL=4",
        "MaxProtocol = TLSv1.1", "Protocol = -TLSv1.3", "VerifyMode = Require", "NumTickets = 7",
    ])
    func `journals match whatever the machine's openssl.cnf says`(setting: String) throws {
        let directory = try TemporaryDirectory()
        let sections = [
            "openssl_conf = init", "[init]", "ssl_conf = modules", "[modules]", "system_default = defaults",
            "[defaults]",
        ]
        let text = (sections + [setting]).joined(separator: "\n") + "\n"
        let configuration = try directory.write(Array(text.utf8), to: "openssl.cnf")
        let journals = Fixtures.directory + "/../Captures"
        let program = try Program.sluice("replay", journals, environment: ["OPENSSL_CONF": configuration])
        program.closeInput()
        let outcome = try program.finish()
        #expect(outcome.status == 0, "\(outcome.text.suffix(200))")
    }

    @Test(arguments: [
        "[init]\nproviders = all\n[all]\nlegacy = one\n[one]\nactivate = 1",
        "[init]\nalg_section = all\n[all]\ndefault_properties = fips=yes",
    ])
    func `a machine that leaves OpenSSL without algorithms gets an answer`(sections: String) throws {
        let directory = try TemporaryDirectory()
        let text = "openssl_conf = init\n\(sections)\n"
        let configuration = try directory.write(Array(text.utf8), to: "openssl.cnf")
        let conversation = try RecordedConversation()
        for journal in [conversation.client, conversation.server] {
            let path = try directory.write(journal, to: "one.journal")
            let program = try Program.sluice("replay", path, environment: ["OPENSSL_CONF": configuration])
            program.closeInput()
            #expect(try [0, 6, 64].contains(program.finish().status))
        }
    }

    @Test func `a file that is no journal is named, with line and column`() throws {
        let directory = try TemporaryDirectory()
        let bytes = try RecordedConversation().client
        let cut = try directory.write(Array(bytes.dropLast(10)), to: "cut.journal")
        let noise = try directory.write(Array("no journal\n".utf8), to: "noise.journal")
        let outcome = try Program.runSluice("replay", cut, noise, directory.path("missing.journal"))
        #expect(outcome.status == 64)
        #expect(outcome.text.hasPrefix("unreadable  \(cut)\n  line "))
        #expect(outcome.text.contains(/: truncated: .*; the file is cut, --recover takes the lines that are whole\n/))
        #expect(outcome.text.contains("\nunreadable  \(noise)\n  line 1, column 2: malformed: "))
        #expect(outcome.text.contains("\n  can't read \(directory.path("missing.journal")): No such file"))
        #expect(try Program.runSluice("replay", "--recover", cut).status == 0)
    }

    @Test func `a tree without journals, or without its directory, can't be replayed`() throws {
        let directory = try TemporaryDirectory()
        let outcome = try Program.runSluice("replay", directory.path(""))
        #expect(outcome.status == 64 && outcome.output.isEmpty)
        #expect(outcome.errors.contains("no *.journal below"))
    }

    @Test func `JSON has an object for each journal and one for all`() throws {
        let directory = try TemporaryDirectory()
        let conversation = try RecordedConversation()
        let good = try directory.write(conversation.client, to: "a.journal")
        let damaged = try directory.write(conversation.damagedClient(), to: "b.journal")
        let noise = try directory.write([0xff], to: "c.journal")
        let outcome = try Program.runSluice("replay", "--json", good, damaged, noise)
        #expect(outcome.status == 6)
        let objects = try outcome.text.split(separator: "\n").map { line in
            try #require(JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
        }
        #expect(objects.count == 4)
        #expect(objects.map { $0["result"] as? String } == ["ok", "diverged", "unreadable", nil])
        #expect(objects.dropLast().map { $0["path"] as? String } == [good, damaged, noise])
        #expect(objects[0]["bytesSent"] as? Int ?? 0 > 300)
        #expect(objects[1]["entry"] as? Int == 0 && objects[1]["line"] as? Int == 2)
        #expect((objects[1]["place"] as? String)?.contains("in ClientHello at 15") == true)
        #expect(objects[2]["line"] as? Int == 1)
        #expect(objects[3]["journals"] as? Int == 3 && objects[3]["matched"] as? Int == 1)
    }

    @Test(arguments: [(0, "[\(spaces(40))] 0 of 3"), (1, "[\(String(repeating: "#", count: 13))\(spaces(27))] 1 of 3")])
    func `the bar of a terminal grows`(done: Int, text: String) {
        #expect(ProgressBar.text(done, of: 3, failed: 0) == "\r" + text)
        #expect(ProgressBar.text(done, of: 3, failed: 1) == "\r" + text + ", 1 failed")
    }

    @Test(arguments: [
        (0, "0 B", "0.0 ms"), (999, "999 B", "0.9 ms"), (48_312, "48.3 kB", "48.3 ms"), (1_050_000, "1.0 MB", "1.05 s"),
    ])
    func `quantities have units`(count: Int, bytes: String, time: String) {
        #expect(count.inBytes == bytes && Duration.microseconds(count).inSeconds == time)
    }
}

private func spaces(_ count: Int) -> String { String(repeating: " ", count: count) }
