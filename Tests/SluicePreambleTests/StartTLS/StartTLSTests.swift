import SluicePreamble
import Testing

/// What holds for every protocol.
struct StartTLSTests {
    @Test(arguments: Conversation.all, Cut.all)
    func `it says what the protocol wants and stops at the go-ahead`(conversation: Conversation, cut: Cut) {
        let outcome = Outcome(of: startTLS(conversation.application), fed: conversation.server, cut: cut)
        #expect(outcome.error == nil)
        #expect(outcome.isFinished)
        #expect(text(outcome.sent) == text(conversation.client))
        #expect(outcome.taken == conversation.server.count)
    }

    @Test(arguments: Conversation.all, Cut.all)
    func `what is injected behind the go-ahead is not taken`(conversation: Conversation, cut: Cut) {
        let injected = Array("220 fooled\r\na3 OK fooled\r\n<stream:error/>".utf8)
        let outcome = Outcome(of: startTLS(conversation.application), fed: conversation.server + injected, cut: cut)
        #expect(outcome.isFinished)
        #expect(outcome.taken == conversation.server.count)
    }

    @Test(arguments: Conversation.all)
    func `an end of the bytes at any place before is a truncation`(conversation: Conversation) {
        for count in 0..<conversation.server.count {
            let bytes = Array(conversation.server.prefix(count))
            let outcome = Outcome(of: startTLS(conversation.application), fed: bytes, then: .eof)
            #expect(outcome.error?.code == .truncated, "after \(count) bytes: \(outcome)")
            #expect(outcome.error?.fault == .transport)
            #expect(!outcome.isFinished)
        }
    }

    @Test(arguments: Conversation.all)
    func `the end of the bytes behind the go-ahead is a matter of TLS`(conversation: Conversation) throws {
        var preamble = startTLS(conversation.application)
        #expect(try preamble.feed(conversation.server) == conversation.server.count)
        try preamble.feedEOF()
        #expect(try preamble.feed([1, 2, 3]) == 0)
        #expect(preamble.isFinished)
    }

    @Test(arguments: StartTLS.Application.allCases)
    func `an error stays`(application: StartTLS.Application) throws {
        var preamble = startTLS(application)
        let first = try #require(throws: PreambleError.self) { try preamble.feedEOF() }
        #expect(throws: first) { try preamble.feedEOF() }
        #expect(throws: first) { _ = try preamble.feed(Array("220 hello\r\n".utf8)) }
        #expect(throws: first) { _ = try preamble.feed([]) }
        #expect(!preamble.isFinished)
    }

    @Test(arguments: StartTLS.Application.allCases)
    func `a server that never ends is left`(application: StartTLS.Application) {
        for filler: [UInt8] in [[0x20], [0x30], [0x0a], Array("* OK\r\n".utf8), Array("220-\r\n".utf8), [0xff]] {
            var flood = Conversation.all.first { $0.application == application }?.server.dropLast(2) ?? []
            while flood.count < PreambleLimits.dialogueBytesMax + 10 { flood += filler }
            let outcome = Outcome(of: startTLS(application), fed: flood)
            #expect(outcome.isFinished || outcome.error != nil)
        }
    }

    @Test func `names are those of openssl s_client, and PostgreSQL's own`() {
        for application in StartTLS.Application.allCases {
            #expect(StartTLS.Application(name: application.rawValue) == application)
        }
        #expect(StartTLS.Application(name: "postgresql") == .postgresql)
        #expect(StartTLS.Application(name: "SMTP") == .smtp)
        #expect(StartTLS.Application(name: "gopher") == nil)
    }

    @Test func `ports are those that IANA gave`() {
        let ports = StartTLS.Application.allCases.map { "\($0.rawValue) \($0.defaultPort)" }
        let expected = [
            "smtp 25", "lmtp 24", "imap 143", "pop3 110", "ftp 21", "ldap 389", "xmpp 5222", "xmpp-server 5269",
            "postgres 5432", "mysql 3306",
        ]
        #expect(ports == expected)
    }
}
