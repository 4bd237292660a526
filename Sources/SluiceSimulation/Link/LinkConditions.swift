/// What one direction of a simulated link does to the bytes that it carries. All by the link's seed.
///
/// Time and pieces come first: a link that only does those loses nothing and keeps the order, as TCP does. Then the
/// faults, each a probability `0...1` that it happens, once, in this direction: at a byte whose offset is drawn among the
/// first 64 KiB, small ones being likelier, so that handshakes are hit as often as what follows. One whose offset the
/// direction never reaches doesn't happen.
public struct LinkConditions: Hashable, Sendable {
    /// How long a byte travels.
    public var latency = Duration.zero

    /// The most that a piece travels longer than ``latency``. Pieces don't overtake each other.
    public var jitter = Duration.zero

    /// How many bytes leave in a second; nil: any number at once. 1 at least.
    public var bytesPerSecond: Int?

    /// In which pieces bytes arrive.
    public var cut = Cut.whole

    /// The probability, for each piece, that it is held up for ``stallLength``, and all behind it.
    public var stall = 0.0

    /// How long a stall is.
    public var stallLength = Duration.seconds(1)

    /// The most bytes that are on their way; a sender isn't drained beyond. A socket's buffer is as large by default.
    public var bytesInFlightMax = 64 * 1024

    /// The probability of ``Fault/bitFlip``.
    public var bitFlip = 0.0

    /// The probability of ``Fault/truncation``.
    public var truncation = 0.0

    /// The probability of ``Fault/loss``.
    public var loss = 0.0

    /// The probability of ``Fault/duplication``.
    public var duplication = 0.0

    /// The probability of ``Fault/reordering``.
    public var reordering = 0.0

    /// The probability of ``Fault/earlyClose`` by the end that sends in this direction.
    public var earlyClose = 0.0

    /// A link that does nothing to its bytes.
    public init() {}

    /// The probability of a fault.
    public subscript(fault: Fault) -> Double {
        get { self[keyPath: Self.path(to: fault)] }
        set { self[keyPath: Self.path(to: fault)] = newValue }
    }

    private static func path(to fault: Fault) -> WritableKeyPath<LinkConditions, Double> {
        switch fault {
        case .bitFlip: \.bitFlip
        case .truncation: \.truncation
        case .loss: \.loss
        case .duplication: \.duplication
        case .reordering: \.reordering
        case .earlyClose: \.earlyClose
        }
    }
}
