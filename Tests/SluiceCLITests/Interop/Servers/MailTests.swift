import Testing

extension Interop.Servers {
    /// Exim: RFC 3207.
    @Suite(.needs(.exim)) struct EximTests {
        @Test(arguments: SpokenVersion.allCases)
        func `a mail is delivered`(version: SpokenVersion) throws {
            let server = try RealServer.exim()
            let client = try StartTLSClient("smtp", to: server, version.options)
            try client.say("EHLO client.test", until: "250 HELP")
            try client.say("MAIL FROM:<jim@client.test>", until: "250 OK")
            try client.say("RCPT TO:<joe@server.test>", until: "250 Accepted")
            try client.say("DATA", until: "354 ")
            try client.say("Subject: greetings\r\n\r\nsent over TLS\r\n.", until: "250 OK id=")
            try client.say("QUIT", until: "221 ")
            let outcome = try client.waitForEnd()
            #expect(outcome.status == 0, "\(outcome.errors)\n\(server.log)")
            #expect(!outcome.text.contains("STARTTLS"), "a second TLS isn't offered inside the first")
            try server.waitForLog(containing: "Completed")
            let mail = try server.home.text(of: "mail")
            #expect(mail.contains("Subject: greetings\n\nsent over TLS\n"))
            #expect(mail.contains("with esmtps  (TLS\(version.rawValue))"), "\(mail)")
        }

        @Test func `another name and another root are refused`() throws {
            try StartTLSClient.expectRefusals("smtp", by: RealServer.exim())
        }
    }

    /// Dovecot: RFC 9051 §6.2.1 and RFC 2595 §4.
    @Suite(.needs(.dovecot), .needs(.dovecotIMAP), .needs(.dovecotPOP3)) struct DovecotTests {
        @Test(arguments: SpokenVersion.allCases)
        func `a mail is fetched over IMAP`(version: SpokenVersion) throws {
            let server = try RealServer.dovecot(.imap)
            let client = try StartTLSClient("imap", to: server, version.options)
            try client.say("a LOGIN joe secret", until: "a OK")
            try client.say("b SELECT INBOX", until: "b OK")
            try client.say("c FETCH 1 BODY[TEXT]", until: "c OK")
            try client.say("d LOGOUT", until: "d OK")
            let outcome = try client.waitForEnd()
            #expect(outcome.status == 0, "\(outcome.errors)\n\(server.log)")
            #expect(outcome.text.contains(RealServer.mailBody))
            #expect(outcome.negotiated?.version == version.name)
        }

        @Test(arguments: SpokenVersion.allCases)
        func `a mail is fetched over POP3`(version: SpokenVersion) throws {
            let server = try RealServer.dovecot(.pop3)
            let client = try StartTLSClient("pop3", to: server, version.options)
            try client.say("USER joe", until: "+OK")
            try client.say("PASS secret", until: "+OK Logged in")
            try client.say("RETR 1", until: "\r\n.\r\n")
            try client.say("QUIT", until: "+OK Logging out")
            let outcome = try client.waitForEnd()
            #expect(outcome.status == 0, "\(outcome.errors)\n\(server.log)")
            #expect(outcome.text.contains(RealServer.mailBody))
            #expect(outcome.negotiated?.version == version.name)
        }

        @Test(.needs(.dovecotLMTP), arguments: SpokenVersion.allCases)
        func `a mail is put into a mailbox over LMTP`(version: SpokenVersion) throws {
            let server = try RealServer.dovecot(.lmtp)
            let client = try StartTLSClient("lmtp", to: server, version.options)
            try client.say("LHLO client.test", until: "250 ")
            try client.say("MAIL FROM:<jim@client.test>", until: "250 2.1.0 ")
            try client.say("RCPT TO:<joe>", until: "250 2.1.5 ")
            try client.say("DATA", until: "354 ")
            try client.say("Subject: greetings\r\n\r\nsent over TLS\r\n.", until: "> ")
            try client.say("QUIT", until: "221 ")
            let outcome = try client.waitForEnd()
            #expect(outcome.status == 0, "\(outcome.errors)\n\(server.log)")
            #expect(outcome.text.contains(" Saved\r\n"))
            #expect(outcome.negotiated?.version == version.name)
        }

        @Test(arguments: [("imap", RealServer.MailboxProtocol.imap), ("pop3", .pop3)])
        func `another name and another root are refused`(name: String, mailbox: RealServer.MailboxProtocol) throws {
            try StartTLSClient.expectRefusals(name, by: RealServer.dovecot(mailbox))
        }
    }
}
