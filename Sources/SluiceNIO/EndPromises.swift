internal import NIOCore

/// Who waits for an end of a connection. Several that wait for the same one become one.
struct EndPromises {
    /// The channel is closed.
    private(set) var close: EventLoopPromise<Void>?
    /// The channel's output is closed.
    private(set) var closeOutput: EventLoopPromise<Void>?
    /// TLS has gone from the channel.
    private(set) var unwrap: EventLoopPromise<Void>?

    /// Adds one that waits for the channel's end.
    mutating func addClose(_ promise: EventLoopPromise<Void>?) { Self.add(promise, to: &close) }

    /// Adds one that waits for the end of the output.
    mutating func addCloseOutput(_ promise: EventLoopPromise<Void>?) { Self.add(promise, to: &closeOutput) }

    /// Adds one that waits for the end of TLS.
    mutating func addUnwrap(_ promise: EventLoopPromise<Void>?) { Self.add(promise, to: &unwrap) }

    /// Gives the one that waits for the channel's end away.
    mutating func takeClose() -> EventLoopPromise<Void>? { Self.take(&close) }

    /// Gives the one that waits for the end of the output away.
    mutating func takeCloseOutput() -> EventLoopPromise<Void>? { Self.take(&closeOutput) }

    /// Gives the one that waits for the end of TLS away.
    mutating func takeUnwrap() -> EventLoopPromise<Void>? { Self.take(&unwrap) }

    /// Gives all of them away.
    ///
    /// Whoever fails them does so afterwards: whom they call may add others.
    mutating func takeAll() -> [EventLoopPromise<Void>] {
        [takeCloseOutput(), takeUnwrap(), takeClose()].compactMap(\.self)
    }

    private static func add(_ promise: EventLoopPromise<Void>?, to place: inout EventLoopPromise<Void>?) {
        guard let promise else { return }
        if let first = place {
            first.futureResult.cascade(to: promise)
        } else {
            place = promise
        }
    }

    private static func take(_ place: inout EventLoopPromise<Void>?) -> EventLoopPromise<Void>? {
        defer { place = nil }
        return place
    }
}
