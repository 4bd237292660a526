import Fixtures
import Testing

extension Interop.Proxies {
    /// Connections whose halves close one after the other.
    @Suite(.needs(.go)) struct HalfCloseTests {
        /// Where TLS is.
        enum Way: String, CaseIterable {
            case terminate, originate, bridge, passThrough = "pass-through"

            var isClientTLS: Bool { self != .originate }
            var isServerTLS: Bool { self != .terminate }
        }

        /// A server that does something, a proxy before it, and what client and server saw.
        private func converse(
            _ way: Way,
            _ version: SpokenVersion,
            client: String,
            server does: String,
            bytes: (client: Int, server: Int)
        ) throws -> (client: [PeerReport], server: [PeerReport], line: ConnectionLine) {
            let versions = ["min": version.rawValue, "max": version.rawValue]
            let plain = ["plain": "yes"]
            let server = try PeerServer(
                .go,
                does: does,
                ["bytes": "\(bytes.server)"].merging(way.isServerTLS ? versions : plain) { $1 }
            )
            let identity = way == .terminate || way == .bridge ? Fixtures.serverRSA.options : []
            let upstream = ["--upstream-ca", Fixtures.path("root.pem"), "--upstream-name", "localhost"]
            let own = way == .originate || way == .bridge ? upstream : []
            let proxy = try RealProxy(["--mode", way.rawValue, "--to", server.address] + identity + own)
            let reports = try PeerLanguage.go.connect(
                to: proxy,
                does: client,
                ["bytes": "\(bytes.client)"].merging(way.isClientTLS ? versions : plain) { $1 }
            )
            // The server that finishes takes nobody any more: not before the proxy has done with it.
            let line = try proxy.connection()
            return (reports, try server.finish(), line)
        }

        @Test(arguments: Way.allCases, SpokenVersion.allCases)
        func `an answer comes after the client's end`(way: Way, version: SpokenVersion) throws {
            let seen = try converse(way, version, client: "digest", server: "digest", bytes: (300_000, 0))
            let digest = Payload.digest(Payload.pattern(300_000))
            #expect(seen.server.ends.map(\.digest) == [digest], "\(seen)")
            #expect(seen.client.ends.map(\.digest) == [Payload.digest(Array(digest.utf8))], "\(seen)")
            expectOrderly(way, seen)
        }

        @Test(arguments: Way.allCases, SpokenVersion.allCases)
        func `the server may end first`(way: Way, version: SpokenVersion) throws {
            // The client reads to the server's end before it closes.
            let seen = try converse(way, version, client: "send", server: "send", bytes: (0, 300_000))
            #expect(seen.client.ends.map(\.digest) == [Payload.digest(Payload.pattern(300_000))], "\(seen)")
            #expect(seen.server.ends.map(\.receivedByteCount) == [0], "\(seen)")
            expectOrderly(way, seen)
        }

        @Test(arguments: Way.allCases, SpokenVersion.allCases)
        func `a server that has ended gets what the client still sends`(way: Way, version: SpokenVersion) throws {
            // The server ends at once; the client reads that it did when it has sent everything.
            let seen = try converse(way, version, client: "digest", server: "send", bytes: (2_000_000, 1_000))
            #expect(seen.server.ends.map(\.digest) == [Payload.digest(Payload.pattern(2_000_000))], "\(seen)")
            #expect(seen.client.ends.map(\.digest) == [Payload.digest(Payload.pattern(1_000))], "\(seen)")
            expectOrderly(way, seen)
        }

        @Test(arguments: Way.allCases, SpokenVersion.allCases)
        func `both halves are full at once`(way: Way, version: SpokenVersion) throws {
            let seen = try converse(way, version, client: "echo", server: "echo", bytes: (3_000_000, 0))
            let digest = Payload.digest(Payload.pattern(3_000_000))
            #expect(seen.client.ends.map(\.digest) == [digest], "\(seen)")
            #expect(seen.server.ends.map(\.digest) == [digest], "\(seen)")
            expectOrderly(way, seen)
        }

        @Test(arguments: [Way.terminate, .originate, .bridge], SpokenVersion.allCases)
        func `a server that vanishes isn't an end in order`(way: Way, version: SpokenVersion) throws {
            let seen = try converse(way, version, client: "send", server: "vanish", bytes: (0, 100_000))
            if way == .terminate {
                // TCP's end is all that plaintext has.
                #expect(seen.client.ends.map(\.ending) == ["close_notify"], "\(seen)")
            } else {
                #expect(seen.client.ends.first?.ending != "close_notify", "\(seen)")
                #expect(seen.client.ends.first?.ending != "eof", "\(seen)")
                #expect(seen.line["end"] == "truncated", "\(seen)")
                #expect(seen.line["side"] == "upstream", "\(seen)")
            }
        }

        @Test(arguments: [Way.terminate, .originate, .bridge], SpokenVersion.allCases)
        func `a client that vanishes isn't an end in order`(way: Way, version: SpokenVersion) throws {
            let seen = try converse(way, version, client: "vanish", server: "digest", bytes: (100_000, 0))
            if way == .originate {
                #expect(seen.server.ends.map(\.ending) == ["close_notify"], "\(seen)")
            } else {
                #expect(!seen.server.ends.contains { $0.ending == "close_notify" || $0.ending == "eof" }, "\(seen)")
                // With something of the proxy's unread, its system resets the connection.
                #expect(["truncated", "connection_lost"].contains(seen.line["end"]), "\(seen)")
                #expect(seen.line["side"] == "client", "\(seen)")
            }
        }

        private func expectOrderly(
            _ way: Way,
            _ seen: (client: [PeerReport], server: [PeerReport], line: ConnectionLine)
        ) {
            #expect(seen.client.ends.map(\.ending) == [way.isClientTLS ? "close_notify" : "eof"], "\(seen)")
            #expect(seen.server.ends.map(\.ending) == [way.isServerTLS ? "close_notify" : "eof"], "\(seen)")
            #expect(seen.line["end"] == "completed", "\(seen)")
        }
    }
}
