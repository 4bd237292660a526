internal import Logging
internal import NIOCore
internal import NIOPosix
internal import ServiceLifecycle
internal import SluicePOSIX
internal import UnixSignals

/// The proxy: listens, serves, reloads, drains, as a configuration says.
public struct ProxyService: Sendable {
    private let source: ConfigurationSource
    private let version: String

    /// A proxy that is yet to run.
    ///
    /// - Parameters:
    ///   - source: Where the configuration comes from, now and at each reload.
    ///   - version: What metrics say of the program.
    public init(_ source: ConfigurationSource, version: String) {
        self.source = source
        self.version = version
    }

    /// Serves until SIGTERM or SIGINT, and until the connections that there are then have ended or the drain time is over.
    /// SIGHUP, and changed files where they are watched, have it read everything again.
    ///
    /// Call it once in a process: signals, the environment of systemd and the log belong to it.
    ///
    /// - Parameter started: Called when clients can come, with the addresses by listener.
    /// - Throws: ``ConfigurationError`` with every problem, or ``ProxyServiceError`` where something can't be opened.
    public func run(started: @escaping @Sendable ([StartedListener]) -> Void = { _ in }) async throws {
        let activated = try ActivatedSockets.take()
        let document = try source.read()
        var keyrings = TicketKeyrings()
        keyrings.follow(document.configuration, at: ServiceClock.now)
        let loaded = try LoadedConfiguration(document, at: .now, ticketKeys: keyrings.keys)
        let sink = try LogSink(document.configuration.log)
        let group = MultiThreadedEventLoopGroup(numberOfThreads: document.configuration.threads ?? System.coreCount)
        let parts = ProxyParts(loaded, keyrings, sink, group, activated)
        do {
            try await serve(parts, started)
        } catch {
            await end(parts)
            throw error
        }
        await end(parts)
    }

    private func end(_ parts: ProxyParts) async {
        await parts.sink.close(within: .seconds(1))
        try? await parts.group.shutdownGracefully()
    }

    private func serve(
        _ parts: ProxyParts,
        _ started: @escaping @Sendable ([StartedListener]) -> Void
    ) async throws {
        // Before anybody can know that it runs: until then a signal ends it, whatever is meant.
        let stopping = await UnixSignalsSequence(trapping: .sigterm, .sigint)
        let reloading = await UnixSignalsSequence(trapping: .sighup)
        let configuration = parts.loaded.configuration
        let generation = ProxyGeneration(parts.loaded)
        let metrics = PrometheusMetrics(describing: ProxyMetrics.descriptions)
        let service = ServiceState(
            generation,
            on: parts.group,
            logger: parts.logger,
            metrics: ProxyMetrics(metrics),
            keyLog: try configuration.dangerouslyLoggedKeysPath.map { try KeyLogFile($0) },
            journals: try configuration.failureRecording.map { try makeJournals($0) }
        )
        for warning in parts.loaded.warnings { parts.logger.warning("\(warning)") }
        let budget = DescriptorBudget(descriptorsMax: ThisProcess.raiseDescriptorsMax())
        tellShortage(configuration.limits, budget, parts.logger)
        let listeners = ListenerSet(service, on: parts.group, within: budget, activated: parts.activated)
        _ = try await listeners.open(configuration)
        let reloader = Reloader(service, source, parts.loaded, parts.keyrings, listeners) { try parts.sink.reopen() }
        let admin = try await adminServer(configuration, service, reloader, metrics, parts.group)
        let notifier = SystemdNotifier()
        var services: [any Service] = admin.map { [$0] } ?? []
        services += [
            SystemdWatchdog(notifier, logger: parts.logger),
            HealthCheckService(service: service, group: parts.group),
            ReloadService(reloader: reloader, notifier: notifier, signals: reloading),
        ]
        let listening = ListeningService(
            service: service,
            listeners: listeners,
            notifier: notifier,
            signals: stopping
        )
        let addresses = await listeners.addresses
        started(configuration.listeners.map { StartedListener($0, addresses[$0.address.place] ?? []) })
        tellStart(configuration, addresses, parts.logger)
        let serviceGroup = ServiceGroup(
            configuration: ServiceGroupConfiguration(
                // When it has drained, the others have nothing left to do.
                services: services.map { .init(service: $0) }
                    + [.init(service: listening, successTerminationBehavior: .gracefullyShutdownGroup)],
                logger: parts.lifecycleLogger
            )
        )
        try await serviceGroup.run()
    }

    private func tellShortage(_ limits: ProxyConfiguration.Limits, _ budget: DescriptorBudget, _ logger: Logger) {
        guard limits.connectionsMax > budget.connectionsMax else { return }
        logger.warning(
            "fewer connections than limits.connections: the process may have too few descriptors (LimitNOFILE)",
            metadata: ["connections": "\(budget.connectionsMax)"]
        )
    }

    private func tellStart(
        _ configuration: ProxyConfiguration,
        _ addresses: [ListenAddress: [String]],
        _ logger: Logger
    ) {
        for listener in configuration.listeners {
            let places = (addresses[listener.address.place] ?? []).joined(separator: ", ")
            logger.notice("listening", metadata: ["listener": "\(listener.name)", "address": "\(places)"])
        }
    }

    private func adminServer(
        _ configuration: ProxyConfiguration,
        _ service: ServiceState,
        _ reloader: Reloader,
        _ metrics: PrometheusMetrics,
        _ group: any EventLoopGroup
    ) async throws -> AdminServer? {
        guard let place = configuration.admin else { return nil }
        guard let address = AdminAddress(place) else {
            throw ProxyServiceError("the admin server opens its own socket: \(place) can't be its address")
        }
        let version = version
        let resources = AdminResources(
            metrics: {
                metrics.families() + service.standingFamilies() + ProcessUsage.now().families
                    + [BuildFacts.family(version: version)]
            },
            readiness: { service.readiness },
            configuration: { await reloader.current.configuration.json }
        )
        do {
            return try await AdminServer.listen(at: address, answering: resources, on: group)
        } catch {
            throw ProxyServiceError("the admin server can't listen at \(place): \(error)")
        }
    }
}

/// A listener that clients can reach.
public struct StartedListener: Hashable, Sendable {
    /// What the configuration calls it.
    public let name: String

    /// Where it is, with the port that the system chose if it was to choose one.
    public let addresses: [String]

    init(_ listener: ProxyConfiguration.Listener, _ addresses: [String]) {
        name = listener.name
        self.addresses = addresses
    }
}

/// What is made once, before there is anything to serve.
private struct ProxyParts: Sendable {
    let loaded: LoadedConfiguration
    let keyrings: TicketKeyrings
    let sink: LogSink
    let group: MultiThreadedEventLoopGroup
    let activated: [String: [CInt]]
    let logger: Logger

    /// What the lifecycle library says is of interest where it goes wrong.
    let lifecycleLogger: Logger

    init(
        _ loaded: LoadedConfiguration,
        _ keyrings: TicketKeyrings,
        _ sink: LogSink,
        _ group: MultiThreadedEventLoopGroup,
        _ activated: ActivatedSockets
    ) {
        self.loaded = loaded
        self.keyrings = keyrings
        self.sink = sink
        self.group = group
        self.activated = Dictionary(grouping: activated.sockets, by: \.name).mapValues { $0.map(\.descriptor) }
        func logger(_ level: Logger.Level) -> Logger {
            var logger = Logger(label: "sluice") { _ in LineLogHandler(to: sink) }
            logger.logLevel = level
            return logger
        }
        self.logger = logger(loaded.configuration.log.level)
        lifecycleLogger = logger(max(.warning, loaded.configuration.log.level))
    }
}

extension LogSink {
    fileprivate convenience init(_ log: ProxyConfiguration.Log) throws {
        let format: LogFormat = log.format == .json ? .json : .text
        switch log.destination {
        case .standardError: self.init(.standardError, format: format)
        case .file(let path): try self.init(path: path, format: format)
        }
    }
}

private func makeJournals(_ recording: ProxyConfiguration.FailureRecording) throws -> FailureJournals {
    let limits = FailureJournals.Limits(
        journalBytesMax: recording.journalBytesMax,
        filesMax: recording.journalsMax
    )
    return try FailureJournals(in: recording.directory, limits: limits)
}
