import SluiceAsync
import Synchronization

/// What a broken transport throws.
struct Broken: Error, Hashable {
    var words = "the cable was cut"
}

/// A transport that fails at its nth call, or at the first with so many bytes behind it.
final class FaultyTransport: AsyncByteTransport {
    private let base: InMemoryTransport
    private let receives: Mutex<Int>
    private let sends: Mutex<Int>

    init(_ base: InMemoryTransport, receives: Int = .max, sends: Int = .max) {
        self.base = base
        self.receives = Mutex(receives)
        self.sends = Mutex(sends)
    }

    /// Lets only so many more calls of each kind pass.
    func allow(receives: Int = .max, sends: Int = .max) {
        self.receives.withLock { $0 = receives }
        self.sends.withLock { $0 = sends }
    }

    func receive(atMost countMax: Int) async throws -> [UInt8] {
        try Self.count(receives, "receive")
        return try await base.receive(atMost: countMax)
    }

    func send(_ bytes: [UInt8]) async throws {
        try Self.count(sends, "send")
        try await base.send(bytes)
    }

    func close() async {
        await base.close()
    }

    private static func count(_ calls: borrowing Mutex<Int>, _ words: String) throws {
        try calls.withLock { left in
            guard left > 0 else { throw Broken(words: words) }
            left -= 1
        }
    }
}

/// A transport whose bytes come in chunks, whatever is asked for; and nobody waits for more than one chunk.
final class ChunkTransport: AsyncByteTransport {
    let base: InMemoryTransport
    let chunkBytesMax: Int

    init(_ base: InMemoryTransport, chunkBytesMax: Int = 1 << 20) {
        self.base = base
        self.chunkBytesMax = chunkBytesMax
    }

    func receive(atMost countMax: Int) async throws -> [UInt8] {
        try await base.receive(atMost: chunkBytesMax)
    }

    func send(_ bytes: [UInt8]) async throws {
        try await base.send(bytes)
    }

    func close() async {
        await base.close()
    }
}

/// A transport whose every receive gives the same.
struct FixedTransport: AsyncByteTransport {
    var bytes: [UInt8]

    func receive(atMost countMax: Int) async throws -> [UInt8] { bytes }
    func send(_ bytes: [UInt8]) async throws {}
    func close() async {}
}

/// A transport that waits until it is cancelled or closed, both ways.
final class DeadTransport: AsyncByteTransport {
    private let gate = Gate()
    private let closed = Mutex(false)

    var isClosed: Bool { closed.withLock { $0 } }

    func waitForUse() async throws {
        try await gate.waitForVisitor()
    }

    func receive(atMost countMax: Int) async throws -> [UInt8] {
        try await gate.pass()
        return []
    }

    func send(_ bytes: [UInt8]) async throws {
        try await gate.pass()
    }

    func close() async {
        closed.withLock { $0 = true }
        gate.open()
    }
}
