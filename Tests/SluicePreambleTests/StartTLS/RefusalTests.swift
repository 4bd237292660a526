import SluicePreamble
import Testing

/// Servers that say no, can't, or speak of something else.
struct RefusalTests {
    struct Case: CustomStringConvertible, Sendable {
        let application: StartTLS.Application
        let server: [UInt8]
        let code: PreambleError.Code
        let words: String

        init(_ application: StartTLS.Application, _ server: String, _ code: PreambleError.Code, _ words: String) {
            self.init(application, lines(server), code, words)
        }

        init(_ application: StartTLS.Application, _ server: [UInt8], _ code: PreambleError.Code, _ words: String) {
            self.application = application
            self.server = server
            self.code = code
            self.words = words
        }

        var description: String { "\(application) \(code): \(words)" }
    }

    @Test(arguments: smtp + imap + pop3 + ftp, Cut.all)
    func `a server of lines that says no`(refusal: Case, cut: Cut) {
        check(refusal, cut)
    }

    @Test(arguments: ldap + xmpp + postgresql + mysql, Cut.all)
    func `a server of packets or elements that says no`(refusal: Case, cut: Cut) {
        check(refusal, cut)
    }

    private func check(_ refusal: Case, _ cut: Cut) {
        let outcome = Outcome(of: startTLS(refusal.application), fed: refusal.server, cut: cut)
        #expect(outcome.error?.code == refusal.code, "\(outcome)")
        #expect(outcome.error?.fault == .peer)
        #expect(outcome.error?.words.contains(refusal.words) == true, "\(outcome)")
        #expect(!outcome.isFinished)
    }

    private static let ehlo = "220 mail.example.com ESMTP\n250-mail.example.com\n"

    static let smtp = [
        Case(.smtp, "554 5.7.1 go away", .refused, "refuses a connection: 554 5.7.1 go away"),
        Case(.smtp, "421-busy\n421 later", .refused, "421 busy"),
        Case(.smtp, "220 hi\n502 5.5.1 not here", .refused, "refuses EHLO localhost: 502 5.5.1 not here"),
        Case(.smtp, "220 hi\n250 mail.example.com", .unsupported, "doesn't offer STARTTLS"),
        Case(.smtp, ehlo + "250-XSTARTTLS\n250 STARTTLSX", .unsupported, "doesn't offer STARTTLS"),
        Case(.smtp, "220 hi\n250 STARTTLS", .unsupported, "doesn't offer STARTTLS"),
        Case(.smtp, ehlo + "250 STARTTLS\n454 4.7.0 TLS not available", .refused, "refuses STARTTLS: 454 4.7.0"),
        Case(.smtp, ehlo + "250 STARTTLS\n250 ok", .malformed, "not 220"),
        Case(.smtp, "SSH-2.0-OpenSSH_9.2p1", .malformed, "SSH-2.0-OpenSSH_9.2p1"),
        Case(.smtp, "220 hi\n250-a\n251 b", .malformed, "251 b"),
        Case(.smtp, "220 hi\n250-a\nb", .malformed, "three digits"),
        Case(.smtp, "220=hi", .malformed, "220=hi"),
        Case(.smtp, "", .malformed, "three digits"),
        Case(.smtp, "554 \u{1b}[31mred\u{7}", .refused, "\\u{1b}[31mred\\u{7}"),
        Case(.smtp, "220 " + String(repeating: "a", count: 8200), .tooLong, "8192"),
        Case(.smtp, "220 hi\n" + String(repeating: "250-a\n", count: 6000), .tooLong, "32768"),
        Case(.lmtp, "220 hi\n500 what", .refused, "refuses LHLO localhost: 500 what"),
    ]

    static let imap = [
        Case(.imap, "* BYE too many", .refused, "* BYE too many"),
        Case(.imap, "* PREAUTH logged in", .unsupported, "logged in already"),
        Case(.imap, "a1 OK hello", .malformed, "greeting"),
        Case(.imap, "+OK pop", .malformed, "+OK pop"),
        Case(.imap, "220 mail.example.com ESMTP", .malformed, "220 mail"),
        Case(.imap, "*", .malformed, "greeting"),
        Case(.imap, "* OK hi\na1 OK done", .unsupported, "doesn't offer STARTTLS"),
        Case(.imap, "* OK hi\n* CAPABILITY IMAP4rev1 XSTARTTLS\na1 OK", .unsupported, "doesn't offer STARTTLS"),
        Case(.imap, "* OK [CAPABILITY IMAP4rev1 STARTTLS] hi\n* CAPABILITY IMAP4rev1\na1 OK", .unsupported, "offer"),
        Case(.imap, "* OK hi\na1 BAD what", .refused, "refuses CAPABILITY: a1 BAD what"),
        Case(.imap, "* OK hi\na2 OK done", .malformed, "a2 OK done"),
        Case(.imap, "* OK hi\n+ go on", .malformed, "+ go on"),
        Case(.imap, "* OK hi\n* CAPABILITY STARTTLS {3}", .malformed, "{3}"),
        Case(.imap, "* OK hi\n* CAPABILITY STARTTLS\n* BYE now", .refused, "* BYE now"),
        Case(.imap, "* OK hi\n* CAPABILITY STARTTLS\na1 OK\na2 NO later", .refused, "refuses STARTTLS: a2 NO later"),
        Case(.imap, "* OK hi\n* CAPABILITY STARTTLS\na1 OK\na2 PERHAPS", .malformed, "a2 PERHAPS"),
    ]

    static let pop3 = [
        Case(.pop3, "-ERR no room", .refused, "refuses a connection: -ERR no room"),
        Case(.pop3, "* OK imap", .malformed, "* OK imap"),
        Case(.pop3, "", .malformed, "greeting"),
        Case(.pop3, "+OK hi\n+OK list\nTOP\nXSTLS\n.", .unsupported, "doesn't offer STLS"),
        Case(.pop3, "+OK hi\n-ERR what\n-ERR what", .refused, "refuses STLS: -ERR what"),
        Case(.pop3, "+OK hi\n+OK\nSTLS\n.\n-ERR no", .refused, "refuses STLS: -ERR no"),
        Case(.pop3, "+OK hi\nCAPA", .malformed, "CAPA"),
        Case(.pop3, "+OK hi\n+OK\n" + String(repeating: "SASL\n", count: 9000), .tooLong, "32768"),
    ]

    static let ftp = [
        Case(.ftp, "421 Too many users", .refused, "421 Too many users"),
        Case(.ftp, "500 OOPS: vsftpd: refusing to run", .refused, "500 OOPS: vsftpd"),
        Case(.ftp, "331 password?", .malformed, "331 password?"),
        Case(.ftp, "220 hi\n530 Please login with USER and PASS.", .refused, "530 Please login"),
        Case(.ftp, "220 hi\n500 what", .unsupported, "doesn't know AUTH TLS: 500 what"),
        Case(.ftp, "220 hi\n502 no", .unsupported, "502 no"),
        Case(.ftp, "220 hi\n504 no", .unsupported, "504 no"),
        Case(.ftp, "220 hi\n334 ADAT=", .malformed, "not 234"),
        Case(.ftp, "+OK pop", .malformed, "+OK pop"),
    ]

    private static func ldap(id: UInt8, result: UInt8, _ text: String, tag: UInt8 = 0x78) -> [UInt8] {
        let text = Array(text.utf8)
        let response = [0x0a, 1, result, 4, 0, 4, UInt8(text.count)] + text
        return [0x30, UInt8(response.count + 5), 2, 1, id, tag, UInt8(response.count)] + response
    }

    /// As it was read from OpenLDAP 2.5.13 without a certificate.
    private static let openLDAP = bytes(
        "302a02010178250a01020400041e756e737570706f7274656420657874656e646564206f7065726174696f6e"
    )

    static let ldap = [
        Case(.ldap, openLDAP, .unsupported, "2 protocolError (unsupported extended operation)"),
        Case(.ldap, ldap(id: 1, result: 52, "TLS broken"), .refused, "52 unavailable (TLS broken)"),
        Case(.ldap, ldap(id: 1, result: 1, "TLS already started"), .refused, "1 operationsError"),
        Case(.ldap, ldap(id: 1, result: 99, ""), .refused, "99"),
        Case(.ldap, ldap(id: 0, result: 52, "shutting down"), .refused, "disconnects: 52 unavailable"),
        Case(.ldap, ldap(id: 7, result: 0, ""), .malformed, "no LDAP response"),
        Case(.ldap, ldap(id: 1, result: 0, "", tag: 0x61), .malformed, "no LDAP response"),
        Case(.ldap, ldap(id: 1, result: 0x80, ""), .malformed, "no LDAP response"),
        Case(.ldap, "HTTP/1.1 400 Bad Request", .malformed, "no LDAP response"),
        Case(.ldap, [0x30, 0x80, 2, 1, 1, 0, 0], .malformed, "no LDAP response"),
        Case(.ldap, [0x30, 0x85, 0, 0, 0, 0, 1, 0], .malformed, "no LDAP response"),
        Case(.ldap, [0x30, 0x84, 0xff, 0xff, 0xff, 0xff], .tooLong, "4294967295"),
        Case(.ldap, [0x30, 0], .malformed, "no LDAP response"),
        Case(.ldap, [0x30, 7, 2, 1, 1, 0x78, 2, 0x0a, 1], .malformed, "no LDAP response"),
    ]

    private static func xmpp(_ rest: String) -> [UInt8] {
        let header = "<stream:stream xmlns='jabber:client' xmlns:stream='http://etherx.jabber.org/streams'"
        return Array((header + " version='1.0'>" + rest).utf8)
    }

    private static func asked(_ rest: String) -> [UInt8] {
        xmpp(
            "<stream:features><starttls xmlns='urn:ietf:params:xml:ns:xmpp-tls'/></stream:features>" + rest
        )
    }

    static let xmpp = [
        Case(.xmpp, xmpp("<stream:features/>"), .unsupported, "doesn't offer <starttls/>"),
        Case(.xmpp, xmpp("<stream:features><starttls/></stream:features>"), .unsupported, "doesn't offer"),
        Case(.xmpp, xmpp("<a/>"), .malformed, "<a> where the server's stream features"),
        Case(.xmpp, xmpp("</stream:stream>"), .refused, "closes the stream"),
        Case(
            .xmpp,
            xmpp(
                """
                <stream:error><host-unknown xmlns='urn:ietf:params:xml:ns:xmpp-streams'/>\
                <text xmlns='urn:ietf:params:xml:ns:xmpp-streams'>This server does not serve nobody.example</text>\
                </stream:error></stream:stream>
                """
            ),
            .refused,
            "host-unknown"
        ),
        Case(.xmpp, asked("<failure xmlns='urn:ietf:params:xml:ns:xmpp-tls'/>"), .refused, "refuses <starttls/>"),
        Case(.xmpp, asked("<proceed/>"), .malformed, "<proceed> where"),
        Case(.xmpp, asked("proceed"), .malformed, "text"),
        Case(.xmpp, asked("<!-- x -->"), .malformed, "comments"),
        Case(.xmpp, asked("<![CDATA[x]]>"), .malformed, "CDATA"),
        Case(.xmpp, asked("<?xml version='1.0'?>"), .malformed, "processing instructions"),
        Case(.xmpp, Array("<!DOCTYPE x>".utf8), .malformed, "document types"),
        Case(.xmpp, Array("<?php x?>".utf8), .malformed, "no tag"),
        Case(.xmpp, Array("<html>".utf8), .malformed, "<html> where"),
        Case(.xmpp, Array("<stream:stream version='1.0'>".utf8), .malformed, "stream:stream"),
        Case(.xmpp, Array("<a:b:c>".utf8), .malformed, "a:b:c"),
        Case(.xmpp, Array("<a b='1' b='2'>".utf8), .malformed, "no tag"),
        Case(.xmpp, Array("<a b=1>".utf8), .malformed, "no tag"),
        Case(.xmpp, Array("<a b='1'c='2'>".utf8), .malformed, "no tag"),
        Case(.xmpp, Array("<>".utf8), .malformed, "no tag"),
        Case(.xmpp, Array("</a>".utf8), .malformed, "isn't open"),
        Case(.xmpp, Array("<a <".utf8), .malformed, "within a tag"),
        Case(.xmpp, [0x3c, 0xff, 0x3e], .malformed, "UTF-8"),
        Case(.xmpp, Array("HTTP/1.1 400".utf8), .malformed, "text"),
        Case(
            .xmpp,
            Array("<stream:stream xmlns:stream='http://etherx.jabber.org/streams'>".utf8),
            .unsupported,
            "1.0"
        ),
        Case(.xmpp, xmpp("<stream:features>" + String(repeating: "<a>", count: 20)), .tooLong, "deeper than 16"),
        Case(.xmpp, xmpp("<a " + String(repeating: "x", count: 33_000)), .tooLong, "32768"),
        Case(
            .xmpp,
            xmpp("<a " + (0..<40).map { "a\($0)=''" }.joined(separator: " ") + ">"),
            .tooLong,
            "32 attributes"
        ),
    ]

    static let postgresql = [
        Case(.postgresql, [0x4e], .unsupported, "no TLS"),
        Case(.postgresql, Array("Ecould not fork new process: no memory\n\0".utf8), .refused, "process: no memory"),
        Case(
            .postgresql,
            [0x45, 0, 0, 0, 37] + Array("SFATAL\0C53300\0Mtoo many clients\0\0".utf8),
            .refused,
            "too many clients"
        ),
        Case(.postgresql, [0x45] + [UInt8](repeating: 0x61, count: 30_001), .tooLong, "30000"),
        Case(.postgresql, Array("HTTP/1.1".utf8), .malformed, "'H'"),
    ]

    private static func packet(_ payload: [UInt8], number: UInt8 = 0) -> [UInt8] {
        [UInt8(payload.count), 0, 0, number] + payload
    }

    private static let unknownHost = Array("Host '192.0.2.7' is not allowed to connect to this MariaDB server".utf8)

    static let mysql = [
        Case(.mysql, packet([0xff, 0x6a, 0x04] + unknownHost), .refused, "1130 Host '192.0.2.7' is not allowed"),
        Case(.mysql, packet([0xff, 0x10, 0x04] + Array("#08004Too many".utf8)), .refused, "1040 Too many"),
        Case(.mysql, packet([0xff]), .refused, "refuses"),
        Case(.mysql, mysqlHandshake(version: "8.0", flags: 0xf7ff), .unsupported, "doesn't offer TLS"),
        Case(.mysql, mysqlHandshake(version: "3.23", flags: 0x0800), .unsupported, "doesn't offer TLS"),
        Case(.mysql, packet([9, 0x33, 0]), .malformed, "version"),
        Case(.mysql, packet([10, 0x33]), .malformed, "ends before"),
        Case(.mysql, packet([10, 0x33, 0, 1, 2]), .malformed, "ends before"),
        Case(.mysql, packet([10, 0x33, 0, 1, 2], number: 1), .malformed, "numbered 0"),
        Case(.mysql, [0, 0, 0, 0], .malformed, "empty"),
        Case(.mysql, Array("HTTP/1.1 400".utf8), .tooLong, "is this a MySQL server?"),
    ]

    @Test func `a PostgreSQL server's error counts though it is cut`() {
        let outcome = Outcome(of: startTLS(.postgresql), fed: Array("Eno memory".utf8), then: .eof)
        #expect(outcome.error?.code == .refused)
        #expect(outcome.error?.words.contains("no memory") == true)
    }

    @Test(arguments: [
        ("mail.example.com", "mail.example.com"), ("192.0.2.1", "[192.0.2.1]"), ("2001:db8::1", "[IPv6:2001:db8::1]"),
    ])
    func `a client's name is said as mail says it`(client: String, said: String) throws {
        let name = try #require(PreambleHost(client))
        let outcome = Outcome(of: StartTLS(.smtp, to: mailHost, as: name), fed: lines("220 hi"))
        #expect(text(outcome.sent) == "EHLO \(said)\r\n")
    }
}
