import Foundation
import SluicePOSIX
import Synchronization

/// A server without TLS for as many peers as come, each on a thread of its own.
final class PlainUpstream: Sendable {
    /// Where it listens.
    let address: String
    private let listener: ListenerBox
    private let peers = Peers()

    /// Starts one that does this with each peer; the connection is closed at the end.
    ///
    /// - Parameters:
    ///   - place: Where it listens.
    ///   - converse: What it does.
    /// - Throws: Where it can't listen.
    init(at place: String = "127.0.0.1:0", _ converse: @escaping @Sendable (borrowing Descriptor) throws -> Void) throws
    {
        guard let place = HostPort(place) else { throw ProgramFailure(description: "\(place) is no place") }
        let listener = try ListenerBox(place)
        self.listener = listener
        address = "127.0.0.1:\(listener.port)"
        Thread.detachNewThread { [peers] in
            listener.serve { descriptor in
                peers.count.add(1, ordering: .relaxed)
                try converse(descriptor)
            }
        }
    }

    /// Starts one that sends back what it gets.
    static func echo(at place: String = "127.0.0.1:0") throws -> PlainUpstream {
        try PlainUpstream(at: place) { peer in
            while true {
                let bytes = try peer.waitAndRead(within: .seconds(60))
                if bytes.isEmpty { return }
                try peer.writeAll(bytes)
            }
        }
    }

    deinit { listener.stop() }

    /// How many peers came.
    var peerCount: Int { peers.count.load(ordering: .relaxed) }

    /// Listens no more. Peers that are there stay.
    func stop() { listener.stop() }
}

private final class Peers: Sendable {
    let count = Atomic(0)
}

/// Listens until it is told to stop.
private final class ListenerBox: Sendable {
    let port: String
    private let listener: SocketListener
    private let end: (read: Int32, write: Int32)
    private let stopped = Mailbox<Void>()
    private let isStopping = Mailbox<Void>()

    init(_ place: HostPort) throws {
        listener = try SocketListener(place)
        port = listener.address.port
        let pipe = try ClosedOnExecPipe()
        end = (pipe.readEnd, pipe.writeEnd)
    }

    func serve(_ converse: @escaping @Sendable (borrowing Descriptor) throws -> Void) {
        defer { stopped.put(()) }
        while isStopping.peek() == nil {
            var poll = Poll()
            poll.add(listener.descriptor.number, for: .readable)
            poll.add(end.read, for: .readable)
            guard (try? poll.wait(until: .never)) != nil, isStopping.peek() == nil else { return }
            guard let peer = try? listener.accept() else { continue }
            let box = PeerBox(peer.takeDescriptor())
            Thread.detachNewThread { try? converse(box.descriptor) }
        }
    }

    func stop() {
        guard isStopping.peek() == nil else { return }
        isStopping.put(())
        close(end.write)
        _ = stopped.wait(within: .seconds(5))
        close(end.read)
        // Who connects from now on is refused.
        shutdown(listener.descriptor.number, Int32(SHUT_RDWR))
    }
}

/// Carries a descriptor into a thread: a closure can't own a noncopyable value yet.
final class PeerBox: Sendable {
    let descriptor: Descriptor

    init(_ descriptor: consuming Descriptor) { self.descriptor = descriptor }
}

extension Descriptor {
    /// Has the peer get a reset once this is closed (socket(7), SO_LINGER).
    borrowing func resetWhenClosed() {
        var value = linger(l_onoff: 1, l_linger: 0)
        setsockopt(number, SOL_SOCKET, SO_LINGER, &value, socklen_t(MemoryLayout<linger>.size))
    }
}
