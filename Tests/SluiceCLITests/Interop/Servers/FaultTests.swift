import Foundation
import Testing

extension Interop.Servers {
    /// Servers that die or stand still.
    @Suite struct FaultTests {
        @Test(arguments: ServedProtocol.installed())
        func `a server that stands still is left after the timeout`(served: ServedProtocol) throws {
            let server = try served.start()
            try server.freeze()
            let outcome = try StartTLSClient(served.name, to: server, ["--timeout", "0.5"]).finish()
            #expect(outcome.status == 5)
            #expect(outcome.errors.hasPrefix("sluice: \(server.address): no answer within --timeout"))
        }

        @Test(arguments: ServedProtocol.installed(["ldap", "xmpp"]))
        func `a server that stands still in the handshake is left after the timeout`(served: ServedProtocol) throws {
            let server = try served.start()
            let relay = try MeddlingRelay(to: server.address) { try server.freeze() }
            // Long enough for what goes before, on a busy machine too.
            let options = ["--timeout", "3"]
            let outcome = try StartTLSClient(served.name, to: server, at: relay.address, options).finish()
            #expect(outcome.status == 5)
            #expect(outcome.errors.contains("can't complete the handshake in time"), "\(outcome.errors)")
        }

        @Test(arguments: ServedProtocol.installed())
        func `a server that is killed in the handshake is truncation`(served: ServedProtocol) throws {
            let server = try served.start()
            let relay = try MeddlingRelay(to: server.address) { server.signal(SIGKILL) }
            let outcome = try StartTLSClient(served.name, to: server, at: relay.address).finish()
            #expect(outcome.status == 4, "\(outcome.errors)")
            #expect(outcome.errors.contains("peer"), "\(outcome.errors)")
            #expect(outcome.output.isEmpty)
        }

        @Test(arguments: ServedProtocol.installed())
        func `a server that is killed in the session is truncation`(served: ServedProtocol) throws {
            let server = try served.start()
            // Behind TLS 1.2's handshake nothing is unread; unread bytes would make it a reset.
            let client = try StartTLSClient(served.name, to: server, SpokenVersion.tls12.options)
            try client.waitForHandshake()
            server.signal(SIGKILL)
            let outcome = try client.waitForEnd()
            #expect(outcome.status == 4, "\(outcome.errors)")
            #expect(outcome.errors.contains("the peer's bytes ended without close_notify"), "\(outcome.errors)")
        }
    }
}
