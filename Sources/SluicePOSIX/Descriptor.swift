/// A file descriptor with one owner, closed exactly once: when its owner lets it go.
public struct Descriptor: ~Copyable, ByteTransport {
    /// The number, for poll(2). It is closed with this value, so don't keep it.
    public let number: CInt

    private let kind: Kind

    /// Whether the descriptor waited before it was taken over, and others who share it will want that back.
    private let isToWaitAgain: Bool

    private enum Kind {
        case socket, terminal, other
    }

    /// Takes over an open descriptor: a pipe, a terminal, a serial line, a socket.
    ///
    /// It becomes non-blocking, for everybody who shares it, and isn't inherited by programs that are started.
    ///
    /// - Throws: ``TransportError`` if it isn't open; it isn't taken over then.
    public init(owning number: CInt) throws(TransportError) {
        _ = try SystemCalls.setNonBlocking(number)
        self.init(number: number, kind: Self.kind(of: number))
    }

    /// Takes over a descriptor that this process was started with and shares with others: standard input, or one that a
    /// shell has opened.
    ///
    /// Like ``init(owning:)``, and when it is let go it is made blocking again if it was.
    ///
    /// - Throws: ``TransportError`` if it isn't open; it isn't taken over then.
    public init(inherited number: CInt) throws(TransportError) {
        let isBlocking = try SystemCalls.setNonBlocking(number)
        self.init(number: number, kind: Self.kind(of: number), isToWaitAgain: isBlocking)
    }

    /// Takes over a socket that is non-blocking already.
    init(socket number: CInt) {
        self.init(number: number, kind: .socket)
    }

    /// Takes over a file that no one waits for.
    init(file number: CInt) {
        self.init(number: number, kind: .other)
    }

    private init(number: CInt, kind: Kind, isToWaitAgain: Bool = false) {
        self.number = number
        self.kind = kind
        self.isToWaitAgain = isToWaitAgain
    }

    deinit {
        if isToWaitAgain { SystemCalls.setBlocking(number) }
        SystemCalls.closeDescriptor(number)
    }

    /// Appends what it has now, at most what fits. A terminal whose other end is gone has ended.
    public borrowing func read(into output: inout OutputRawSpan) throws(TransportError) -> Transfer {
        guard kind == .terminal else { return try SystemCalls.readBytes(number, into: &output) }
        return try SystemCalls.readTerminal(number, into: &output)
    }

    /// Writes as many of the bytes as it takes now. A peer that is gone is an error, never SIGPIPE.
    public borrowing func write(_ bytes: RawSpan) throws(TransportError) -> Transfer {
        kind == .socket ? try SystemCalls.sendBytes(number, bytes) : try SystemCalls.writeQuietly(number, bytes)
    }

    /// Nothing: nothing is kept.
    public borrowing func flush() throws(TransportError) -> Bool { false }

    /// Always: nothing is kept.
    public var isFlushed: Bool { true }

    /// Writes as many of the bytes as it takes now, see ``write(_:)-(RawSpan)``.
    public borrowing func write(_ bytes: ArraySlice<UInt8>) throws(TransportError) -> Transfer {
        try SystemCalls.lend(bytes) { bytes throws(TransportError) in try write(bytes) }
    }

    /// What it has now: at most `countMax` bytes, none with `blocked` and `ended`.
    public borrowing func read(atMost countMax: Int) throws(TransportError) -> (Transfer, [UInt8]) {
        var result = Transfer.moved(0)
        let bytes = try SystemCalls.bytes(atMost: countMax) { output throws(TransportError) in
            result = try read(into: &output)
        }
        return (result, bytes)
    }

    /// Says to the peer of a socket that no more bytes will come (`shutdown`); of no effect on others.
    public borrowing func finishSending() {
        if kind == .socket { SystemCalls.shutdownSending(number) }
    }

    /// Adds the descriptor.
    public borrowing func addInterests(_ interests: Readiness, to poll: inout Poll) {
        poll.add(number, for: interests)
    }

    private static func kind(of number: CInt) -> Kind {
        if SystemCalls.isSocket(number) { return .socket }
        return SystemCalls.isTerminal(number) ? .terminal : .other
    }
}
