internal import Logging
internal import Sluice
internal import SluicePOSIX

/// Puts new configurations to work: all of one, or nothing of it.
actor Reloader {
    private let service: ServiceState
    private let source: ConfigurationSource
    private let listeners: ListenerSet
    private let reopenLog: @Sendable () throws -> Void
    private var loaded: LoadedConfiguration
    private var keyrings: TicketKeyrings
    private var stamps: FileStamps

    /// What is being done, or was done last.
    private var last: Task<Void, Never>?

    init(
        _ service: ServiceState,
        _ source: ConfigurationSource,
        _ loaded: LoadedConfiguration,
        _ keyrings: TicketKeyrings,
        _ listeners: ListenerSet,
        reopenLog: @escaping @Sendable () throws -> Void
    ) {
        self.service = service
        self.source = source
        self.loaded = loaded
        self.keyrings = keyrings
        stamps = FileStamps(of: loaded.paths)
        self.listeners = listeners
        self.reopenLog = reopenLog
    }

    /// What is at work.
    var current: LoadedConfiguration { loaded }

    /// The changes of its files, if they are watched.
    var changes: FileWatcher? {
        loaded.configuration.fileWatching.map { FileWatcher(loaded.paths, every: $0.interval, since: stamps) }
    }

    /// Reads everything again, after what is being done already.
    ///
    /// - Parameter reason: Who wanted it, for the log.
    func reload(because reason: String) async {
        await inTurn { await $0.reloadNow(because: reason) }
    }

    /// Makes new ticket keys where they are due, after what is being done already. Returns when the next are.
    func rotateTicketKeys() async -> Duration? {
        await inTurn { $0.rotateTicketKeysNow() }
        return keyrings.nextRotation
    }

    /// An actor's calls interleave where they wait; these mustn't.
    private func inTurn(_ body: @escaping @Sendable (isolated Reloader) async -> Void) async {
        let before = last
        let task = Task {
            await before?.value
            await body(self)
        }
        last = task
        await task.value
    }

    private func reloadNow(because reason: String) async {
        guard !service.isDraining else { return }
        do {
            try reopenLog()
        } catch {
            service.logger.error("the log can't be opened again", metadata: ["error": "\(error)"])
        }
        do {
            let now = ServiceClock.now
            var keyrings = keyrings
            // Taken before anything is read: what changes meanwhile is noticed later, and a bad file isn't read for ever.
            stamps = FileStamps(of: loaded.paths)
            let document = try source.read()
            keyrings.follow(document.configuration, at: now)
            let next = try LoadedConfiguration(document, at: .now, ticketKeys: keyrings.keys)
            let newPaths = Set(next.paths).subtracting(loaded.paths)
            let generation = ProxyGeneration(next, after: service.generation)
            service.prepare(generation)
            let closeOld = try await listeners.open(next.configuration)
            self.keyrings = keyrings
            tellUnused(next.configuration)
            use(next, generation)
            stamps = stamps.merging(FileStamps(of: newPaths))
            await closeOld()
            service.metrics.reloaded("done")
            service.logger.notice("reloaded", metadata: ["reason": "\(reason)", "routes": "\(next.routes.count)"])
            tellWarnings(of: next)
        } catch {
            service.prepare(nil)
            service.metrics.reloaded("failed")
            service.logger.error(
                "not reloaded: the old configuration goes on",
                metadata: ["reason": "\(reason)", "error": "\(error)"]
            )
        }
    }

    private func rotateTicketKeysNow() {
        guard keyrings.rotate(at: ServiceClock.now) else { return }
        do {
            let next = try loaded.replacingTicketKeys(keyrings.keys)
            use(next, ProxyGeneration(next, after: service.generation))
        } catch {
            service.logger.error("no new ticket keys", metadata: ["error": "\(error)"])
        }
    }

    private func use(_ next: LoadedConfiguration, _ generation: ProxyGeneration) {
        generation.takeOver()
        loaded = next
        service.use(generation)
    }

    /// What a reload leaves as it is, because it is made once.
    private func tellUnused(_ next: ProxyConfiguration) {
        let now = loaded.configuration
        let changed = [
            ("admin", now.admin == next.admin), ("log", now.log == next.log), ("threads", now.threads == next.threads),
            ("dangerously_log_keys", now.dangerouslyLoggedKeysPath == next.dangerouslyLoggedKeysPath),
            ("record_failures", now.failureRecording == next.failureRecording),
        ].filter { !$0.1 }
        for (key, _) in changed {
            service.logger.warning("changed, which takes a restart", metadata: ["key": "\(key)"])
        }
    }

    private func tellWarnings(of loaded: LoadedConfiguration) {
        for warning in loaded.warnings { service.logger.warning("\(warning)") }
    }
}
