internal import NIOCore

/// What arrived and isn't in the engine yet, and who wants what comes of it.
///
/// The channel is asked for no more while something waits here. So it holds what one turn of the channel's reading
/// gives at the most.
struct InboundState {
    private var held = CircularBuffer<ByteBuffer>(initialCapacity: 2)

    /// Whether somebody called `read` and got nothing for it yet.
    var isWanted = false
    /// Whether plaintext was fired and no end of reading yet.
    var isDelivering = false
    /// Whether the channel is in the middle of a turn of reading.
    var isInCycle = false
    /// Whether the channel was asked to read, and hasn't finished that yet.
    var isRequested = false
    /// Whether the peer's bytes have ended.
    var isEnded = false
    /// Whether the engine knows that they have.
    var isEndFed = false
    /// Whether the next handlers were told that the peer sends no more.
    var isEndTold = false

    /// Whether nothing waits.
    var isEmpty: Bool { held.isEmpty }

    /// Bytes that wait.
    var byteCount: Int { held.reduce(0) { $0 + $1.readableBytes } }

    /// What is next.
    var first: ByteBuffer? { held.first }

    /// Adds what arrived.
    mutating func append(_ buffer: ByteBuffer) {
        if buffer.readableBytes > 0 { held.append(buffer) }
    }

    /// Removes that many bytes of the first buffer.
    mutating func removeFirst(_ count: Int) {
        guard var buffer = held.popFirst() else { return }
        buffer.moveReaderIndex(forwardBy: count)
        if buffer.readableBytes > 0 { held.prepend(buffer) }
    }

    /// Gives everything away.
    mutating func takeAll() -> ByteBuffer {
        var all = held.popFirst() ?? ByteBuffer()
        while var buffer = held.popFirst() { all.writeBuffer(&buffer) }
        return all
    }
}
