import NIOCore
import Sluice
import Synchronization

/// A question that a test answers when it likes.
final class Question<Answer: Sendable>: Sendable {
    private let asked = Mutex<EventLoopPromise<Answer>?>(nil)

    /// Who waits, once somebody asked.
    var promise: EventLoopPromise<Answer>? { asked.withLock(\.self) }

    func ask(on loop: any EventLoop) -> EventLoopFuture<Answer> {
        let promise = loop.makePromise(of: Answer.self)
        asked.withLock { $0 = promise }
        return promise.futureResult
    }
}

/// Events as they come.
final class EventList: Sendable {
    private let events = Mutex<[TLSEvent]>([])

    var all: [TLSEvent] { events.withLock(\.self) }

    /// What lets a client resume.
    var sessions: [TLSSession] {
        all.compactMap { event -> TLSSession? in
            guard case .sessionReceived(let session) = event else { return nil }
            return session
        }
    }

    func append(_ event: TLSEvent) { events.withLock { $0.append(event) } }
}
