import CLoop
import Sluice

/// What idle engines hold on the heap: handshaken, 1 KiB exchanged each way, then hibernating.
///
/// Measured as bytes in use by malloc (glibc's `mallinfo2`), so it is exact and has nothing of the other end's.
struct IdleMemory {
    let client: TLSContext
    let server: TLSContext

    /// Prints KiB per engine, awake and hibernating.
    func report(engines count: Int) throws {
        let start = heap_bytes_in_use()
        var clients: [Box] = []
        var servers: [Box] = []
        for _ in 0..<count {
            clients.append(Box(try TLSEngine(client)))
            servers.append(Box(try TLSEngine(server)))
            try converse(clients[clients.count - 1], servers[servers.count - 1])
        }
        let awake = heap_bytes_in_use()
        try hibernate(clients)
        let clientsAsleep = heap_bytes_in_use()
        try hibernate(servers)
        let asleep = heap_bytes_in_use()
        // Awake once more: the memory was not needed, the engines are.
        for (client, server) in zip(clients, servers) { try converse(client, server) }
        try hibernate(clients)
        try hibernate(servers)
        clients = []
        let serversAlone = heap_bytes_in_use()
        show("client", awake: awake - clientsAsleep + asleep - serversAlone, asleep: asleep - serversAlone, count)
        show("server", awake: clientsAsleep - asleep + serversAlone - start, asleep: serversAlone - start, count)
        withExtendedLifetime(servers) {}
    }

    private func show(_ role: String, awake: Int, asleep: Int, _ count: Int) {
        let kibibytes = [awake, asleep].map { (Double($0) / Double(count) / 102.4).rounded() / 10 }
        print("idle \(role): \(kibibytes[0]) KiB awake, \(kibibytes[1]) KiB hibernating")
    }

    private func hibernate(_ boxes: [Box]) throws {
        for box in boxes where !box.engine.hibernate() { throw Benchmark.Failure(peer: "an engine that sleeps") }
    }

    /// Completes the handshake where it hasn't been, and carries 1 KiB each way.
    private func converse(_ client: Box, _ server: Box) throws {
        while !client.engine.isEstablished || !server.engine.isEstablished || server.engine.drainableByteCount > 0 {
            try server.engine.feed(client.engine.drain())
            try client.engine.feed(server.engine.drain())
        }
        let message = [UInt8](repeating: 1, count: 1024)
        try client.engine.write(message)
        try server.engine.write(message)
        try server.engine.feed(client.engine.drain())
        try client.engine.feed(server.engine.drain())
        guard try server.engine.read() == message, try client.engine.read() == message else {
            throw Benchmark.Failure(peer: "a pair of engines")
        }
        while client.engine.nextEvent() != nil {}
        while server.engine.nextEvent() != nil {}
    }
}

/// An engine that can stand in an array.
private final class Box {
    var engine: TLSEngine

    init(_ engine: consuming TLSEngine) {
        self.engine = engine
    }
}
