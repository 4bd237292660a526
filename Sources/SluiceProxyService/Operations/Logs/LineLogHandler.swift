package import Logging
internal import SluicePOSIX

/// Has swift-log write lines to a ``LogSink``.
package struct LineLogHandler: LogHandler {
    /// The least that is logged.
    package var logLevel: Logger.Level

    /// What each line tells.
    package var metadata: Logger.Metadata = [:]

    /// What the task adds.
    package var metadataProvider: Logger.MetadataProvider?

    private let sink: LogSink
    private let keys: [String]
    private let now: @Sendable () -> Duration

    /// A handler.
    ///
    /// - Parameters:
    ///   - sink: Takes the lines.
    ///   - logLevel: The least that is logged.
    ///   - keys: Those that are told first, in this order; the others follow by name.
    ///   - now: The time since 1970.
    package init(
        to sink: LogSink,
        logLevel: Logger.Level = .info,
        keysFirst keys: [String] = LineLogHandler.connectionKeys,
        now: @escaping @Sendable () -> Duration = { WallClock.sinceEpoch }
    ) {
        self.sink = sink
        self.logLevel = logLevel
        self.keys = keys
        self.now = now
    }

    /// What the line of a connection tells, in the order of who, what and how it ended.
    package static let connectionKeys = [
        "route", "mode", "peer", "client", "listener", "upstream", "sni", "alpn", "version", "suite", "resumed",
        "client_name", "bytes_in", "bytes_out", "duration", "end", "side", "alert", "error",
    ]

    /// What each line tells under a key.
    package subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    /// Writes a line.
    package func log(event: LogEvent) {
        var told = metadataProvider?.get() ?? [:]
        told.merge(metadata) { $1 }
        if let more = event.metadata { told.merge(more) { $1 } }
        if let error = event.error, told["error"] == nil { told["error"] = "\(error)" }
        sink.append(
            LogRecord(
                time: now(),
                level: event.level.rawValue,
                message: event.message.description,
                fields: fields(of: told)
            )
        )
    }

    private func fields(of metadata: Logger.Metadata) -> [LogField] {
        if metadata.isEmpty { return [] }
        var rest = metadata
        var fields: [LogField] = []
        for key in keys {
            if let value = rest.removeValue(forKey: key) { fields.append(LogField(key, .init(value))) }
        }
        return fields + rest.sorted { $0.key < $1.key }.map { LogField($0.key, .init($0.value)) }
    }
}

extension LogField.Value {
    /// Numbers stay numbers; what holds more than one value is text.
    init(_ value: Logger.MetadataValue) {
        switch value {
        case .string(let text): self = .text(text)
        case .stringConvertible(let value as any BinaryInteger): self = .bare("\(value)")
        case .stringConvertible(let value as Bool): self = .bare("\(value)")
        case .stringConvertible(let value as Double) where value.isFinite: self = .bare("\(value)")
        default: self = .text("\(value)")
        }
    }
}
