import Fixtures
import Foundation
import Sluice
import SluicePOSIX
import SluicePreamble
import Testing

/// The code of the article "Transports".
struct TransportExamples {
    private let deadline = Deadline.soon
    private let question = Array("hello".utf8)
    private let configuration: TLSClientConfiguration
    private let server: PreambleHost

    init() throws {
        var configuration = TLSClientConfiguration.client(to: "server.test")
        configuration.verification = .roots(try .pem(Fixtures.root))
        self.configuration = configuration
        server = try #require(PreambleHost("server.test"))
    }

    func ask<Transport: ByteTransport & ~Copyable>(
        over transport: consuming Transport,
        adopting bytes: [UInt8] = []
    ) throws -> [UInt8] {
        var stream = TLSStream(try TLSEngine(configuration), over: transport, adopting: bytes)
        try stream.handshake(by: deadline)
        try stream.write(question, by: deadline)
        try stream.close(by: deadline)
        var answer: [UInt8] = []
        while case let piece = try stream.read(by: deadline), !piece.isEmpty { answer += piece }
        stream.finish(by: deadline)
        return answer
    }

    @Test func `a TCP connection`() throws {
        let listener = try SocketListener(.loopback)
        let place = listener.address.place
        let far = ListenerBox(listener)
        let echo = Background { try StreamBox(TLSStream(try makeServer(), over: far.accept())).echoUntilClosed() }
        let descriptor = try TCP.connect(to: place, by: deadline)
        let answer = try ask(over: descriptor)
        #expect(answer == question)
        #expect(try echo.value() == question.count)
    }

    @Test func `a program`() throws {
        let directory = try TemporaryDirectory()
        let (up, down) = (directory.path("up"), directory.path("down"))
        for path in [up, down] { try #require(mkfifo(path, 0o600) == 0) }
        let command = "cat '\(down)' & exec cat > '\(up)'"
        let echo = Background {
            // Opening a FIFO waits for the other end.
            let input = try Descriptor(owning: open(up, O_RDONLY))
            let far = DescriptorPair(input: input, output: try Descriptor(owning: open(down, O_WRONLY)))
            return try StreamBox(TLSStream(try makeServer(), over: far)).echoUntilClosed()
        }
        let program = try ChildProcess(shell: command)
        let answer = try ask(over: program)
        #expect(answer == question)
        #expect(try echo.value() == question.count)
    }

    @Test func `a serial line`() throws {
        let terminal = try ConnectedTerminal()
        let path = terminal.path
        let held = try SerialLine.open(path)  // a line that nobody holds has ended for the controller
        let controller = StreamBox(TLSStream(try makeServer(), over: terminal.takeController()))
        let echo = Background { try controller.echoUntilClosed() }
        let line = try SerialLine.open(path, baudRate: 115_200)
        let answer = try ask(over: line)
        #expect(answer == question && held.number >= 0)
        #expect(try echo.value() == question.count)
    }

    @Test func `a server of another protocol`() throws {
        let listener = try SocketListener(.loopback)
        let place = listener.address.place
        let far = ListenerBox(listener)
        let echo = Background {
            var transport = try far.accept()
            var mail = MailServer()
            let rest = try transport.perform(&mail, by: .soon)
            return try StreamBox(TLSStream(try makeServer(), over: transport, adopting: rest)).echoUntilClosed()
        }
        var transport = try TCP.connect(to: place, by: deadline)
        var startTLS = StartTLS(.smtp, to: server)
        let first = try transport.perform(&startTLS, by: deadline)
        let answer = try ask(over: transport, adopting: first)
        #expect(answer == question)
        #expect(try echo.value() == question.count)
    }

    @Test func `TLS in TLS`() throws {
        let listener = try SocketListener(.loopback)
        let place = listener.address.place
        let far = ListenerBox(listener)
        let proxyConfiguration = configuration
        let echo = Background {
            var outer = TLSStream(try makeServer(), over: try far.accept())
            try outer.handshake(by: .soon)
            var request = ConnectRequestParser()
            let rest = try outer.perform(&request, by: .soon)
            request.accept()
            try outer.write(request.drain(), by: .soon)
            return try StreamBox(TLSStream(try makeServer(), over: outer, adopting: rest)).echoUntilClosed()
        }
        var proxy = TLSStream(try TLSEngine(proxyConfiguration), over: try TCP.connect(to: place, by: deadline))
        try proxy.handshake(by: deadline)
        var tunnel = ConnectRequest(to: server, port: 443)
        let first = try proxy.perform(&tunnel, by: deadline)
        let answer = try ask(over: proxy, adopting: first)
        #expect(answer == question)
        #expect(try echo.value() == question.count)
    }
}

/// A mail server's words before TLS.
private struct MailServer: Preamble {
    private var line = ""
    private var outgoing = "220 mail.test\r\n"
    private(set) var isFinished = false

    mutating func feed(_ bytes: ArraySlice<UInt8>) throws(PreambleError) -> Int {
        line += String(decoding: bytes, as: UTF8.self)
        if line == "EHLO localhost\r\n" { outgoing += "250-mail.test\r\n250 STARTTLS\r\n" }
        isFinished = line.hasSuffix("STARTTLS\r\n")
        if isFinished { outgoing += "220 go ahead\r\n" }
        return bytes.count
    }

    mutating func feedEOF() throws(PreambleError) {
        isFinished = true
    }

    mutating func drain() -> [UInt8] {
        defer { outgoing = "" }
        return Array(outgoing.utf8)
    }
}

/// Carries a listener into a closure.
private final class ListenerBox: Sendable {
    private let listener: SocketListener

    init(_ listener: consuming SocketListener) {
        self.listener = listener
    }

    func accept() throws -> Descriptor {
        try listener.acceptSoon().takeDescriptor()
    }
}
