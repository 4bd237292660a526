public import Sluice

/// A configuration whose every file was read and found good: ready to be served. Nothing of it changes when files do.
public struct LoadedConfiguration: Sendable {
    /// What it was loaded from.
    public let document: ConfigurationDocument

    /// The routes, in the order of the configuration.
    public let routes: [LoadedRoute]

    /// What works, and most likely isn't meant or won't work for long.
    public let warnings: [ConfigurationProblem]

    /// Every file and directory that it came from, sorted: what to watch.
    public let paths: [String]

    /// What it says.
    public var configuration: ProxyConfiguration { document.configuration }

    /// Reads every file that a configuration names, and makes the contexts of its routes.
    ///
    /// - Parameters:
    ///   - document: The configuration.
    ///   - now: The time, to warn of what expires.
    ///   - ticketKeys: Ticket keys by the names of routes, for those without files of keys; see ``TicketKeyring``. A route
    ///     without any gets a key of its own that nobody else knows.
    /// - Throws: Every problem there is.
    public init(
        _ document: ConfigurationDocument,
        at now: UnixTime,
        ticketKeys: [String: [SessionTicketKey]] = [:]
    ) throws(ConfigurationError) {
        let checks = ConfigurationChecks(document)
        let files = ConfiguredFiles(of: document, at: now)
        let routes = document.configuration.routes.enumerated().compactMap { index, route in
            LoadedRoute(route, "routes[\(index)]", files, ticketKeys: ticketKeys[route.name] ?? [])
        }
        files.checkDirectories()
        if let error = ConfigurationError(checks.problems + files.problems) { throw error }
        self.document = document
        self.routes = routes
        warnings = ConfigurationError(checks.warnings + files.warnings)?.problems ?? []
        paths = (files.paths.union(document.path.map { [$0] } ?? [])).sorted()
    }

    /// Reads and loads a file.
    ///
    /// - Parameters:
    ///   - path: The configuration file.
    ///   - now: The time, to warn of what expires.
    ///   - ticketKeys: Ticket keys by the names of routes, for those without files of keys.
    /// - Throws: Every problem there is; if the file itself is wrong, every problem with that.
    public init(
        contentsOf path: String,
        at now: UnixTime,
        ticketKeys: [String: [SessionTicketKey]] = [:]
    ) throws(ConfigurationError) {
        try self.init(ConfigurationDocument(contentsOf: path), at: now, ticketKeys: ticketKeys)
    }
}
