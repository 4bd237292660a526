import SluicePOSIX
import Testing

/// A client that sends whatever bytes it likes.
final class RawPeer: Sendable {
    private let descriptor: Descriptor

    init(_ descriptor: consuming Descriptor) {
        self.descriptor = descriptor
    }

    init(port: Int?) throws {
        let place = try #require(HostPort("127.0.0.1:\(port ?? 0)"))
        descriptor = try TCP.connect(to: place, by: .after(.seconds(10)))
    }

    func send(_ text: String) async throws {
        try await offPool { try self.sendAll(text) }
    }

    /// All that comes until the server closes, or until `end` is at its end. A reset is an end.
    func receive(upTo end: String? = nil) async -> String {
        (try? await offPool { self.receiveAll(upTo: end) }) ?? ""
    }

    private func sendAll(_ text: String) throws {
        var rest = Array(text.utf8)[...]
        let deadline = Deadline.after(.seconds(120))
        while !rest.isEmpty, !deadline.isPassed {
            if case .moved(let count) = try descriptor.write(rest) {
                rest = rest.dropFirst(count)
            } else {
                try wait(for: .writable, deadline)
            }
        }
    }

    private func receiveAll(upTo end: String?) -> String {
        var bytes: [UInt8] = []
        let deadline = Deadline.after(.seconds(120))
        while !deadline.isPassed {
            guard let (result, more) = try? descriptor.read(atMost: 65_536), result != .ended else { break }
            bytes += more
            if let end, String(decoding: bytes, as: UTF8.self).hasSuffix(end) { break }
            if result == .blocked { try? wait(for: .readable, deadline) }
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    private func wait(for readiness: Readiness, _ deadline: Deadline) throws {
        var poll = Poll()
        poll.add(descriptor.number, for: readiness)
        try poll.wait(until: deadline)
    }
}
