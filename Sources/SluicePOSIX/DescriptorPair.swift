/// One descriptor to read from and another to write to: two pipes, two FIFOs, a child's standard output and input. Or
/// one descriptor for both, where code is to work with either.
public struct DescriptorPair: ~Copyable, ByteTransport {
    /// What is read from.
    public let input: Descriptor

    private var output: Output

    private enum Output: ~Copyable {
        case input
        case own(Descriptor)
        case closed
    }

    /// Makes a transport of two descriptors. They may be duplicates of one socket, as inetd gives them.
    public init(input: consuming Descriptor, output: consuming Descriptor) {
        self.input = input
        self.output = .own(output)
    }

    /// Makes a transport of one descriptor that is read from and written to.
    public init(_ descriptor: consuming Descriptor) {
        input = descriptor
        output = .input
    }

    /// Appends what there is to read now.
    public mutating func read(into output: inout OutputRawSpan) throws(TransportError) -> Transfer {
        try input.read(into: &output)
    }

    /// Writes as many of the bytes as are taken now.
    ///
    /// - Throws: `connectionReset` after ``finishSending()``, where that has closed the descriptor.
    public mutating func write(_ bytes: RawSpan) throws(TransportError) -> Transfer {
        switch output {
        case .input: return try input.write(bytes)
        case .own(let descriptor): return try descriptor.write(bytes)
        case .closed: throw TransportError(.connectionReset, "write: the sending end is closed")
        }
    }

    /// Nothing: nothing is kept.
    public mutating func flush() throws(TransportError) -> Bool { false }

    /// Always: nothing is kept.
    public var isFlushed: Bool { true }

    /// Shuts a socket's sending half down, and closes a descriptor that is only written to, so that the reader of a pipe
    /// sees its end.
    public mutating func finishSending() {
        switch output {
        case .input: return input.finishSending()
        // Where it is a socket the other descriptor keeps it open, so closing says nothing.
        case .own(let descriptor): descriptor.finishSending()
        case .closed: break
        }
        output = .closed
    }

    /// Adds the descriptors.
    public borrowing func addInterests(_ interests: Readiness, to poll: inout Poll) {
        switch output {
        case .input: input.addInterests(interests, to: &poll)
        case .own(let descriptor):
            input.addInterests(interests.intersection(.readable), to: &poll)
            descriptor.addInterests(interests.intersection(.writable), to: &poll)
        case .closed: input.addInterests(interests.intersection(.readable), to: &poll)
        }
    }
}
