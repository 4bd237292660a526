import Foundation
import Testing

/// `sluice connect --starttls` against servers that stop halfway, or never stop.
struct StartTLSFaultTests {
    private static let xmppStart =
        "<stream:stream xmlns='jabber:client' xmlns:stream='http://etherx.jabber.org/streams' version='1.0'>"

    @Test(arguments: [
        ("smtp", ["220 h"]), ("smtp", ["220 hi\r\n", "250-hi\r\n250 STARTT"]),
        ("smtp", ["220 hi\r\n", "250-hi\r\n250 STARTTLS\r\n", "220"]), ("lmtp", ["220 hi\r\n", "250-"]),
        ("imap", ["* OK"]), ("imap", ["* OK hi\r\n", "* CAPABILITY IMAP4rev1 STARTTLS\r\na1"]),
        ("pop3", ["+OK hi\r\n", "+OK\r\nSTLS\r\n"]), ("ftp", ["220-hi\r\n"]), ("ftp", ["220 hi\r\n", "23"]),
        ("ldap", ["", "0\u{c}\u{2}"]), ("xmpp", ["", xmppStart + "<stream:features><starttls xml"]),
        ("xmpp-server", ["", "<stre"]), ("postgres", ["", ""]), ("mysql", ["J\0\0\0\u{a}5.5"]),
    ])
    func `a server that ends in the middle of an answer is truncation`(name: String, answers: [String]) throws {
        let first = ("", answers[0])
        let server = try ScriptedServer([first] + answers.dropFirst().map { (Self.anything(in: name), $0) }, then: .end)
        let outcome = try Program.connect(to: server.port, ["--starttls", name])
        #expect(outcome.status == 4, "\(outcome.errors)")
        #expect(outcome.errors.hasPrefix("sluice: localhost:\(server.port): "), "\(outcome.errors)")
        #expect(outcome.output.isEmpty)
    }

    @Test(arguments: [
        ("smtp", ["220-hi\r\n"], "220-more\r\n"), ("smtp", ["220 "], "more"),
        ("lmtp", ["220 hi\r\n", "250-hi\r\n"], "250-MORE\r\n"), ("imap", ["* OK hi\r\n", ""], "* OK more\r\n"),
        ("imap", ["* OK "], "more"), ("pop3", ["+OK hi\r\n", "+OK\r\n"], "MORE\r\n"),
        ("ftp", ["220-hi\r\n"], "more\r\n"),
        ("ldap", ["", "0\u{7f}"], "more"), ("xmpp", ["", xmppStart + "<stream:features>"], "<more/>"),
        ("xmpp", ["", "<"], "more"), ("xmpp-server", ["", " "], " "), ("postgres", ["", "E\0\0\u{7f}\0"], "more"),
        ("mysql", ["\u{7f}\u{7f}\u{7f}\0\u{a}"], "more"),
    ])
    func `a server that never stops is left`(name: String, answers: [String], more: String) throws {
        let sent = Mailbox<Int>()
        let server = try RawServer { peer in
            var count = 0
            defer { sent.put(count) }
            for (index, answer) in answers.enumerated() {
                if index > 0 { _ = try peer.waitAndRead() }
                try peer.writeAll(Array(answer.utf8))
            }
            let piece = [UInt8](String(repeating: more, count: 65_536 / more.utf8.count).utf8)
            while count < Self.floodBytes {
                try peer.writeAll(piece)
                count += piece.count
            }
        }
        let outcome = try Program.connect(to: server.port, ["--starttls", name])
        #expect(outcome.status == 3, "\(outcome.errors)")
        #expect(outcome.errors.hasPrefix("sluice: localhost:\(server.port): "), "\(outcome.errors)")
        #expect(try #require(sent.wait(within: .seconds(20))) < Self.floodBytes, "it isn't read to its end")
    }

    /// Far more than the sockets' buffers hold.
    private static let floodBytes = 64 << 20

    /// What each thing that a client says has in it.
    private static func anything(in name: String) -> String {
        switch name {
        case "ldap": "1.3.6.1.4.1.1466.20037"
        case "xmpp", "xmpp-server": ">"
        case "postgres": "\u{4}"
        default: "\r\n"
        }
    }
}
