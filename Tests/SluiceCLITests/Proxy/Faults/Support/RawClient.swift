import Foundation
import SluicePOSIX

/// A client that says what it likes over TCP.
final class RawClient: Sendable {
    private let descriptor: Descriptor

    init(to port: String, within limit: Duration = .seconds(10)) throws {
        guard let place = HostPort("127.0.0.1:\(port)") else { throw ProgramFailure(description: "no port \(port)") }
        descriptor = try TCP.connect(to: place, by: .after(limit))
    }

    func send(_ bytes: [UInt8]) throws { try descriptor.writeAll(bytes) }

    /// Waits for what comes next; nothing at the end.
    func next(within limit: Duration = .seconds(20)) throws -> [UInt8] { try descriptor.waitAndRead(within: limit) }

    /// Everything that comes until the end.
    func rest(within limit: Duration = .seconds(20)) throws -> [UInt8] {
        var all: [UInt8] = []
        while true {
            let bytes = try descriptor.waitAndRead(within: limit)
            if bytes.isEmpty { return all }
            all += bytes
        }
    }

    /// Whether something is there already.
    var hasInput: Bool {
        var poll = Poll()
        poll.add(descriptor.number, for: .readable)
        return (try? poll.wait(until: .after(.zero))) != nil && !poll.isNothingReady
    }

    /// Says that nothing more comes.
    func finishSending() { shutdown(descriptor.number, Int32(SHUT_WR)) }

    func resetWhenClosed() { descriptor.resetWhenClosed() }
}

/// What a proxy says to those it turns away in plaintext (RFC 8446 §6).
enum PlainAlert {
    static let internalError: [UInt8] = [21, 3, 3, 0, 2, 2, 80]
    static let unexpectedMessage: [UInt8] = [21, 3, 3, 0, 2, 2, 10]
    static let handshakeFailure: [UInt8] = [21, 3, 3, 0, 2, 2, 40]
}
