import CLoop
import Sluice

/// What idle engines hold on the heap: made, handshaken, 1 KiB each way, then hibernating.
///
/// Measured as bytes in use by malloc (glibc's `mallinfo2`), one end at a time, so it is exact and free of the other end.
struct IdleMemory {
    let client: TLSContext
    let server: TLSContext

    /// Prints KiB per engine, as made and hibernating.
    func report(engines count: Int) throws {
        var pairs: [Slot] = []
        let before = heapBytes()
        for _ in 0..<count { pairs.append(try Slot(client, server)) }
        let awake = heapBytes()
        for pair in pairs where !pair.client.hibernate() { throw Benchmark.Failure(peer: "a client that sleeps") }
        let clientsAsleep = heapBytes()
        for pair in pairs where !pair.server.hibernate() { throw Benchmark.Failure(peer: "a server that sleeps") }
        let asleep = heapBytes()
        print(
            "idle KiB per client+server: \(kibibytes(awake - before, count)), hibernating "
                + "\(kibibytes(asleep - before, count)); given back by a client \(kibibytes(awake - clientsAsleep, count)), "
                + "by a server \(kibibytes(clientsAsleep - asleep, count))"
        )
        // Awake again: the memory was not needed, the engines are.
        for pair in pairs { try pair.exchange() }
    }

    private func kibibytes(_ bytes: Int, _ count: Int) -> Double {
        (Double(bytes) / Double(count) / 1024 * 10).rounded() / 10
    }

    private func heapBytes() -> Int {
        heap_bytes_in_use()
    }
}

/// A pair of engines that can stand in an array.
final class Slot {
    var client: TLSEngine
    var server: TLSEngine

    init(_ client: TLSContext, _ server: TLSContext) throws {
        self.client = try TLSEngine(client)
        self.server = try TLSEngine(server)
        for _ in 0..<10 {
            try self.server.feed(self.client.drain())
            try self.client.feed(self.server.drain())
        }
        try exchange()
    }

    /// 1 KiB each way.
    func exchange() throws {
        let message = [UInt8](repeating: 1, count: 1024)
        try client.write(message)
        try server.write(message)
        try server.feed(client.drain())
        try client.feed(server.drain())
        guard try server.read() == message, try client.read() == message else {
            throw Benchmark.Failure(peer: "a pair of engines")
        }
        while client.nextEvent() != nil {}
        while server.nextEvent() != nil {}
    }
}
