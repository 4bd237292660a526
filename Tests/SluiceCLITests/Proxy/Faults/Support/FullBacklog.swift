import Foundation
import SluicePOSIX

/// A listener that nobody accepts from, with no room for another connection: who connects gets no answer before it is let in.
final class FullBacklog: Sendable {
    let address: String
    private let listener: Int32
    private let fillers: [Int32]

    init() throws {
        listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var place = sockaddr_in()
        place.sin_family = sa_family_t(AF_INET)
        place.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let listening = listener
        let isListening = withUnsafeMutablePointer(to: &place) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(listening, $0, length) == 0 && listen(listening, 0) == 0
                    && getsockname(listening, $0, &length) == 0
            }
        }
        guard isListening else { throw ProgramFailure(description: "no listener") }
        // A backlog of 0 has room for one; the others wait to be let in.
        let target = place
        fillers = (0..<3).map { _ in
            let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue | SOCK_NONBLOCK.rawValue), 0)
            var place = target
            withUnsafeMutablePointer(to: &place) { pointer in
                pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                    _ = connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
                }
            }
            return descriptor
        }
        address = "127.0.0.1:\(UInt16(bigEndian: place.sin_port))"
    }

    /// Lets those in that wait, and reads from the first of them that has said something or ended.
    func admit(within limit: Duration = .seconds(20)) throws -> [UInt8] {
        let deadline = Deadline.after(limit)
        var peers: [CInt] = []
        defer { for peer in peers { close(peer) } }
        while !deadline.isPassed {
            var poll = Poll()
            for number in peers + [listener] { poll.add(number, for: .readable) }
            try poll.wait(until: deadline)
            if let place = peers.indices.first(where: { !poll.readiness(at: $0).isEmpty }) {
                return try Descriptor(owning: peers.remove(at: place)).waitAndRead()
            }
            if !poll.readiness(at: peers.count).isEmpty { peers.append(accept(listener, nil, nil)) }
        }
        throw ProgramFailure(description: "nobody who waited came in and said something within \(limit)")
    }

    deinit { for descriptor in fillers + [listener] { close(descriptor) } }
}

/// Tries again until something holds, for twenty seconds at the most.
func eventually(_ holds: () throws -> Bool) throws {
    let deadline = Deadline.after(.seconds(20))
    while try !holds() {
        if deadline.isPassed { throw ProgramFailure(description: "not so within 20 seconds") }
        _ = Mailbox<Void>().wait(within: .milliseconds(10))
    }
}
