import Fixtures
import Sluice
import SluiceAsync
import Synchronization
import Testing

@Suite(.timeLimit(.minutes(10)))
struct AsyncExamples {
    func fetch(_ request: String, by configuration: TLSClientConfiguration, over transport: some AsyncByteTransport)
        async throws -> String
    {
        let engine = try TLSEngine(configuration)
        return try await withTLS(engine, over: transport) { stream in
            try await stream.write(Array(request.utf8))
            try await stream.close()
            var answer: [UInt8] = []
            for try await bytes in stream.plaintext { answer += bytes }
            return String(decoding: answer, as: UTF8.self)
        }
    }

    func greet(by context: TLSContext, choosing contexts: Contexts, over transport: some AsyncByteTransport)
        async throws
    {
        let decisions = AsyncTLSDecisions(clientHello: { hello in
            guard let name = hello.serverName, let chosen = try await contexts.context(for: name) else {
                return .refuse(.unrecognizedName)
            }
            return .use(chosen)
        })
        try await withTLS(TLSEngine(context), over: transport, deciding: decisions) { stream in
            try await stream.write(Array("welcome to \(stream.summary.serverName ?? "")".utf8))
        }
    }

    func speakTwice(by context: TLSContext, over transport: some AsyncByteTransport) async throws -> [UInt8] {
        let early = try await withTLS(TLSEngine(context), over: transport) { stream in
            try await stream.write([1])
            return try await stream.unwrap()
        }
        return try await withTLS(TLSEngine(context), over: transport, alreadyReceived: early) { stream in
            try await stream.write([2])
            try await stream.close()
            return try await stream.read()
        }
    }

    /// Where a server's contexts come from.
    actor Contexts {
        private let byName: [String: TLSContext]

        init(_ byName: [String: TLSContext]) {
            self.byName = byName
        }

        func context(for name: String) async throws -> TLSContext? { byName[name] }
    }

    @Test(arguments: ["server.test", "localhost"])
    func `a client fetches a greeting by name`(name: String) async throws {
        let (near, far) = InMemoryTransport.pair()
        let contexts = Contexts(["server.test": try makeServer()])
        let undecided = try makeServer { server in
            server.identities = []
            server.parameters.decisions = .clientHello
        }
        async let greeted = failure { try await greet(by: undecided, choosing: contexts, over: far) }
        var configuration = TLSClientConfiguration.client(to: try #require(ServerName(name)))
        configuration.verification = .roots(try .pem(Fixtures.root))
        if name == "server.test" {
            #expect(try await fetch("hello", by: configuration, over: near) == "welcome to server.test")
            #expect(await greeted == nil)
        } else {
            let error = await failure { try await fetch("hello", by: configuration, over: near) }
            #expect((error as? TLSError)?.alert == TLSError.Alert(.unrecognizedName, sentBy: .peer))
            #expect((await greeted as? TLSError)?.code == .decisionRefused)
        }
    }

    @Test func `two conversations follow each other on one transport`() async throws {
        let (near, far) = InMemoryTransport.pair()
        let (client, server) = (try makeClient(), try makeServer())
        let meter = Meter()
        async let answer = speakTwice(by: client, over: MeteredTransport(base: near, meter: meter))
        let early = try await withTLS(TLSEngine(server), over: far) { stream in
            #expect(try await stream.readToEnd() == [1])
            return try await stream.unwrap()
        }
        try await withTLS(TLSEngine(server), over: far, alreadyReceived: early) { stream in
            #expect(try await stream.readToEnd() == [2])
            try await stream.write([3])
        }
        #expect(try await answer == [3])
        #expect(meter.sent.load(ordering: .relaxed) > 500)
        #expect(meter.received.load(ordering: .relaxed) > 1000)
    }
}

/// What passed a transport.
final class Meter: Sendable {
    let received = Atomic(0)
    let sent = Atomic(0)
}

struct MeteredTransport<Base: AsyncByteTransport>: AsyncByteTransport {
    let base: Base
    let meter: Meter

    func receive(atMost countMax: Int) async throws -> [UInt8] {
        let bytes = try await base.receive(atMost: countMax)
        meter.received.add(bytes.count, ordering: .relaxed)
        return bytes
    }

    func send(_ bytes: [UInt8]) async throws {
        try await base.send(bytes)
        meter.sent.add(bytes.count, ordering: .relaxed)
    }

    func close() async {
        await base.close()
    }
}
