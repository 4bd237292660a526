@testable import SluiceAsync

/// Tasks wait before it until it is opened; and others until somebody waits.
final class Gate: Sendable {
    private struct State: Monitored {
        var isOpen = false
        var visitors = 0

        enum Condition: Sendable {
            case open
            case visited
        }

        func isMet(_ condition: Condition) -> Bool {
            switch condition {
            case .open: isOpen
            case .visited: visitors > 0
            }
        }
    }

    private let state = Monitor(State())

    func open() {
        state.update { $0.isOpen = true }
    }

    func pass() async throws {
        state.update { $0.visitors += 1 }
        try await state.wait(until: .open)
    }

    func waitForVisitor() async throws {
        try await state.wait(until: .visited)
    }
}
