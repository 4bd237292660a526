#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#elseif canImport(Darwin)
    internal import Darwin
#endif

/// What a descriptor is waited for, or is ready for.
public struct Readiness: OptionSet, Hashable, Sendable {
    /// The options as bits.
    public let rawValue: UInt8

    /// Options from bits.
    public init(rawValue: UInt8) {
        self.rawValue = rawValue
    }

    /// It can be read without waiting: bytes, the end, or a failure.
    public static let readable = Readiness(rawValue: 1)
    /// It can be written without waiting: there is room, or a failure.
    public static let writable = Readiness(rawValue: 2)
}

/// Descriptors to wait for, poll(2).
public struct Poll: Sendable {
    private var entries: [pollfd] = []

    /// Whether there is something to do that no descriptor tells.
    private var isDue = false

    /// Nothing to wait for yet.
    public init() {}

    /// Adds a descriptor. One that is waited for nothing never ends the wait, not even by a failure.
    ///
    /// - Returns: Its place, for ``readiness(at:)``.
    @discardableResult
    public mutating func add(_ number: CInt, for interests: Readiness) -> Int {
        var events: Int16 = 0
        if interests.contains(.readable) { events |= Int16(POLLIN) }
        if interests.contains(.writable) { events |= Int16(POLLOUT) }
        entries.append(pollfd(fd: interests.isEmpty ? -1 : number, events: events, revents: 0))
        return entries.count - 1
    }

    /// Makes the next wait look and not wait: there are bytes that have left their descriptor already.
    public mutating func addNothingToWaitFor() {
        isDue = true
    }

    /// Waits until a descriptor is ready or the deadline has passed.
    ///
    /// It may also return with nothing ready, after a signal: look at the deadline.
    public mutating func wait(until deadline: Deadline) throws(TransportError) {
        try SystemCalls.waitForAny(&entries, milliseconds: isDue ? 0 : deadline.pollMilliseconds)
    }

    /// What a descriptor turned out to be ready for, of what it was added for. A failure or hang-up makes it ready for all.
    public func readiness(at place: Int) -> Readiness {
        let entry = entries[place]
        let isOver = entry.revents & Int16(POLLERR | POLLHUP | POLLNVAL) != 0
        var ready: Readiness = []
        if entry.events & Int16(POLLIN) != 0, isOver || entry.revents & Int16(POLLIN) != 0 { ready.insert(.readable) }
        if entry.events & Int16(POLLOUT) != 0, isOver || entry.revents & Int16(POLLOUT) != 0 { ready.insert(.writable) }
        return ready
    }

    /// How many descriptors were added: the place of the next one.
    public var count: Int { entries.count }

    /// Whether any of the descriptors at these places is ready.
    public func isAnyReady(at places: Range<Int>) -> Bool {
        places.contains { !readiness(at: $0).isEmpty }
    }

    /// Whether the last wait ended with nothing ready: the deadline passed, or a signal came.
    public var isNothingReady: Bool { entries.allSatisfy { $0.revents == 0 } }
}
