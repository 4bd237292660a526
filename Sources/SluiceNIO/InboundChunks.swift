internal import NIOCore
internal import SluiceAsync

/// What a channel read and nobody has received: one of its chunks at the most. The others wait with the channel.
struct InboundChunks: Monitored {
    /// How the channel's bytes ended, once they have.
    var end: Result<Void, any Error>?

    /// Whether nobody will receive any more. What comes is thrown away.
    var isClosed = false

    private var chunk = ByteBuffer()

    enum Condition: Sendable {
        case readable, empty, ended
    }

    func isMet(_ condition: Condition) -> Bool {
        switch condition {
        case .readable: chunk.readableBytes > 0 || end != nil || isClosed
        case .empty: chunk.readableBytes == 0 || isClosed
        case .ended: end != nil
        }
    }

    mutating func take(atMost countMax: Int) throws -> Attempt<[UInt8], Condition> {
        if isClosed { throw ChannelError.ioOnClosedChannel }
        let bytes = chunk.readBytes(length: min(countMax, chunk.readableBytes)) ?? []
        guard bytes.isEmpty else { return .done(bytes) }
        guard let end else { return .wait(until: .readable) }
        try end.get()
        return .done([])
    }

    mutating func put(_ next: ByteBuffer) -> Attempt<Void, Condition> {
        if isClosed { return .done(()) }
        guard chunk.readableBytes == 0 else { return .wait(until: .empty) }
        chunk = next
        return .done(())
    }
}
