import SluicePreamble

/// What a server says on the way to TLS, and what the client says meanwhile.
///
/// Where the software has a version, its bytes were read from it; the others are written after its sources and the RFC.
struct Conversation: Hashable, Sendable, CustomStringConvertible {
    let application: StartTLS.Application
    let software: String
    let server: [UInt8]
    let client: [UInt8]

    init(_ application: StartTLS.Application, _ software: String, server: [UInt8], client: [UInt8]) {
        self.application = application
        self.software = software
        self.server = server
        self.client = client
    }

    init(_ application: StartTLS.Application, _ software: String, server: String, client: String) {
        self.init(application, software, server: lines(server), client: lines(client))
    }

    var description: String { "\(application), \(software)" }

    static let all: [Conversation] =
        smtp + imap + pop3 + ftp + ldap + xmpp + postgresql + mysql

    static let smtp = [
        Conversation(
            .smtp,
            "Postfix",
            server: """
                220 mail.example.com ESMTP Postfix (Debian/GNU)
                250-mail.example.com
                250-PIPELINING
                250-SIZE 10240000
                250-VRFY
                250-ETRN
                250-STARTTLS
                250-ENHANCEDSTATUSCODES
                250-8BITMIME
                250-DSN
                250-SMTPUTF8
                250 CHUNKING
                220 2.0.0 Ready to start TLS
                """,
            client: "EHLO localhost\nSTARTTLS"
        ),
        Conversation(
            .smtp,
            "Exim",
            server: """
                220-mail.example.com ESMTP Exim 4.96 #2 Wed, 25 Nov 2026 14:00:00 +0000
                220-We do not authorize the use of this system to transport unsolicited,
                220 and/or bulk e-mail.
                250-mail.example.com Hello localhost [192.0.2.7]
                250-SIZE 52428800
                250-8BITMIME
                250-PIPELINING
                250-PIPECONNECT
                250-CHUNKING
                250-STARTTLS
                250-PRDR
                250 HELP
                220 TLS go ahead
                """,
            client: "EHLO localhost\nSTARTTLS"
        ),
        Conversation(
            .smtp,
            "RFC 3207 with lone line feeds, small letters and bare numbers",
            server: Array("220\n250-x\n250 starttls\n220\n".utf8),
            client: lines("EHLO localhost\nSTARTTLS")
        ),
        Conversation(
            .lmtp,
            "Dovecot",
            server: """
                220 mail.example.com Dovecot (Debian) ready.
                250-mail.example.com
                250-STARTTLS
                250-8BITMIME
                250-CHUNKING
                250-ENHANCEDSTATUSCODES
                250 PIPELINING
                220 2.0.0 Begin TLS negotiation now.
                """,
            client: "LHLO localhost\nSTARTTLS"
        ),
    ]

    static let imap = [
        Conversation(
            .imap,
            "Dovecot",
            server: """
                * OK [CAPABILITY IMAP4rev1 SASL-IR LOGIN-REFERRALS ID ENABLE IDLE LITERAL+ STARTTLS LOGINDISABLED] \
                Dovecot (Debian) ready.
                * CAPABILITY IMAP4rev1 SASL-IR LOGIN-REFERRALS ID ENABLE IDLE LITERAL+ STARTTLS LOGINDISABLED
                a1 OK Pre-login capabilities listed, post-login capabilities have more.
                a2 OK Begin TLS negotiation now.
                """,
            client: "a1 CAPABILITY\na2 STARTTLS"
        ),
        Conversation(
            .imap,
            "RFC 9051 with untagged responses in between and small letters",
            server: """
                * ok hello
                * OK [ALERT] System shutdown in 10 minutes
                * capability imap4rev2 starttls
                * NO Disk is 98% full {sic}
                a1 ok done
                * OK still here
                a2 ok Begin TLS negotiation now
                """,
            client: "a1 CAPABILITY\na2 STARTTLS"
        ),
    ]

    static let pop3 = [
        Conversation(
            .pop3,
            "Dovecot",
            server: """
                +OK Dovecot (Debian) ready.
                +OK
                CAPA
                TOP
                UIDL
                RESP-CODES
                PIPELINING
                AUTH-RESP-CODE
                STLS
                SASL
                .
                +OK Begin TLS negotiation now.
                """,
            client: "CAPA\nSTLS"
        ),
        Conversation(
            .pop3,
            "a server without CAPA",
            server: "+OK POP3 ready <1896.697170952@example.com>\n-ERR unknown command\n+OK Begin TLS",
            client: "CAPA\nSTLS"
        ),
    ]

    static let ftp = [
        Conversation(
            .ftp,
            "vsftpd 3.0.3",
            server: "220 (vsFTPd 3.0.3)\n234 Proceed with negotiation.",
            client: "AUTH TLS"
        ),
        Conversation(
            .ftp,
            "Pure-FTPd, behind a delay and with free lines",
            server: """
                120 Service ready in 1 minutes.
                220---------- Welcome to Pure-FTPd [privsep] [TLS] ----------
                220-You are user number 1 of 50 allowed.
                230 files were removed, which is no reply

                 220 neither is this
                220 You will be disconnected after 15 minutes of inactivity.
                234 AUTH TLS OK.
                """,
            client: "AUTH TLS"
        ),
    ]

    private static let ldapRequest: [UInt8] =
        [0x30, 0x1d, 2, 1, 1, 0x77, 0x18, 0x80, 0x16] + Array("1.3.6.1.4.1.1466.20037".utf8)

    static let ldap = [
        Conversation(
            .ldap,
            "OpenLDAP 2.5.13",
            server: [0x30, 0x0c, 2, 1, 1, 0x78, 7, 0x0a, 1, 0, 4, 0, 4, 0],
            client: ldapRequest
        ),
        Conversation(
            .ldap,
            "Active Directory, with long lengths and the name",
            server: [0x30, 0x84, 0, 0, 0, 0x28, 2, 1, 1, 0x78, 0x84, 0, 0, 0, 0x1f, 0x0a, 1, 0, 4, 0, 4, 0, 0x8a, 0x16]
                + Array("1.3.6.1.4.1.1466.20037".utf8),
            client: ldapRequest
        ),
    ]

    private static func xmppClient(_ kind: String) -> [UInt8] {
        let header = """
            <?xml version='1.0'?><stream:stream to='mail.example.com' version='1.0' xmlns='\(kind)' \
            xmlns:stream='http://etherx.jabber.org/streams'>
            """
        return Array((header + "<starttls xmlns='urn:ietf:params:xml:ns:xmpp-tls'/>").utf8)
    }

    static let xmpp = [
        Conversation(
            .xmpp,
            "Prosody 0.12.3",
            server: Array(
                """
                <?xml version='1.0'?><stream:stream version='1.0' from='mail.example.com' xmlns='jabber:client' \
                xml:lang='en' xmlns:stream='http://etherx.jabber.org/streams' \
                id='a165c7c8-0036-4d68-b546-4512d9c51177'>\
                <stream:features><starttls xmlns='urn:ietf:params:xml:ns:xmpp-tls'><required/></starttls>\
                </stream:features><proceed xmlns='urn:ietf:params:xml:ns:xmpp-tls'/>
                """.utf8
            ),
            client: xmppClient("jabber:client")
        ),
        Conversation(
            .xmpp,
            "double quotes, other prefixes, white space, brackets in quotes, end tags",
            server: Array(
                """
                <?xml version = "1.0" ?>
                <s:stream xmlns:s="http://etherx.jabber.org/streams" xmlns = 'jabber:client' id=">'/>" version="1.0"
                >
                <features xmlns="http://etherx.jabber.org/streams" >
                  <mechanisms xmlns='urn:ietf:params:xml:ns:xmpp-sasl'><mechanism>A&amp;B</mechanism></mechanisms>
                  <t:starttls xmlns:t="urn:ietf:params:xml:ns:xmpp-tls"></t:starttls >
                </features>\n <p:proceed xmlns:p="urn:ietf:params:xml:ns:xmpp-tls" ></p:proceed>
                """.utf8
            ),
            client: xmppClient("jabber:client")
        ),
        Conversation(
            .xmppServer,
            "Prosody 0.12.3",
            server: Array(
                """
                <?xml version='1.0'?><stream:stream version='1.0' xmlns:db='jabber:server:dialback' to='' \
                xmlns:stream='http://etherx.jabber.org/streams' xmlns='jabber:server' xml:lang='en' \
                from='mail.example.com' id='5da063ce-3528-4b04-a3da-26b1087c160f'>\
                <stream:features><starttls xmlns='urn:ietf:params:xml:ns:xmpp-tls'><required/></starttls>\
                <dialback xmlns='urn:xmpp:features:dialback'/></stream:features><proceed xmlns='urn:ietf:params:xml:ns:xmpp-tls'/>
                """.utf8
            ),
            client: xmppClient("jabber:server")
        ),
    ]

    static let postgresql = [
        Conversation(.postgresql, "PostgreSQL", server: [0x53], client: [0, 0, 0, 8, 4, 0xd2, 0x16, 0x2f])
    ]

    private static let mysqlRequest: [UInt8] =
        [32, 0, 0, 1, 0x01, 0x8a, 0, 0, 0, 0, 0, 1, 45] + [UInt8](repeating: 0, count: 23)

    /// As it was read from the server.
    private static let mariadbHandshake: [UInt8] = bytes(
        """
        640000000a352e352e352d31302e31312e31392d4d6172696144422d302b6465623132753100030000005a5b3b537261723900feff\
        080200ff81150000000000001d00000063655455302c2c376f4b6744006d7973716c5f6e61746976655f70617373776f726400
        """
    )

    static let mysql = [
        Conversation(.mysql, "MariaDB 10.11.19", server: mariadbHandshake, client: mysqlRequest),
        Conversation(
            .mysql,
            "MySQL",
            server: mysqlHandshake(version: "8.0.36", flags: 0xffff),
            client: mysqlRequest
        ),
    ]
}

/// A server's first packet with these low 16 bits of its capabilities.
func mysqlHandshake(version: String, flags: UInt16) -> [UInt8] {
    let payload: [UInt8] =
        [10] + Array(version.utf8) + [0, 42, 0, 0, 0] + Array("abcdefgh".utf8)
        + [0, UInt8(flags & 0xff), UInt8(flags >> 8), 45, 2, 0, 0xff, 0x81, 21] + [UInt8](repeating: 0, count: 10)
        + Array("ijklmnopqrst".utf8) + [0] + Array("mysql_native_password".utf8) + [0]
    return [UInt8(payload.count), 0, 0, 0] + payload
}
