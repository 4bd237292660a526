import Foundation
import Synchronization

/// Clients that connect, exchange bytes and close, again and again, until they are told to stop.
final class Load: Sendable {
    private let isStopping = Atomic(false)
    private let done = Atomic(0)
    private let failures = Mutex<[String]>([])
    private let ends: [Mailbox<Void>]

    init(on port: String, clients: Int = 3, bytes: Int = 20_000) {
        ends = (0..<clients).map { _ in Mailbox() }
        for end in ends {
            Thread.detachNewThread { [self] in
                while !isStopping.load(ordering: .relaxed) { converse(port, bytes) }
                end.put(())
            }
        }
    }

    /// How many conversations were had.
    var doneCount: Int { done.load(ordering: .relaxed) }

    /// Lets them finish. Returns how many conversations there were, and what went wrong.
    func stop() -> (count: Int, failures: [String]) {
        isStopping.store(true, ordering: .relaxed)
        for end in ends { _ = end.wait(within: .seconds(30)) }
        return (doneCount, failures.withLock { $0 })
    }

    private func converse(_ port: String, _ count: Int) {
        do {
            let client = try TLSClient(to: port)
            guard try client.exchange(pattern(count)) else { throw ProgramFailure(description: "other bytes") }
            try client.close()
            done.add(1, ordering: .relaxed)
        } catch {
            failures.withLock { $0.append("\(error)") }
        }
    }
}
