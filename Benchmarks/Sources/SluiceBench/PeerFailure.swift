/// A peer that didn't do what it was asked to do, or can't be there at all.
struct PeerFailure: Error, CustomStringConvertible {
    /// The peer's name.
    let peer: String
    /// What failed, for people.
    let words: String

    var description: String { "\(peer): \(words)" }
}
