public import Sluice

extension LoadedConfiguration {
    /// What a proxy of this configuration does, for people: where it listens, each route with its certificates and servers,
    /// the bounds, and what it is warned of. There are no secrets in it.
    ///
    /// - Parameter now: The time, to say for how long certificates are valid.
    /// - Returns: Lines, the last of which has its line feed.
    public func report(at now: UnixTime) -> String {
        var rows = ReportRows()
        for listener in configuration.listeners { rows.add(listener) }
        for route in routes { rows.add(route, at: now) }
        rows.add(configuration)
        return rows.text + warningLines
    }

    private var warningLines: String {
        if warnings.isEmpty { return "no warnings\n" }
        let count = warnings.count == 1 ? "a warning" : "\(warnings.count) warnings"
        return "\(count):\n" + warnings.map { "  \($0)\n" }.joined()
    }
}
