/// Which way something travels, seen from the engine.
package enum Direction: Hashable, Sendable {
    /// From the peer to the engine.
    case inbound
    /// From the engine to the peer.
    case outbound
}

/// What a C callback saw, queued until the owner asks. A callback does nothing more than make one of these.
package enum Notice: Sendable {
    /// An alert record; levels are 1 (warning) and 2 (fatal).
    case alert(Direction, level: UInt8, description: UInt8)
    /// The handshake is over. Posted by the engine, so that it stands in line with the rest.
    case handshakeCompleted
    /// One `NSS key log` line, without its line break.
    case keyLogLine(String)
    /// A KeyUpdate message, RFC 8446 §4.6.3.
    case keyUpdate(Direction)
    /// A handshake message: its type and its length with the 4-byte header.
    case message(Direction, type: UInt8, byteCount: Int)
    /// The peer's close_notify. Posted by the engine.
    case peerClosed
    /// A record header as it stands on the wire, with the length of what follows it.
    case record(Direction, contentType: UInt8, version: UInt16, byteCount: Int)
    /// A session that a client can resume later.
    case session(SessionHandle)

    var isSession: Bool {
        if case .session = self { return true }
        return false
    }
}

/// Notices in the order in which they happened, at most ``noticesMax`` of them, ``sessionNoticesMax`` with a session.
///
/// Nothing makes an owner pull its events while a peer can make some at will (KeyUpdate, tickets), so the queue has an
/// end. What comes after it is counted, and the count is given when the queue has been emptied: nothing goes silently.
package struct NoticeQueue {
    /// Those before ``head`` have been pulled.
    private var notices: [Notice] = []
    private var head = 0
    private var sessionCount = 0
    private var droppedCount = 0

    /// Notices in memory, with those that were pulled and not cleared away yet.
    var storedCount: Int { notices.count }

    /// Adds a notice, or counts it as dropped.
    mutating func append(_ notice: Notice) {
        guard notices.count - head < noticesMax, !notice.isSession || sessionCount < sessionNoticesMax else {
            droppedCount += 1
            return
        }
        if notice.isSession { sessionCount += 1 }
        notices.append(notice)
    }

    /// The oldest notice, which leaves the queue.
    mutating func popFirst() -> Notice? {
        guard head < notices.count else { return nil }
        let notice = notices[head]
        if notice.isSession { sessionCount -= 1 }
        head += 1
        clearPulled()
        return notice
    }

    /// Clears away what was pulled: at once when the queue is empty, else when it is as much as may wait, so that
    /// each notice is moved once at most.
    private mutating func clearPulled() {
        if head == notices.count {
            notices.removeAll(keepingCapacity: notices.count <= noticesKeptMax)
            head = 0
        } else if head == noticesMax {
            notices.removeFirst(head)
            head = 0
        }
    }

    /// Gives back the storage of an empty queue.
    mutating func giveBack() {
        if head == notices.count { (notices, head) = ([], 0) }
    }

    /// How many notices found no place since the last call; 0 as long as earlier ones are still queued.
    mutating func takeDroppedCount() -> Int {
        guard head == notices.count else { return 0 }
        defer { droppedCount = 0 }
        return droppedCount
    }
}

/// The longest queue of notices. A full handshake with every observation on makes about 60.
package let noticesMax = 1024

/// The most sessions in the queue. A server may send tickets for ever, of up to 64 KiB each; no client needs more of
/// them at hand than a server sends after one handshake, which is 2 by default and 16 at most here.
package let sessionNoticesMax = 16

/// The queue's storage is kept for reuse up to this many notices.
private let noticesKeptMax = 64
