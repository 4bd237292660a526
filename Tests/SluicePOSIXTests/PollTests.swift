import Foundation
import SluicePOSIX
import Testing

struct PollTests {
    @Test func `a wait ends at its deadline with nothing ready`() throws {
        let pair = try ConnectedDescriptors.sockets()
        var poll = Poll()
        let place = poll.add(pair.near.number, for: .readable)
        let deadline = Deadline.after(.milliseconds(20))
        try poll.wait(until: deadline)
        #expect(deadline.isPassed && poll.isNothingReady)
        #expect(poll.readiness(at: place) == [])
    }

    @Test func `each descriptor is ready for what it was added for`() throws {
        let pair = try ConnectedDescriptors.sockets()
        _ = try pair.far.write([1][...])
        var poll = Poll()
        let both = poll.add(pair.near.number, for: [.readable, .writable])
        let reader = poll.add(pair.far.number, for: .readable)
        try poll.wait(until: .soon)
        #expect(poll.readiness(at: both) == [.readable, .writable])
        #expect(poll.readiness(at: reader) == [])
    }

    @Test func `a hang-up makes ready`() throws {
        let pair = try ConnectedDescriptors.sockets()
        let near = pair.near
        drop(pair.far)
        var poll = Poll()
        let place = poll.add(near.number, for: .readable)
        try poll.wait(until: .soon)
        #expect(poll.readiness(at: place) == .readable)
    }

    @Test func `who waits for nothing isn't woken by a hang-up`() throws {
        let pair = try ConnectedDescriptors.sockets()
        let near = pair.near
        drop(pair.far)
        var poll = Poll()
        poll.add(near.number, for: [])
        try poll.wait(until: .after(.milliseconds(5)))
        #expect(poll.isNothingReady)
    }

    @Test func `a signal ends a wait early, with nothing ready`() throws {
        signal(SIGUSR1) { _ in }
        let thread = ThreadBox()
        let waiting = Background {
            var set = sigset_t()
            sigemptyset(&set)
            sigaddset(&set, SIGUSR1)
            pthread_sigmask(SIG_UNBLOCK, &set, nil)
            thread.put(pthread_self())
            let pair = try ConnectedDescriptors.sockets()
            var poll = Poll()
            poll.add(pair.near.number, for: .readable)
            try poll.wait(until: .after(.seconds(60)))
            return poll.isNothingReady
        }
        // Signals that come before the wait are lost, so they come until one is not.
        while !waiting.isOver { thread.signal(SIGUSR1) }
        #expect(try waiting.value())
    }

    private func drop(_ descriptor: consuming Descriptor) {}
}

/// Knows a thread to signal.
private final class ThreadBox: @unchecked Sendable {
    private let lock = NSLock()
    // Guarded by `lock`.
    private var thread: pthread_t?

    func put(_ thread: pthread_t) {
        lock.withLock { self.thread = thread }
    }

    func signal(_ number: Int32) {
        lock.withLock { thread.map { _ = pthread_kill($0, number) } }
        sched_yield()
    }
}
