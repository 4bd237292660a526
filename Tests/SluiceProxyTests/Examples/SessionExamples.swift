import Sluice
import SluiceProxy
import Testing

/// The code of the article "Sessions".
struct SessionExamples {
    /// An owner of one session, with arrays for sockets.
    struct Owner: ~Copyable {
        var session = ProxySession(.tls(), at: .zero)
        let contexts: [String: TLSContext]
        var sockets = PerSide(client: Socket(), upstream: Socket())

        func print(_ report: SessionReport) {}
    }

    struct Socket {
        var inbox: [UInt8] = []
        var outbox: [UInt8] = []
        var isOpen = true
    }
}

extension SessionExamples.Owner {
    mutating func pump() {
        for side in ProxySide.allCases {
            let taken = session.receive(sockets[side].inbox, from: side)
            sockets[side].inbox.removeFirst(taken)
        }
        for side in ProxySide.allCases { sockets[side].outbox += session.transmit(to: side) }
        while let command = session.nextCommand() { obey(command) }
    }

    mutating func obey(_ command: ProxyCommand) {
        switch command {
        case .route(let hello):
            let context = hello?.serverName.flatMap { contexts[$0] }
            session.resolve(context.map { .terminate(Termination($0)) } ?? .refuse(.unrecognizedName))
        case .judge(let side, let request):
            session.resolve(request.failure == nil ? .accept : .reject(.badCertificate), of: side)
        case .connect:
            // A socket of yours is connected here, now or later.
            session.upstreamConnected(.plaintext)
        case .closeOutput: break
        case .close(let side), .abort(let side): sockets[side].isOpen = false
        case .observe: break
        case .finish: print(session.report)
        }
    }
}

extension SessionExamples {
    @Test func `an owner of a few lines terminates TLS`() throws {
        let identity = try TLSIdentity.selfSigned(for: ["shop.example"])
        var configuration = TLSClientConfiguration.client(to: "shop.example")
        configuration.verification = .roots(.certificates([identity.leaf]))
        var client = try TLSEngine(configuration)
        var owner = Owner(contexts: ["shop.example": try TLSContext(.server(identity))])
        for _ in 0..<20 {
            owner.sockets.client.inbox += client.drain()
            owner.pump()
            let bytes = owner.sockets.client.outbox
            owner.sockets.client.outbox.removeAll()
            try client.feed(bytes)
            if client.isEstablished, client.counters.plaintextBytesSent == 0 { try client.write(Array("hello".utf8)) }
        }
        #expect(owner.sockets.upstream.outbox == Array("hello".utf8))
        owner.sockets.upstream.inbox = Array("welcome".utf8)
        owner.pump()
        try client.feed(owner.sockets.client.outbox)
        #expect(try client.read() == Array("welcome".utf8))
    }

    @Test func `a name that nobody has is refused with its alert`() throws {
        var client = try TLSEngine(.client(to: "nobody.example"))
        var owner = Owner(contexts: [:])
        owner.sockets.client.inbox = client.drain()
        owner.pump()
        owner.pump()
        #expect(throws: TLSError.self) { try client.feed(owner.sockets.client.outbox) }
        #expect(owner.session.report.end?.reason == .refused)
    }
}
