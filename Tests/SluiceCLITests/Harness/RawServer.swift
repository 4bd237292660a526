import Foundation
import SluicePOSIX

/// A TCP server for one peer that knows no TLS: it does what a test wants a broken server to do.
struct RawServer {
    /// Where it listens.
    let port: String

    /// Accepts one peer and converses with it on a thread of its own; the connection is closed at the end.
    init(_ converse: @escaping @Sendable (borrowing Descriptor) throws -> Void) throws {
        guard let place = HostPort("127.0.0.1:0") else { preconditionFailure("127.0.0.1:0 is a place") }
        let listener = try SocketListener(place)
        port = listener.address.port
        let box = ListenerBox(listener: listener)
        Thread.detachNewThread {
            try? box.serveOne(converse)
        }
    }

    /// A port that nobody listens on.
    static func unusedPort() throws -> String {
        guard let place = HostPort("127.0.0.1:0") else { preconditionFailure("127.0.0.1:0 is a place") }
        return try SocketListener(place).address.port
    }
}

extension Descriptor {
    /// Waits for bytes, and gives what there is; nothing at the end.
    borrowing func waitAndRead(within limit: Duration = .seconds(20)) throws -> [UInt8] {
        let deadline = Deadline.after(limit)
        while !deadline.isPassed {
            let (result, bytes) = try read(atMost: 65_536)
            if result != .blocked { return bytes }
            var poll = Poll()
            poll.add(number, for: .readable)
            try poll.wait(until: deadline)
        }
        throw ProgramFailure(description: "no bytes within \(limit)")
    }
}

/// Carries a listener into a thread: a closure can't own a noncopyable value yet.
private final class ListenerBox: Sendable {
    private let listener: SocketListener

    init(listener: consuming SocketListener) {
        self.listener = listener
    }

    func serveOne(_ converse: (borrowing Descriptor) throws -> Void) throws {
        var poll = Poll()
        poll.add(listener.descriptor.number, for: .readable)
        try poll.wait(until: .after(.seconds(30)))
        guard let peer = try listener.accept() else { return }
        try converse(peer.descriptor)
    }
}
