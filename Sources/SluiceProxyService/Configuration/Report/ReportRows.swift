internal import Logging
internal import Sluice
internal import SluicePreamble
internal import SluiceProxy

/// Lines of a report: titles, and below each what there is to say, in two columns.
struct ReportRows {
    /// The lines so far.
    private(set) var text = ""

    /// Columns in front of what is said.
    private static let labelWidth = 14

    /// Begins a part.
    mutating func title(_ words: String) {
        text += words + "\n"
    }

    /// Adds a row, if there is anything to say.
    mutating func row(_ label: String, _ words: String?...) {
        let words = words.compactMap { $0 }.filter { !$0.isEmpty }.joined(separator: "; ")
        if words.isEmpty { return }
        let padding = String(repeating: " ", count: max(1, Self.labelWidth - label.count))
        text += "  \(label)\(padding)\(words)\n"
    }

    /// A listener.
    mutating func add(_ listener: ProxyConfiguration.Listener) {
        let address = "\(listener.address)"
        title("listener \(listener.name)" + (listener.name == address ? "" : " at \(address)"))
        row("clients", listener.entrance == .tls ? "speak TLS" : "speak plaintext")
        row("PROXY header", listener.proxyProtocol.map { $0.words })
        row("routes", listener.routes.joined(separator: ", "))
    }

    /// What is true of all of them.
    mutating func add(_ configuration: ProxyConfiguration) {
        let (limits, timeouts) = (configuration.limits, configuration.timeouts)
        title("in all")
        row(
            "limits",
            "\(limits.connectionsMax) connections",
            limits.connectionsPerAddressMax.map { "\($0) of an address" },
            limits.handshakesPerSecondMax.map { "\($0) handshakes a second" },
            "ClientHello up to \(QuantityText.size(limits.clientHelloBytesMax))"
        )
        row(
            "memory",
            "rings of \(QuantityText.size(limits.ringBytes)), two for each side with TLS",
            "buffers of \(QuantityText.size(limits.bufferBytesMax)) each way"
        )
        row(
            "timeouts",
            "handshake \(QuantityText.duration(timeouts.handshake))",
            "connect \(QuantityText.duration(timeouts.connect))",
            "idle \(timeouts.idle.map { QuantityText.duration($0) } ?? "none")",
            "total \(timeouts.total.map { QuantityText.duration($0) } ?? "none")",
            "drain \(QuantityText.duration(timeouts.drain))"
        )
        row("threads", configuration.threads.map { "\($0)" } ?? "one on each processor")
        row("admin", configuration.admin.map { "metrics and health at \($0)" } ?? "nowhere")
        row("log", configuration.log.words)
        row("key log", configuration.dangerouslyLoggedKeysPath)
        row("recordings", configuration.failureRecording.map { "of connections that fail, in \($0.directory)" })
        let watching = configuration.fileWatching.map {
            "when files change, looked at every \(QuantityText.duration($0.interval))"
        }
        row("reload", "on SIGHUP", watching)
    }
}

extension ProxyConfiguration.IncomingProxyProtocol {
    fileprivate var words: String {
        let version = versions.count > 1 ? "version 1 or 2" : "version \(versions.map(\.rawValue).first ?? 0)"
        let from = trustedSources.map(\.description).joined(separator: ", ")
        return from.isEmpty ? version : "\(version) from \(from)"
    }
}

extension ProxyConfiguration.Log {
    fileprivate var words: String {
        switch destination {
        case .standardError: "\(level.rawValue) and above as \(format.rawValue) to stderr"
        case .file(let path): "\(level.rawValue) and above as \(format.rawValue) to \(path)"
        }
    }
}
