/// A file descriptor with one owner, closed exactly once: when its owner lets it go.
public struct Descriptor: ~Copyable, Sendable {
    /// The number, for poll(2). It is closed with this value, so don't keep it.
    public let number: CInt

    private let isSocket: Bool

    /// Takes over an open descriptor: a pipe, a terminal, a serial line, a socket.
    ///
    /// It becomes non-blocking, for everybody who shares it, and isn't inherited by programs that are started.
    ///
    /// - Throws: ``TransportError`` if it isn't open; it isn't taken over then.
    public init(owning number: CInt) throws(TransportError) {
        try SystemCalls.setNonBlocking(number)
        self.init(number: number, isSocket: SystemCalls.isSocket(number))
    }

    /// Takes over a socket that is non-blocking already.
    init(socket number: CInt) {
        self.init(number: number, isSocket: true)
    }

    /// Takes over a file that no one waits for.
    init(file number: CInt) {
        self.init(number: number, isSocket: false)
    }

    private init(number: CInt, isSocket: Bool) {
        self.number = number
        self.isSocket = isSocket
    }

    deinit {
        SystemCalls.closeDescriptor(number)
    }

    /// Appends what it has now, at most what fits.
    public borrowing func read(into output: inout OutputRawSpan) throws(TransportError) -> Transfer {
        try SystemCalls.readBytes(number, into: &output)
    }

    /// Writes as many of the bytes as it takes now. A peer that is gone is an error, never SIGPIPE on a socket.
    ///
    /// On a pipe SIGPIPE comes unless the process ignores it.
    public borrowing func write(_ bytes: RawSpan) throws(TransportError) -> Transfer {
        isSocket ? try SystemCalls.sendBytes(number, bytes) : try SystemCalls.writeBytes(number, bytes)
    }

    /// Reads what it has now: at most `countMax` bytes, none with `blocked` and `ended`.
    public borrowing func read(atMost countMax: Int) throws(TransportError) -> (Transfer, [UInt8]) {
        try SystemCalls.readBytes(number, atMost: countMax)
    }

    /// Writes as many of the bytes as it takes now, see ``write(_:)-(RawSpan)``.
    public borrowing func write(_ bytes: ArraySlice<UInt8>) throws(TransportError) -> Transfer {
        try SystemCalls.writeBytes(number, bytes, isSocket: isSocket)
    }

    /// Says to the peer of a socket that no more bytes will come (`shutdown`); of no effect on others.
    public borrowing func shutdownSending() {
        if isSocket { SystemCalls.shutdownSending(number) }
    }
}
