internal import Logging
internal import Sluice

extension ProxyConfiguration {
    /// Reads the whole of a file; nil only where problems were noted.
    init?(_ root: inout SectionReader) {
        root.requireKey("listeners")
        root.requireKey("routes")
        let listeners = root.sections("listeners") { Listener(&$0) }
        let routes = root.sections("routes") { Route(&$0) }
        self.init(listeners: listeners, routes: routes)
        connectListenersWithoutRoutes()
        root.section("limits", into: &limits) { $1.read(&$0) }
        root.section("timeouts", into: &timeouts) { $1.read(&$0) }
        root.section("log", into: &log) { $1.read(&$0) }
        admin = root.listenAddress("admin")
        dangerouslyLoggedKeysPath = root.optional("dangerously_log_keys", .path(in: root.reading.folder))
        failureRecording = root.section("record_failures") { FailureRecording(&$0) }
        threads = root.optional("threads", .count(1...1024))
        readOperations(&root)
    }

    private mutating func readOperations(_ root: inout SectionReader) {
        if let isShared = root.optional("reuse_port", .yesOrNo) { portSharing = isShared ? .reusePort : .single }
        root.section("reload", into: &fileWatching) { section, watching in
            var given = FileWatching()
            section.read("interval", .duration(.seconds(1) ... .seconds(86_400)), into: &given.interval)
            watching = section.optional("watch_files", .yesOrNo) ?? true ? given : nil
        }
    }

    /// A listener that names no routes has all that its entrance allows.
    private mutating func connectListenersWithoutRoutes() {
        for index in listeners.indices where listeners[index].routes.isEmpty {
            listeners[index].routes = routes.filter { $0.mode.entrance == listeners[index].entrance }.map(\.name)
        }
    }
}

extension ProxyConfiguration.FailureRecording {
    init?(_ section: inout SectionReader) {
        let directory = section.required("directory", .path(in: section.reading.folder))
        self.init(directory: directory ?? "")
        section.read("bytes_max", .size(4096...1 << 30), into: &journalBytesMax)
        section.read("files_max", .count(1...100_000), into: &journalsMax)
        if directory == nil { return nil }
    }
}

extension ProxyConfiguration.Limits {
    fileprivate mutating func read(_ section: inout SectionReader) {
        section.read("connections", .count(1...10_000_000), into: &connectionsMax)
        section.read(
            "connections_per_address",
            ValueForm.count(1...10_000_000).orNone,
            into: &connectionsPerAddressMax
        )
        section.read("handshakes_per_second", ValueForm.count(1...10_000_000).orNone, into: &handshakesPerSecondMax)
        section.read("client_hello", .size(512...262_144), into: &clientHelloBytesMax)
        section.read("ring", .size(TLSLimits.ringCapacityMin...TLSLimits.ringCapacityMax), into: &ringBytes)
        section.read("buffer", .size(4096...16 << 20), into: &bufferBytesMax)
    }
}

extension ProxyConfiguration.Timeouts {
    fileprivate mutating func read(_ section: inout SectionReader) {
        let finite = ValueForm.duration(.milliseconds(1) ... .seconds(30 * 86_400))
        section.read("handshake", finite, into: &handshake)
        section.read("connect", finite, into: &connect)
        section.read("idle", finite.orNone, into: &idle)
        section.read("total", finite.orNone, into: &total)
        section.read("drain", .duration(.zero ... .seconds(30 * 86_400)), into: &drain)
        section.read("linger", .duration(.zero ... .seconds(3600)), into: &linger)
    }
}

extension ProxyConfiguration.Log {
    fileprivate mutating func read(_ section: inout SectionReader) {
        section.read("level", .choice(Logger.Level.allCases.map { ($0.rawValue, $0) }), into: &level)
        section.read("format", .choice, into: &format)
        if let path = section.optional("destination", ValueForm.path(in: section.reading.folder)) {
            destination = path == section.reading.folder + "stderr" ? .standardError : .file(path)
        }
    }
}

extension SectionReader {
    /// An address to listen at: a scalar, or a section with the permissions of a Unix socket.
    mutating func listenAddress(_ name: String) -> ListenAddress? {
        section(name, orScalar: .listenAddress) { section in
            section.listenAddress(address: "address", permissions: "permissions")
        }
    }

    /// An address to listen at, and the permissions of a Unix socket beside it.
    mutating func listenAddress(address: String, permissions: String) -> ListenAddress? {
        let place = required(address, .listenAddress)
        let octal = ValueForm.parsed("octal permissions such as 0660") { text in
            text.utf8.count <= 4 ? UInt16(text, radix: 8) : nil
        }
        guard let mode = optional(permissions, octal), let place else { return place }
        guard case .unix(let path, _) = place else {
            note(.conflict, permissions, "only sockets at a path have permissions: unix:/run/…")
            return place
        }
        return .unix(path: path, mode: mode)
    }
}

extension ValueForm where Value == ListenAddress {
    fileprivate static var listenAddress: ValueForm {
        .parsed("host:port, [IPv6]:port, unix:/path or systemd:NAME") { ListenAddress($0) }
    }
}
