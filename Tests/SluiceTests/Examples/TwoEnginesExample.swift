import Sluice
import Testing

struct TwoEnginesExample {
    @Test func `a client greets a server in memory`() throws {
        let identity = try TLSIdentity.selfSigned(for: ["server.example"])
        var server = try TLSEngine(.server(identity))

        var configuration = TLSClientConfiguration.client(to: "server.example")
        configuration.verification = .roots(.certificates([identity.leaf]))
        var client = try TLSEngine(configuration)

        // What carries the bytes is yours. Here: an array in memory.
        while !client.isEstablished || !server.isEstablished {
            try server.feed(client.drain())
            try client.feed(server.drain())
        }

        try client.write(Array("hello".utf8))
        try server.feed(client.drain())
        let greeting = try server.read()  // the bytes of "hello"

        #expect(greeting == Array("hello".utf8))
    }
}
