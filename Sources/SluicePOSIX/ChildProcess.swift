#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#elseif canImport(Darwin)
    internal import Darwin
#endif

/// A program whose standard input and output carry bytes, as with ssh's ProxyCommand.
///
/// Letting it go while it runs ends it, with what it has started (see ``Group``), and waits until it is gone. Where it
/// has ended by itself, what it left behind goes on; ``kill()`` ends that, too.
public struct ChildProcess: ~Copyable, ByteTransport {
    /// The command line that it was started with.
    public let command: String

    /// Its number, which is also its process group's if that is its own.
    public let number: Int32

    private var pipes: DescriptorPair
    private var status: ExitStatus?

    /// The process group of a program, and so what it has to do with this process's terminal.
    public enum Group: Hashable, Sendable {
        /// One of its own. It is ended with all that it has started; the terminal's keys don't reach it, and it can't ask
        /// for anything there.
        case own
        /// This process's. It may ask for a password at the terminal, and Ctrl-C ends it, too. Only itself is ended when
        /// it is let go; what it has started sees the end of its pipes.
        case shared
    }

    /// How a program ended.
    public enum ExitStatus: Hashable, Sendable, CustomStringConvertible {
        /// By itself with this code; 0 is success, and a shell says 127 where there is no such program.
        case exited(Int32)
        /// By this signal.
        case signalled(Int32)
        /// In a way that somebody else in this process has asked for, or that nobody keeps: SIGCHLD is ignored.
        case unknown

        init(waitStatus: CInt) {
            guard waitStatus != SystemCalls.unknownStatus else {
                self = .unknown
                return
            }
            let (code, signal) = SystemCalls.exit(inStatus: waitStatus)
            self = signal == 0 ? .exited(code) : .signalled(signal)
        }

        /// `exit code 1`, `signal 9`.
        public var description: String {
            switch self {
            case .exited(let code): "exit code \(code)"
            case .signalled(let number): "signal \(number)"
            case .unknown: "a status that is not known"
            }
        }
    }

    /// Starts a command line with `/bin/sh -c`. Its standard error is this process's own.
    ///
    /// - Parameters:
    ///   - command: The command line.
    ///   - environment: What is different in its environment from this process's own; nil takes a variable away.
    ///   - group: Whether it belongs to this process's terminal.
    /// - Throws: ``TransportError`` where no process can be started. Where the program isn't there, the shell says so on
    ///   standard error, and ends.
    public init(
        shell command: String,
        environment: [String: String?] = [:],
        group: Group = .own
    ) throws(TransportError) {
        let input = try Pipe()
        let output = try Pipe()
        try SystemCalls.setNonBlocking(input.writeEnd.number)
        try SystemCalls.setNonBlocking(output.readEnd.number)
        let arguments = ["/bin/sh", "-c", command]
        number = try SystemCalls.spawn(
            arguments,
            environment: environment,
            group: group,
            input: input.readEnd.number,
            output: output.writeEnd.number
        )
        self.command = command
        pipes = DescriptorPair(input: output.readEnd, output: input.writeEnd)
    }

    deinit {
        guard status == nil, waitForEnd(by: .after(Self.ownEndTime)) == nil else { return }
        SystemCalls.end(number, with: SIGTERM)
        if waitForEnd(by: .after(Self.ownEndTime)) == nil {
            SystemCalls.end(number, with: SIGKILL)
            _ = waitForEnd(by: .after(Self.killedEndTime))
        }
        // A shell may be gone while what it has started goes on.
        guard SystemCalls.isGroupThere(of: number) else { return }
        SystemCalls.endRest(of: number, with: SIGKILL)
        waitForRest(by: .after(Self.ownEndTime))
    }

    /// How the program has ended; nil while it runs.
    public mutating func exitStatus() -> ExitStatus? {
        if status == nil { status = waitForEnd(by: .after(.zero)) }
        return status
    }

    /// Waits for the program's end; nil if it still runs at the deadline.
    public mutating func exitStatus(by deadline: Deadline) -> ExitStatus? {
        if status == nil { status = waitForEnd(by: deadline) }
        return status
    }

    /// Asks the program, and what it has started, to end (SIGTERM). It may take its time, or not end at all.
    public mutating func askToEnd() {
        if exitStatus() == nil { SystemCalls.end(number, with: SIGTERM) }
    }

    /// Ends the program, and what it has started, at once (SIGKILL). Its ``exitStatus()`` is known a moment later.
    public mutating func kill() {
        if exitStatus() == nil {
            SystemCalls.end(number, with: SIGKILL)
        } else {
            SystemCalls.endRest(of: number, with: SIGKILL)
        }
    }

    /// Whether the program has ended, and all that it has started. What made a process group of its own doesn't count.
    public mutating func isGone() -> Bool {
        exitStatus() != nil && !SystemCalls.isGroupThere(of: number)
    }

    private borrowing func waitForEnd(by deadline: Deadline) -> ExitStatus? {
        while true {
            if let status = SystemCalls.takeStatus(of: number) { return ExitStatus(waitStatus: status) }
            if deadline.isPassed { return nil }
            SystemCalls.pause(milliseconds: Self.pauseMilliseconds)
        }
    }

    private borrowing func waitForRest(by deadline: Deadline) {
        while SystemCalls.isGroupThere(of: number), !deadline.isPassed {
            SystemCalls.pause(milliseconds: Self.pauseMilliseconds)
        }
    }

    /// Appends what the program has printed.
    public mutating func read(into output: inout OutputRawSpan) throws(TransportError) -> Transfer {
        try pipes.read(into: &output)
    }

    /// Writes to the program's standard input, as much as it takes now.
    public mutating func write(_ bytes: RawSpan) throws(TransportError) -> Transfer {
        try pipes.write(bytes)
    }

    /// Writes to the program's standard input, see ``write(_:)-(RawSpan)``.
    public mutating func write(_ bytes: ArraySlice<UInt8>) throws(TransportError) -> Transfer {
        try SystemCalls.lend(bytes) { bytes throws(TransportError) in try write(bytes) }
    }

    /// Nothing: nothing is kept.
    public mutating func flush() throws(TransportError) -> Bool { false }

    /// Always: nothing is kept.
    public var isFlushed: Bool { true }

    /// Closes the program's standard input.
    public mutating func finishSending() { pipes.finishSending() }

    /// Adds the pipes.
    public borrowing func addInterests(_ interests: Readiness, to poll: inout Poll) {
        pipes.addInterests(interests, to: &poll)
    }

    /// How the program ended, if it did.
    public mutating func endWords() -> String? {
        // Its output ends a moment before it does.
        exitStatus(by: .after(Self.ownEndTime)).map { "the command \"\(command)\" ended with \($0)" }
    }

    /// How long a program may take to end by itself, or once it was asked to.
    private static let ownEndTime = Duration.milliseconds(100)

    /// How long the system may take to end one that was killed.
    private static let killedEndTime = Duration.seconds(1)

    private static let pauseMilliseconds: CInt = 5
}

/// A pipe: both ends wait, and neither is inherited by programs that are started.
struct Pipe: ~Copyable {
    /// The end to read from.
    let readEnd: Descriptor
    /// The end to write to.
    let writeEnd: Descriptor

    init() throws(TransportError) {
        let (readEnd, writeEnd) = try SystemCalls.makePipe()
        self.readEnd = Descriptor(file: readEnd)
        self.writeEnd = Descriptor(file: writeEnd)
    }
}
