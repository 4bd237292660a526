internal import NIOCore
internal import SluicePreamble

/// What a connection keeps of one side's channel.
struct ConnectionSide {
    /// The channel, while it is open.
    var channel: (any Channel)?

    /// Whether there was a channel, and it is closed.
    var isGone = false

    /// Who tells what the channel does.
    var handler: SideHandler?

    /// What was read and not taken. One read's worth as a rule: the next is asked for when it is gone. At the end of a
    /// peer's bytes NIO reads on by itself: all that the kernel still holds (`net.ipv4.tcp_rmem`).
    var held = CircularBuffer<ByteBuffer>(initialCapacity: 2)

    /// Whether a read was asked for that hasn't ended.
    var isReading = false

    /// How the peer's bytes end, behind what is held.
    var inputEnd: InputEnd?

    /// Whether the session knows.
    var isInputEndTold = false

    /// Whether the channel was told that nothing more is to be sent.
    var isOutputClosed = false

    /// What is spoken before the session's first byte.
    var preface = Preface.none

    /// Whether the session wants it closed.
    var isClosing = false

    /// Whether bytes can be written: to the channel, or to nobody where it has gone. One that is still being connected
    /// takes none.
    var isWritable: Bool { channel?.isWritable ?? isGone }

    enum InputEnd {
        case ended
        case lost(String)
    }

    /// Parsers are large, and few connections have one: elsewhere they would be moved about with each look at a side.
    indirect enum Preface {
        case none
        /// A client's PROXY header.
        case header(ProxyHeaderParser)
        /// The dialogue that makes a server speak TLS.
        case startTLS(StartTLS)
    }
}
