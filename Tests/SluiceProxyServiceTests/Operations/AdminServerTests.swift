import Foundation
import Logging
import NIOCore
import NIOEmbedded
import NIOPosix
import ServiceLifecycle
import SluicePOSIX
import Testing

@testable import SluiceProxyService

struct AdminResourcesTests {
    private let resources = RunningAdmin.resources()

    @Test(arguments: [
        ("GET", "/healthz", 200), ("HEAD", "/healthz", 200), ("GET", "/healthz?a=b", 200), ("GET", "/metrics", 200),
        ("GET", "/readyz", 200), ("GET", "/config", 200), ("POST", "/metrics", 405), ("DELETE", "/config", 405),
        ("get", "/healthz", 405), ("GET", "/", 404), ("GET", "", 404), ("GET", "/healthz/", 404), ("PUT", "/x", 404),
        ("GET", "//healthz", 404), ("GET", "/../healthz", 404), ("GET", "?/healthz", 404),
    ])
    func `each path and method has its answer`(method: String, target: String, status: Int) async {
        #expect(await resources.answer(method, target).status == status)
    }

    @Test func `readiness says why it isn't`() async {
        let answer = await RunningAdmin.resources(readiness: .notReady("draining")).answer("GET", "/readyz")
        #expect(answer == .text(503, "draining\n"))
    }
}

struct AdminServerTests {
    @Test func `a request is answered, and the connection goes on`() async throws {
        let admin = try await RunningAdmin()
        let peer = try admin.connect()
        for _ in 0..<3 {
            try await peer.send("GET /healthz HTTP/1.1\r\nhost: x\r\n\r\n")
            let answer = await peer.receive(upTo: "\r\n\r\nok\n")
            #expect(answer.hasPrefix("HTTP/1.1 200 OK\r\n"))
            #expect(answer.contains("\r\ncontent-length: 3\r\n"))
        }
        try await admin.stop()
    }

    @Test func `HEAD has the length and no body`() async throws {
        let admin = try await RunningAdmin()
        let peer = try admin.connect()
        try await peer.send("HEAD /healthz HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n")
        let answer = await peer.receive()
        #expect(answer.contains("content-length: 3\r\n"))
        #expect(answer.hasSuffix("\r\n\r\n"))
        try await admin.stop()
    }

    @Test(arguments: ["HTTP/1.0\r\n\r\n", "HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n"])
    func `who wants the connection closed has it closed`(rest: String) async throws {
        let admin = try await RunningAdmin()
        let peer = try admin.connect()
        try await peer.send("GET /config " + rest)
        #expect(await peer.receive().hasSuffix("\r\n\r\n{\"routes\":[]}\n"))
        try await admin.stop()
    }

    @Test func `requests sent at once are answered in turn`() async throws {
        let admin = try await RunningAdmin()
        let peer = try admin.connect()
        let paths = ["/healthz", "/readyz", "/nothing", "/config", "/metrics"]
        try await peer.send(paths.map { "GET \($0) HTTP/1.1\r\nhost: x\r\n\r\n" }.joined())
        let answer = await peer.receive(upTo: "\na_total 1\n")
        let codes = answer.matches(of: /HTTP\/1.1 (\d+)/).map { String($0.output.1) }
        #expect(codes == ["200", "200", "404", "200", "200"])
        try await admin.stop()
    }

    @Test func `a request cut into bytes is a request`() async throws {
        let admin = try await RunningAdmin()
        let peer = try admin.connect()
        for character in "GET /healthz HTTP/1.1\r\nhost: x\r\n\r\n" { try await peer.send(String(character)) }
        #expect(await peer.receive(upTo: "ok\n").hasPrefix("HTTP/1.1 200"))
        try await admin.stop()
    }

    @Test(arguments: [
        "\u{16}\u{3}\u{1}\u{2}\u{0}", "GET\r\n\r\n", "GET / HTTP/9.9\r\n\r\n", "\r\n\r\n\0\0\0\0",
        "POST /config HTTP/1.1\r\ncontent-length: -1\r\n\r\n", "GET /healthz HTTP/1.1\r\nhost: x\r\nbad header\r\n\r\n",
        "POST /x HTTP/1.1\r\ntransfer-encoding: chunked\r\n\r\nzz\r\n", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
    ])
    func `garbage is refused, and the connection closed`(bytes: String) async throws {
        let admin = try await RunningAdmin()
        let peer = try admin.connect()
        try await peer.send(bytes)
        let answer = await peer.receive()
        #expect(answer.isEmpty || answer.hasPrefix("HTTP/1.1 400") || answer.hasPrefix("HTTP/1.0 400"))
        try await admin.stop()
    }

    @Test(arguments: [
        "GET /" + String(repeating: "a", count: 20_000),
        "GET / HTTP/1.1\r\na: " + String(repeating: "b", count: 20_000),
        "GET / HTTP/1.1\r\n" + String(repeating: "a: b\r\n", count: 5000),
        "POST /config HTTP/1.1\r\ncontent-length: 99999\r\n\r\n" + String(repeating: "c", count: 90_000),
    ])
    func `a request that is too long is refused`(bytes: String) async throws {
        let admin = try await RunningAdmin()
        let peer = try admin.connect()
        // The server may have closed before all of it is sent.
        try? await peer.send(bytes)
        let answer = await peer.receive()
        #expect(answer.isEmpty || answer.contains(/^HTTP\/1.1 (431|400|405)/))
        try await admin.stop()
    }

    @Test func `a connection too many is closed, and room is made again`() async throws {
        let admin = try await RunningAdmin(limits: AdminLimits(connectionsMax: 2, requestTime: .seconds(120)))
        var peers = [try admin.connect(), try admin.connect()]
        for peer in peers {
            try await peer.send("GET /healthz HTTP/1.1\r\n\r\n")
            #expect(await peer.receive(upTo: "ok\n").hasPrefix("HTTP/1.1 200"))
        }
        #expect(await (try admin.connect()).receive() == "")
        peers.removeAll()
        var answer = ""
        while answer.isEmpty {
            let peer = try admin.connect()
            try? await peer.send("GET /healthz HTTP/1.1\r\nconnection: close\r\n\r\n")
            answer = await peer.receive()
        }
        #expect(answer.hasPrefix("HTTP/1.1 200"))
        try await admin.stop()
    }

    @Test func `who never sends is closed in the end`() async throws {
        let admin = try await RunningAdmin(limits: AdminLimits(requestTime: .milliseconds(50)))
        #expect(await (try admin.connect()).receive() == "")
        try await admin.stop()
    }

    @Test func `a Unix socket is removed at the end, and one that was left is replaced`() async throws {
        let directory = try TestDirectory()
        let path = directory.file("admin")
        for _ in 0..<2 {
            let admin = try await RunningAdmin(.unix(path: path))
            let peer = RawPeer(try UnixSocket.connect(to: path, by: .after(.seconds(10))))
            try await peer.send("GET /readyz HTTP/1.1\r\n\r\n")
            #expect(await peer.receive(upTo: "ready\n").hasPrefix("HTTP/1.1 200"))
            await #expect(throws: (any Error).self) { try await RunningAdmin(.unix(path: path)) }
            try await admin.stop()
            #expect(try directory.names().isEmpty)
        }
    }

    /// Resources whose readiness is asked for, and waits until it may be told.
    private struct SlowReadiness {
        let resources: AdminResources
        let asked: AsyncStream<Void>
        let allow: AsyncStream<Void>.Continuation

        init() {
            let (asked, ask) = AsyncStream.makeStream(of: Void.self)
            let (allowed, allow) = AsyncStream.makeStream(of: Void.self)
            (self.asked, self.allow) = (asked, allow)
            resources = AdminResources(
                metrics: { [] },
                readiness: {
                    ask.yield()
                    for await _ in allowed { break }
                    return .ready
                },
                configuration: { "" }
            )
        }
    }

    @Test func `a client that doesn't wait for its answer harms nobody`() async throws {
        let slow = SlowReadiness()
        let admin = try await RunningAdmin(.tcp(host: "127.0.0.1", port: 0), slow.resources)
        do {
            let peer = try admin.connect()
            try await peer.send("GET /readyz HTTP/1.1\r\n\r\n")
            for await _ in slow.asked { break }
        }
        slow.allow.yield()
        let next = try admin.connect()
        try await next.send("GET /healthz HTTP/1.1\r\n\r\n")
        #expect(await next.receive(upTo: "ok\n").hasPrefix("HTTP/1.1 200"))
        try await admin.stop()
    }

    @Test func `a graceful end finishes the answer that is due`() async throws {
        let slow = SlowReadiness()
        let server = try await AdminServer.listen(
            at: .tcp(host: "127.0.0.1", port: 0),
            answering: slow.resources,
            limits: AdminLimits(requestTime: .seconds(120)),
            on: MultiThreadedEventLoopGroup.singleton
        )
        let quiet = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
        let group = ServiceGroup(services: [server], logger: quiet)
        let running = Task { try await group.run() }
        let (busy, idle) = (try RawPeer(port: server.port), try RawPeer(port: server.port))
        try await idle.send("GET /healthz HTTP/1.1\r\n\r\n")
        #expect(await idle.receive(upTo: "ok\n").hasPrefix("HTTP/1.1 200"))
        try await busy.send("GET /readyz HTTP/1.1\r\n\r\n")
        for await _ in slow.asked { break }
        await group.triggerGracefulShutdown()
        #expect(await idle.receive() == "")
        slow.allow.yield()
        #expect(await busy.receive().hasSuffix("ready\n"))
        try await running.value
    }

    @Test(.enabled(if: PeerProgram.isThere("curl"), "no curl"))
    func `curl gets each of them`() async throws {
        let admin = try await RunningAdmin()
        let curl = try #require(PeerProgram("curl"))
        let form = ["-s", "-m", "120", "-w", "%{http_code} %{content_type} %{num_connects}\n"]
        let urls = ["/healthz", "/readyz", "/config", "/metrics", "/none"].map { admin.url + $0 }
        let outcome = try await curl.run(form + urls)
        #expect(
            outcome.output == """
                ok
                200 text/plain; charset=utf-8 1
                ready
                200 text/plain; charset=utf-8 0
                {"routes":[]}
                200 application/json 0
                # HELP a_total A.
                # TYPE a_total counter
                a_total 1
                200 text/plain; version=0.0.4; charset=utf-8 0
                There are /metrics, /healthz, /readyz and /config.
                404 text/plain; charset=utf-8 0

                """
        )
        let head = try await curl.run(["-s", "-m", "120", "-I", admin.url + "/metrics"])
        #expect(head.output.contains("content-length: "))
        let post = try await curl.run(["-s", "-m", "120", "-i", "-d", "x", admin.url + "/config"])
        #expect(post.output.hasPrefix("HTTP/1.1 405 Method Not Allowed"))
        #expect(post.output.lowercased().contains("allow: get, head"))
        try await admin.stop()
    }
}

struct AdminRequestGuardTests {
    private func guarded() throws -> (EmbeddedChannel, EmbeddedEventLoop) {
        let loop = EmbeddedEventLoop()
        let channel = EmbeddedChannel(handler: AdminRequestGuard(AdminLimits()), loop: loop)
        try channel.connect(to: try SocketAddress(ipAddress: "127.0.0.1", port: 1)).wait()
        return (channel, loop)
    }

    @Test func `a byte a second buys no time`() throws {
        let (channel, loop) = try guarded()
        for _ in 0..<9 {
            loop.advanceTime(by: .seconds(1))
            try channel.writeInbound(ByteBuffer(string: "G"))
        }
        #expect(channel.isActive)
        loop.advanceTime(by: .seconds(1))
        #expect(!channel.isActive)
        _ = try channel.finish(acceptAlreadyClosed: true)
    }

    @Test func `an answer begins the time anew`() throws {
        let (channel, loop) = try guarded()
        loop.advanceTime(by: .seconds(9))
        try channel.writeOutbound(ByteBuffer(string: "answer"))
        loop.advanceTime(by: .seconds(9))
        #expect(channel.isActive)
        loop.advanceTime(by: .seconds(1))
        #expect(!channel.isActive)
        _ = try channel.finish(acceptAlreadyClosed: true)
    }

    @Test func `bytes over the limit are answered and not passed on`() throws {
        let (channel, _) = try guarded()
        try channel.writeInbound(ByteBuffer(repeating: 0x41, count: 16_384))
        #expect(channel.isActive)
        try channel.writeInbound(ByteBuffer(string: "A"))
        #expect(try channel.readInbound(as: ByteBuffer.self)?.readableBytes == 16_384)
        #expect(try channel.readInbound(as: ByteBuffer.self) == nil)
        #expect(
            try channel.readOutbound(as: ByteBuffer.self).map { String(buffer: $0) }?.hasPrefix("HTTP/1.1 431 ") == true
        )
        #expect(!channel.isActive)
        _ = try channel.finish(acceptAlreadyClosed: true)
    }
}
