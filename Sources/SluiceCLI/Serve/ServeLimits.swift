/// The bounds of `sluice serve`, each with its reason.
enum ServeLimits {
    /// The most connections at a time unless told otherwise: about 20 MB at 80 KB each.
    static let connectionsDefault = 256

    /// The most that can be asked for: poll(2) looks at all of them each time.
    static let connectionsMax = 10_000

    /// How long connections may take to say goodbye once a signal came.
    static let drainTime = Duration.seconds(3)

    /// How long a peer may take to see the last bytes before its connection is closed under it.
    static let farewellTime = Duration.seconds(2)

    /// How long a program may take to end once it was asked to; then it is killed. Less than ``drainTime`` leaves to it
    /// behind ``farewellTime``.
    static let programEndTime = Duration.milliseconds(500)

    /// Rounds of reading and answering one connection before the others have their turn.
    static let roundsMax = 16
}
