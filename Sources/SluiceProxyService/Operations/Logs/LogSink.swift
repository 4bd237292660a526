internal import NIOPosix
package import SluicePOSIX
internal import Synchronization

/// Where lines of a log go: a descriptor or a file. Who logs never waits.
///
/// Lines wait in a bounded queue for a thread of the sink's own, which writes each with one call. While nobody reads a pipe
/// that is full, lines beyond the bound are dropped, and a line tells how many when there is room again. Close it at the
/// end, or the last lines are lost.
package final class LogSink: Sendable {
    private let format: LogFormat
    private let path: String?
    private let state: Mutex<State>
    private let pool = NIOThreadPool(numberOfThreads: 1)

    fileprivate struct State {
        var queue: [Item] = []
        /// Those in the queue, and those that the thread is at.
        var queuedBytes = 0
        var target: Target
        var isWriting = false
        var isClosed = false
        /// Lines dropped in all, and of these those that no line has told yet.
        var dropped = 0
        var untold = 0
        /// When to give up on a pipe that nobody reads.
        var deadline = Deadline.never
    }

    fileprivate enum Item {
        case line([UInt8])
        case target(Target)

        var bytes: Int { if case .line(let line) = self { line.count } else { 0 } }
    }

    fileprivate enum Target {
        case shared(SharedOutput)
        case file(LogFile)
    }

    /// Writes to a descriptor that others write to.
    package init(_ output: SharedOutput, format: LogFormat) {
        self.format = format
        path = nil
        state = Mutex(State(target: .shared(output)))
        pool.start()
    }

    /// Appends to a file, made with mode 0600 if there is none.
    ///
    /// - Throws: `TransportError` where it can't be opened.
    package init(path: String, format: LogFormat) throws(TransportError) {
        let file = try LogFile(path)
        self.format = format
        self.path = path
        state = Mutex(State(target: .file(file)))
        pool.start()
    }

    deinit {
        pool.shutdownGracefully { _ in }
    }

    /// How many lines were dropped as nobody read them in time, or couldn't be written.
    package var droppedLines: Int { state.withLock { $0.dropped } }

    /// Takes a record; writes it soon.
    package func append(_ record: LogRecord) {
        let line = format.line(of: record)
        let isToStart = state.withLock { state in
            guard !state.isClosed, state.queuedBytes + line.count <= OperationsLimits.logQueueBytesMax else {
                state.drop(1)
                return false
            }
            return state.enqueue(.line(line))
        }
        if isToStart { startWriting() }
    }

    /// Opens its file again, which was moved away: lines from here on go to the new one.
    ///
    /// - Throws: `TransportError` where it can't be opened; the old one stays.
    package func reopen() throws(TransportError) {
        guard let path else { return }
        let file = try LogFile(path)
        if state.withLock({ $0.isClosed ? false : $0.enqueue(.target(.file(file))) }) { startWriting() }
    }

    /// Waits until all lines that were taken so far are written, or are given up.
    package func flush(within limit: Duration) async {
        state.withLock { $0.deadline = .after(limit) }
        // One thread: this comes after what it is at.
        _ = try? await pool.runIfActive {}
        state.withLock { if !$0.isClosed { $0.deadline = .never } }
    }

    /// Flushes, and takes nothing more.
    package func close(within limit: Duration) async {
        await flush(within: limit)
        let isToWrite = state.withLock { state in
            state.isClosed = true
            state.deadline = .after(limit)
            return !state.queue.isEmpty
        }
        if isToWrite { _ = try? await pool.runIfActive {} }
        try? await pool.shutdownGracefully()
    }

    // MARK: - The thread

    private func startWriting() {
        pool.submit { _ in self.writeQueued() }
    }

    private func writeQueued() {
        while let (items, target, untold) = state.withLock({ $0.takeQueue() }) {
            var target = target
            if untold > 0, !write(notice(untold), to: target) { state.withLock { $0.untold += untold } }
            for item in items {
                switch item {
                case .line(let line): if !write(line, to: target) { state.withLock { $0.drop(1) } }
                case .target(let other): target = other
                }
            }
            state.withLock { state in
                state.target = target
                state.queuedBytes -= items.reduce(0) { $0 + $1.bytes }
            }
        }
    }

    /// Returns whether all of it was written.
    private func write(_ line: [UInt8], to target: Target) -> Bool {
        switch target {
        case .file(let file): file.append(line)
        case .shared(let output): write(line, to: output)
        }
    }

    /// Looks at the deadline often, as it may be set while nobody reads.
    private func write(_ line: [UInt8], to output: SharedOutput) -> Bool {
        var rest = line[...]
        do throws(TransportError) {
            while !rest.isEmpty {
                let deadline = state.withLock { $0.deadline }
                guard try output.waitForRoom(until: .earlier(deadline, .after(Self.look))) else {
                    if deadline.isPassed { return false }
                    continue
                }
                if case .moved(let count) = try output.write(rest) { rest = rest.dropFirst(count) }
            }
            return true
        } catch {
            return false
        }
    }

    private static let look = Duration.milliseconds(100)

    private func notice(_ count: Int) -> [UInt8] {
        let field = LogField("lines", .bare("\(count)"))
        return format.line(
            of: LogRecord(
                time: WallClock.sinceEpoch,
                level: "warning",
                message: "log lines were dropped",
                fields: [field]
            )
        )
    }
}

extension LogSink.State {
    /// Returns whether the thread is to be started.
    fileprivate mutating func enqueue(_ item: LogSink.Item) -> Bool {
        queue.append(item)
        queuedBytes += item.bytes
        defer { isWriting = true }
        return !isWriting
    }

    fileprivate mutating func drop(_ count: Int) {
        dropped += count
        untold += count
    }

    fileprivate mutating func takeQueue() -> ([LogSink.Item], LogSink.Target, untold: Int)? {
        guard !queue.isEmpty else {
            isWriting = false
            return nil
        }
        defer { (queue, untold) = ([], 0) }
        return (queue, target, untold)
    }
}

/// A file of a log, closed when nothing is to be written to it any more.
private final class LogFile: Sendable {
    private let descriptor: Descriptor

    init(_ path: String) throws(TransportError) {
        do throws(TransportError) {
            descriptor = try Files.openSecretLog(path)
        } catch {
            throw error.of("open the log \(path)")
        }
    }

    /// Returns whether all of it was written.
    func append(_ line: [UInt8]) -> Bool {
        (try? descriptor.writeAll(line)) != nil
    }
}
