internal import Logging
internal import SluicePreamble
internal import SluiceReplay

extension ProxyConfiguration {
    /// The configuration as JSON, with every default, in the keys of a configuration file; as YAML takes JSON, it is one.
    /// It names files and holds nothing of what is in them.
    public var json: String {
        let fields = Fields {
            $0["listeners"] = .array(listeners.map(\.jsonText))
            $0["routes"] = .array(routes.map(\.jsonText))
            $0["limits"] = limits.jsonText
            $0["timeouts"] = timeouts.jsonText
            $0["admin"] = admin?.jsonText
            $0["log"] = log.jsonText
            $0["dangerously_log_keys"] = dangerouslyLoggedKeysPath.map { .string($0) }
            $0["record_failures"] = failureRecording?.jsonText
            $0["threads"] = threads.map { .number($0) }
            $0["reuse_port"] = .bool(portSharing == .reusePort)
            $0["reload"] = .fields {
                $0["watch_files"] = .bool(fileWatching != nil)
                $0["interval"] = fileWatching.map { .duration($0.interval) }
            }
        }
        return String(decoding: fields.text.utf8, as: UTF8.self)
    }
}

/// The fields of an object, in the order in which they are given. Those that are nil or empty are left out.
struct Fields {
    private var fields: [JSONText.Field] = []

    /// The fields that a closure gives.
    init(_ body: (inout Fields) -> Void) {
        body(&self)
    }

    /// All of them.
    var text: JSONText { .object(fields) }

    /// Sets a field once.
    subscript(_ name: String) -> JSONText? {
        get { fields.first { $0.name == name }?.value }
        set {
            switch newValue {
            case nil, .array([]), .object([]): break
            case .some(let value): fields.append(.init(name, value))
            }
        }
    }
}

extension JSONText {
    /// An object of fields.
    static func fields(_ body: (inout Fields) -> Void) -> JSONText {
        Fields(body).text
    }

    /// An array of what things are called.
    static func names(_ values: [some CustomStringConvertible]) -> JSONText {
        .array(values.map { .string($0.description) })
    }

    /// A time; nil is none.
    static func duration(_ duration: Duration?) -> JSONText {
        .string(duration.map { QuantityText.duration($0) } ?? "none")
    }

    /// A number of bytes.
    static func size(_ bytes: Int) -> JSONText {
        .string(QuantityText.size(bytes))
    }
}

extension ListenAddress {
    fileprivate var jsonText: JSONText {
        .fields {
            $0["address"] = .string(description)
            if case .unix(_, let mode?) = self { $0["permissions"] = .string("0" + String(mode, radix: 8)) }
        }
    }
}

extension ProxyConfiguration.Listener {
    fileprivate var jsonText: JSONText {
        .fields {
            $0["name"] = .string(name)
            $0["address"] = .string(address.description)
            if case .unix(_, let mode?) = address { $0["permissions"] = .string("0" + String(mode, radix: 8)) }
            $0["entrance"] = .string(entrance.rawValue)
            $0["proxy_protocol"] = .string(proxyProtocol?.versionsText ?? "none")
            $0["trusted_sources"] = proxyProtocol.map { .names($0.trustedSources) }
            $0["routes"] = .names(routes)
            $0["backlog"] = .number(backlog)
        }
    }
}

extension ProxyConfiguration.IncomingProxyProtocol {
    /// As a configuration file has it.
    var versionsText: String { versions.count > 1 ? "any" : versions.map { "v\($0.rawValue)" }.first ?? "none" }
}

extension ProxyConfiguration.Limits {
    fileprivate var jsonText: JSONText {
        .fields {
            $0["connections"] = .number(connectionsMax)
            $0["connections_per_address"] = connectionsPerAddressMax.map { .number($0) } ?? "none"
            $0["handshakes_per_second"] = handshakesPerSecondMax.map { .number($0) } ?? "none"
            $0["client_hello"] = .size(clientHelloBytesMax)
            $0["ring"] = .size(ringBytes)
            $0["buffer"] = .size(bufferBytesMax)
        }
    }
}

extension ProxyConfiguration.Timeouts {
    fileprivate var jsonText: JSONText {
        .fields {
            $0["handshake"] = .duration(handshake)
            $0["connect"] = .duration(connect)
            $0["idle"] = .duration(idle)
            $0["total"] = .duration(total)
            $0["drain"] = .duration(drain)
            $0["linger"] = .duration(linger)
        }
    }
}

extension ProxyConfiguration.Log {
    fileprivate var jsonText: JSONText {
        .fields {
            $0["level"] = .string(level.rawValue)
            $0["format"] = .string(format.rawValue)
            switch destination {
            case .standardError: $0["destination"] = "stderr"
            case .file(let path): $0["destination"] = .string(path)
            }
        }
    }
}

extension ProxyConfiguration.FailureRecording {
    fileprivate var jsonText: JSONText {
        .fields {
            $0["directory"] = .string(directory)
            $0["bytes_max"] = .size(journalBytesMax)
            $0["files_max"] = .number(journalsMax)
        }
    }
}
