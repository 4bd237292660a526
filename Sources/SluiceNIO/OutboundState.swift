internal import NIOCore

/// Plaintext that was written and isn't in the engine yet, and who waits for what already is.
struct OutboundState {
    private struct Write {
        var bytes: ByteBuffer
        let promise: EventLoopPromise<Void>?
    }

    private var writes = MarkedCircularBuffer<Write>(initialCapacity: 8)

    /// The write that the engine has a part of.
    private var current: Write?

    /// Of the writes that the engine has whole, since something last went to the channel.
    private var taken: [EventLoopPromise<Void>] = []

    /// Whether the engine was told to close.
    var isCloseAsked = false
    /// Whether close_notify is with the channel.
    var isCloseNotifySent = false
    /// Whether the channel's output was closed.
    var isClosed = false

    /// Whether something that was flushed waits for the engine.
    var isFlushDue: Bool { current != nil || writes.hasMark }

    /// Whether somebody waits for what the channel gets next.
    var hasTakenPromises: Bool { !taken.isEmpty }

    /// What the engine gets next, of what was flushed.
    mutating func next() -> ByteBuffer? {
        if current == nil, writes.hasMark { current = writes.popFirst() }
        return current?.bytes
    }

    /// The engine took that many bytes of it. Returns whether that was all.
    mutating func take(_ count: Int) -> Bool {
        current?.bytes.moveReaderIndex(forwardBy: count)
        guard let write = current, write.bytes.readableBytes == 0 else { return false }
        current = nil
        if let promise = write.promise { taken.append(promise) }
        return true
    }

    /// Adds a write.
    mutating func append(_ bytes: ByteBuffer, promise: EventLoopPromise<Void>?) {
        writes.append(Write(bytes: bytes, promise: promise))
    }

    /// A flush.
    mutating func mark() { writes.mark() }

    /// One promise for all the writes that the engine has since the last time, if any has one.
    mutating func takePromise(on eventLoop: any EventLoop) -> EventLoopPromise<Void>? {
        defer { taken.removeAll(keepingCapacity: true) }
        guard taken.count > 1 else { return taken.first }
        let joint = eventLoop.makePromise(of: Void.self)
        joint.futureResult.whenComplete { [taken] result in
            for promise in taken { promise.completeWith(result) }
        }
        return joint
    }

    /// Forgets every write that isn't with the channel, and gives away who waits for one.
    ///
    /// Whoever fails them does so afterwards: whom they call may write again.
    mutating func takeAll() -> [EventLoopPromise<Void>] {
        var promises = taken
        taken = []
        if let promise = current?.promise { promises.append(promise) }
        current = nil
        while let write = writes.popFirst() {
            if let promise = write.promise { promises.append(promise) }
        }
        return promises
    }
}
