import SluicePOSIX
import Testing

struct TCPTests {
    @Test func `port 0 becomes a port, and peers know each other`() throws {
        let listener = try SocketListener(.loopback)
        #expect(listener.address.host == "127.0.0.1" && listener.address.port != "0")
        if try listener.accept() != nil { Issue.record("nobody has connected yet") }
        let client = try TCP.connect(to: listener.address.place, by: .soon)
        let peer = try listener.acceptSoon()
        #expect(peer.address.host == "127.0.0.1")
        _ = try client.write([1, 2][...])
        var poll = Poll()
        poll.add(peer.descriptor.number, for: .readable)
        try poll.wait(until: .soon)
        #expect(try peer.descriptor.read(atMost: 10).1 == [1, 2])
    }

    @Test func `a port that nobody listens on refuses`() throws {
        let place = try SocketListener(.loopback).address.place
        let error = #expect(throws: TransportError.self) { _ = try TCP.connect(to: place, by: .soon).number }
        #expect(error?.code == .connectionRefused)
        #expect(error?.description.contains("connect to \(place)") == true)
    }

    @Test func `each address of a name is tried`() throws {
        let listener = try SocketListener(.loopback)
        // localhost is often ::1 first.
        let place = try #require(HostPort("localhost:\(listener.address.port)"))
        let client = try TCP.connect(to: place, by: .soon)
        #expect(isOpen(client.number))
    }

    @Test func `a port that is taken can't be had twice, and is free right after`() throws {
        let place = try occupy()
        let again = try SocketListener(place)
        #expect(again.address.place == place)
    }

    private func occupy() throws -> HostPort {
        let listener = try SocketListener(.loopback)
        let error = #expect(throws: TransportError.self) { _ = try SocketListener(listener.address.place).address }
        #expect(error?.code == .addressInUse && error?.fault == .caller)
        return listener.address.place
    }

    @Test(arguments: ["127.0.0.1", "[::1]"])
    func `the wildcard takes both families`(host: String) throws {
        let listener = try SocketListener(try #require(HostPort(":0")))
        let client = try TCP.connect(to: try #require(HostPort("\(host):\(listener.address.port)")), by: .soon)
        let peer = try listener.acceptSoon()
        #expect(peer.address.host.hasSuffix(host == "[::1]" ? "::1" : host))
        #expect(isOpen(client.number))
    }

    @Test func `both ends know both addresses`() throws {
        let listener = try SocketListener(.loopback)
        let client = try TCP.connect(to: listener.address.place, by: .soon)
        let server = try listener.acceptSoon()
        let (own, peer) = try (client.ownAddress(), client.peerAddress())
        #expect(own.description == server.address.description && peer.description == listener.address.description)
        let back = try server.descriptor.peerAddress()
        #expect(back.description == own.description)
    }

    @Test func `what is no connection has no addresses`() throws {
        let pipe = try ConnectedPipes()
        #expect(throws: TransportError.self) { try pipe.near.input.ownAddress() }
        #expect(throws: TransportError.self) { try SocketListener(.loopback).descriptor.peerAddress() }
    }

    @Test func `a host that doesn't exist isn't found`() throws {
        let place = try #require(HostPort("host.invalid:1"))
        let error = #expect(throws: TransportError.self) { _ = try TCP.connect(to: place, by: .soon).number }
        #expect(error?.code == .hostNotFound && error?.description.contains("host.invalid") == true)
    }

    @Test func `a passed deadline is no success`() throws {
        // 192.0.2.0/24 is for documentation, RFC 5737: nobody answers, or the system knows no way there.
        let place = try #require(HostPort("192.0.2.1:1"))
        let error = #expect(throws: TransportError.self) {
            _ = try TCP.connect(to: place, by: .after(.milliseconds(20))).number
        }
        #expect(error?.fault == .transport)
    }
}
