internal import NIOCore
internal import Sluice

/// The tries of one connection to reach a server.
struct ConnectAttempts {
    /// How many there were.
    private(set) var count = 0

    /// Those that were tried.
    private(set) var tried: Set<UpstreamAddress> = []

    /// The one at hand, or the one that was reached.
    var server: UpstreamAddress?

    /// Whether the session has the server at hand.
    var isJoined = false

    /// Ends the attempt at hand.
    var timer: Scheduled<Void>?

    /// The session that the server at hand was asked to resume.
    var offered: TLSSession?

    /// What went wrong, for logs.
    private(set) var failures: [String] = []

    mutating func begin(_ server: UpstreamAddress) {
        count += 1
        tried.insert(server)
        self.server = server
        offered = nil
    }

    mutating func fail(_ words: String) {
        failures.append("\(server?.description ?? "nowhere"): \(words)")
        end()
        server = nil
    }

    mutating func end() {
        timer?.cancel()
        timer = nil
    }
}
