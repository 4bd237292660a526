internal import Logging
internal import ServiceLifecycle
internal import UnixSignals

/// Waits for reasons to read the configuration again, and for times to make new ticket keys.
struct ReloadService: Service {
    let reloader: Reloader
    let notifier: SystemdNotifier

    /// Those that are a reason.
    let signals: UnixSignalsSequence

    func run() async throws {
        await cancelWhenGracefulShutdown {
            await withTaskGroup(of: Void.self) { group in
                group.addTask { await reloadOnSignals() }
                group.addTask { await rotateTicketKeys() }
                group.addTask { await reloadOnChanges() }
            }
        }
    }

    private func reloadOnSignals() async {
        for await _ in signals { await reload(because: "SIGHUP") }
    }

    private func rotateTicketKeys() async {
        while !Task.isCancelled {
            let next = await reloader.rotateTicketKeys()
            let wait = next.map { max(.seconds(1), $0 - ServiceClock.now) } ?? .seconds(60)
            // Routes may come and go with a reload; a minute at the most until theirs are looked after.
            try? await Task.sleep(for: min(wait, .seconds(60)))
        }
    }

    private func reloadOnChanges() async {
        while !Task.isCancelled {
            guard var changes = await reloader.changes?.makeAsyncIterator() else {
                // A reload may have them watched from then on.
                try? await Task.sleep(for: .seconds(5))
                continue
            }
            guard let paths = await changes.next() else { return }
            await reload(because: "changed: " + paths.joined(separator: ", "))
        }
    }

    private func reload(because reason: String) async {
        try? notifier.tell(.reloading)
        await reloader.reload(because: reason)
        try? notifier.tell(.ready)
    }
}
