import SluicePOSIX

/// The plaintext side of a server's connection: takes what the client says, and gives what the client is to read.
///
/// It never waits, and holds a bounded number of bytes: what it has no room for stays with the engine, and so with the
/// client. One that has descriptors adds them to the poll.
protocol Service {
    /// Takes bytes from the client, `0...bytes.count` of them; the rest is offered again.
    mutating func take(_ bytes: ArraySlice<UInt8>) throws(TransportError) -> Int

    /// Takes it that the client will say no more.
    mutating func takeEnd()

    /// Gives what the client is to read next. It has been read in part at least before the next call.
    mutating func give() throws(TransportError) -> Offer

    /// Adds to a poll what has to be waited for before it takes (`writable`) or gives (`readable`) more.
    func addInterests(_ interests: Readiness, to poll: inout Poll)

    /// Lets it come to an end behind the client's back: the client is gone.
    mutating func abandon()

    /// Whether nothing is left of it, once it was abandoned or has given its end.
    mutating func isGone() -> Bool

    /// When to call ``expire()``.
    var deadline: Deadline { get }

    /// Ends what was abandoned and hasn't ended in time.
    mutating func expire()

    /// What is to be told of its end, if anything.
    var endWords: String? { get }
}

/// What a service gives.
enum Offer {
    /// Bytes, at least one.
    case bytes([UInt8])
    /// Nothing for now.
    case nothingYet
    /// Nothing will follow: the connection is to be closed.
    case end
}

/// Most services are nothing outside of this process.
extension Service {
    func addInterests(_ interests: Readiness, to poll: inout Poll) {}
    mutating func abandon() {}
    mutating func isGone() -> Bool { true }
    var deadline: Deadline { .never }
    mutating func expire() {}
    var endWords: String? { nil }
}
