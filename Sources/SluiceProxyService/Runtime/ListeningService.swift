internal import Logging
internal import NIOCore
internal import ServiceLifecycle
internal import SluicePOSIX
internal import UnixSignals

/// Serves until it is told to stop; then lets connections end by themselves, for so long.
struct ListeningService: Service {
    let service: ServiceState
    let listeners: ListenerSet
    let notifier: SystemdNotifier

    /// Those that are the word to stop.
    let signals: UnixSignalsSequence

    func run() async throws {
        try? notifier.tell(.ready, status: "serving")
        for await _ in signals { break }
        await drain()
    }

    private func drain() async {
        try? notifier.tell(.stopping, status: "draining")
        service.beginDraining()
        await listeners.close()
        let count = service.connectionCount
        let limit = service.generation.timeouts.drain
        service.logger.notice("draining", metadata: ["connections": "\(count)", "within": "\(limit)"])
        if await !waitForConnections(limit, orSignal: true) {
            service.logger.warning("ending connections", metadata: ["connections": "\(service.connectionCount)"])
            service.endAll()
            _ = await waitForConnections(service.generation.timeouts.linger + .seconds(1))
        }
        service.logger.notice("stopped", metadata: ["connections": "\(service.connectionCount)"])
    }

    /// Waits until there are none left, for so long at most, or until somebody asks to be quick.
    ///
    /// - Returns: Whether there are none.
    private func waitForConnections(_ limit: Duration, orSignal isHurried: Bool = false) async -> Bool {
        await withTaskGroup(of: Void.self) { group in
            group.addTask { await lookForConnections(limit) }
            if isHurried {
                group.addTask {
                    // A sequence can be gone through once: this one has those that come from now on.
                    for await _ in await UnixSignalsSequence(trapping: .sigterm, .sigint) { break }
                }
            }
            await group.next()
            group.cancelAll()
        }
        return service.connectionCount == 0
    }

    private func lookForConnections(_ limit: Duration) async {
        let end = ContinuousClock.now + limit
        while service.connectionCount > 0, ContinuousClock.now < end, !Task.isCancelled {
            try? await Task.sleep(for: RuntimeLimits.drainLook)
        }
    }
}
