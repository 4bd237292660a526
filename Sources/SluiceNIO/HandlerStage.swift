/// How far a handler is.
enum HandlerStage: Hashable {
    /// The channel isn't active yet.
    case idle
    /// The engine and the channel are at it.
    case running
    /// Nothing more is said; the channel is closed as soon as it has sent the last bytes.
    case finishing
    /// Everything passes through.
    case over
}

/// What a connection is to come to, the more resolute the larger.
enum HandlerGoal: Int, Comparable {
    /// Bytes both ways.
    case stayOpen
    /// close_notify, once what was flushed is on its way.
    case closeOutput
    /// close_notify both ways, then plaintext.
    case unwrap
    /// close_notify both ways, then the end of the channel.
    case close

    static func < (left: HandlerGoal, right: HandlerGoal) -> Bool { left.rawValue < right.rawValue }
}
