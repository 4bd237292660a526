/// Counts flights: runs of handshake messages in one direction.
struct HandshakeTally {
    private(set) var flightsInbound = 0
    private(set) var flightsOutbound = 0
    private var last: Direction?

    mutating func count(_ direction: Direction) {
        guard direction != last else { return }
        last = direction
        if direction == .inbound { flightsInbound += 1 } else { flightsOutbound += 1 }
    }
}
