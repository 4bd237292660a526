import Fixtures
import Testing

/// `sluice connect --starttls` against servers that follow a script.
struct StartTLSTests {
    private static let scripts: [(String, [(String, String)])] = [
        (
            "smtp",
            [("", "220 hi\r\n"), ("EHLO localhost\r\n", "250-hi\r\n250 STARTTLS\r\n"), ("STARTTLS\r\n", "220 go\r\n")]
        ),
        (
            "lmtp",
            [("", "220 hi\r\n"), ("LHLO localhost\r\n", "250-hi\r\n250 STARTTLS\r\n"), ("STARTTLS\r\n", "220 go\r\n")]
        ),
        (
            "imap",
            [
                ("", "* OK hi\r\n"), ("a1 CAPABILITY\r\n", "* CAPABILITY IMAP4rev1 STARTTLS\r\na1 OK done\r\n"),
                ("a2 STARTTLS\r\n", "a2 OK go\r\n"),
            ]
        ),
        ("pop3", [("", "+OK hi\r\n"), ("CAPA\r\n", "+OK\r\nSTLS\r\n.\r\n"), ("STLS\r\n", "+OK go\r\n")]),
        ("ftp", [("", "220 hi\r\n"), ("AUTH TLS\r\n", "234 go\r\n")]),
        ("postgres", [("\u{4}", "S")]), ("postgresql", [("\u{4}", "S")]),
    ]

    @Test(arguments: scripts)
    func `each protocol leads to TLS`(name: String, script: [(String, String)]) throws {
        let server = try ScriptedServer(script)
        let outcome = try Program.connect(to: server.port, ["--starttls", name], input: pattern(50_000))
        #expect(outcome.status == 0, "\(outcome.errors)")
        #expect(outcome.output.elementsEqual(pattern(50_000)))
    }

    @Test func `XMPP is told the server's name, or another`() throws {
        let stream =
            "<stream:stream xmlns='jabber:client' xmlns:stream='http://etherx.jabber.org/streams' version='1.0'>"
        let offer = "<stream:features><starttls xmlns='urn:ietf:params:xml:ns:xmpp-tls'/></stream:features>"
        let go = "<proceed xmlns='urn:ietf:params:xml:ns:xmpp-tls'/>"
        for (options, name) in [([], "localhost"), (["--starttls-name", "chat.test"], "chat.test")] {
            let server = try ScriptedServer([("to='\(name)'", stream + offer), ("<starttls", go)])
            let outcome = try Program.connect(to: server.port, ["--starttls", "xmpp"] + options, input: [1])
            #expect(outcome.status == 0 && outcome.output == [1], "\(outcome.errors)")
        }
    }

    @Test func `SMTP is told a name of this machine`() throws {
        let server = try ScriptedServer(
            [("", "220 hi\r\n"), ("EHLO me.test\r\n", "250-hi\r\n250 STARTTLS\r\n"), ("STARTTLS\r\n", "220 go\r\n")]
        )
        let outcome = try Program.connect(to: server.port, ["--starttls", "smtp", "--starttls-name", "me.test"])
        #expect(outcome.status == 0, "\(outcome.errors)")
    }

    @Test func `the steps are traced without what they say`() throws {
        let server = try ScriptedServer([("", "220 hi\r\n"), ("AUTH TLS\r\n", "234 go\r\n")])
        let outcome = try Program.connect(to: server.port, ["--starttls", "ftp", "--trace"])
        #expect(
            outcome.errors.hasPrefix("<< starttls ftp, 8 bytes\n>> starttls ftp, 10 bytes\n<< starttls ftp, 8 bytes\n")
        )
        #expect(!outcome.errors.contains("AUTH"))
    }

    @Test(arguments: [
        ("220 hi\r\n250 HELP\r\n", ScriptedServer.End.silence, 3, "the server doesn't offer STARTTLS"),
        ("554 go away\r\n", .silence, 3, "554 go away"), ("SSH-2.0-x\r\n", .silence, 3, "SSH-2.0-x"),
        ("220 hi\r\n", .end, 4, "ended before"), ("", .end, 4, "ended before"),
        ("", .silence, 5, "no answer within --timeout"),
    ])
    func `a server that doesn't begin TLS is told by its name`(
        words: String,
        end: ScriptedServer.End,
        status: Int32,
        told: String
    ) throws {
        let server = try ScriptedServer([("", words)], then: end)
        let limit = ["--timeout", words.isEmpty && status == 5 ? "0.3" : "30"]
        let outcome = try Program.connect(to: server.port, ["--starttls", "smtp"] + limit)
        #expect(outcome.status == status)
        #expect(outcome.errors.hasPrefix("sluice: localhost:\(server.port): ") && outcome.errors.contains(told))
    }

    @Test func `what is slipped in behind the go-ahead is no plaintext`() throws {
        let server = try ScriptedServer([("", "220 hi\r\n"), ("AUTH TLS\r\n", "234 go\r\n230 logged in\r\n")])
        let outcome = try Program.connect(to: server.port, ["--starttls", "ftp"])
        #expect(outcome.status == 3 && outcome.output.isEmpty)
        #expect(outcome.errors.contains("notTLS"))
    }

    @Test func `the port is the protocol's own unless given`() throws {
        let outcome = try Program.runSluice("connect", "localhost", "--starttls", "lmtp", "--timeout", "5")
        #expect(outcome.status == 5)
        #expect(outcome.errors.contains(":24: "))
    }

    @Test func `a recorded connection begins with TLS`() throws {
        let directory = try TemporaryDirectory()
        let path = directory.path("journal")
        let server = try ScriptedServer([("", "220 hi\r\n"), ("AUTH TLS\r\n", "234 go\r\n")])
        let outcome = try Program.connect(to: server.port, ["--starttls", "ftp", "--record", path], input: [1, 2])
        #expect(outcome.output == [1, 2])
        #expect(try Program.runSluice("replay", path).status == 0)
    }
}
