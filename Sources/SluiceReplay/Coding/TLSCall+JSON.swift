import Sluice

extension TLSCall {
    /// The fields of an entry, but for its time.
    var fields: [JSONText.Field] {
        var fields = [JSONText.Field("call", .string(verb.name))] + verb.fields
        switch outcome {
        case .nothing, .count: break
        case .bytes(let bytes): fields.append(.init("gave", .hex(bytes)))
        case .event(let event): fields.append(.init("event", event.json))
        case .flag(let flag): fields.append(.init("did", .bool(flag)))
        }
        if let failure { fields.append(.init("error", failure.json)) }
        return fields
    }

    /// Reads an entry.
    init(json: JSONValue) throws(JournalError) {
        let failure = try json.optional("error") { value throws(JournalError) in try TLSError(json: value) }
        let (verb, outcome, names) = try Self.parts(of: json)
        try json.refuseFields(except: ["at", "call", "error"] + names)
        self.init(verb, failure == nil ? outcome : .nothing, failure: failure)
    }

    /// The verb, its outcome if it didn't throw, and the names of the fields that both take.
    private static func parts(of json: JSONValue) throws(JournalError) -> (Verb, Outcome, [String]) {
        let call = try json.field("call")
        switch try call.string {
        case "feed":
            let (bytes, offered) = try offer(json)
            return (.feed(bytes, offered: offered), .count(bytes.count), ["bytes", "offered"])
        case "fill":
            let bytes = try json.field("bytes").bytes
            return (.fill(bytes), .count(bytes.count), ["bytes"])
        case "write":
            let (bytes, offered) = try offer(json)
            return (.write(bytes, offered: offered), .count(bytes.count), ["bytes", "offered"])
        case "drain":
            let (countMax, bytes) = try room(json)
            return (.drain(atMost: countMax), .bytes(bytes), ["atMost", "gave"])
        case "read":
            let (countMax, bytes) = try room(json)
            return (.read(atMost: countMax), .bytes(bytes), ["atMost", "gave"])
        case "nextEvent": return (.nextEvent, .event(try TLSEvent(json: json.field("event"))), ["event"])
        case "resolve": return (.resolve(try TLSAnswer(json: json.field("answer"))), .nothing, ["answer"])
        case "feedEOF": return (.feedEOF, .nothing, [])
        case "close": return (.close, .nothing, [])
        case "hibernate": return (.hibernate, .flag(try json.field("did").bool), ["did"])
        case "takeLeftover": return (.takeLeftover, .bytes(try json.field("gave").bytes), ["gave"])
        case "setTime": return (.setTime(try UnixTime(json: json.field("time"))), .nothing, ["time"])
        case "updateKeys":
            let isPeerRequested = try json.field("requestingPeer").bool
            let did = try json.optional("did") { value throws(JournalError) in try value.bool }
            return (.updateKeys(requestingPeer: isPeerRequested), .flag(did ?? false), ["requestingPeer", "did"])
        default: throw call.failure(.invalidValue, "no call of this name is made of an engine")
        }
    }

    /// Bytes taken, and how many were offered.
    private static func offer(_ json: JSONValue) throws(JournalError) -> ([UInt8], offered: Int) {
        let bytes = try json.field("bytes").bytes
        let offeredMax = bytes.count + TLSLimits.ringCapacityMax
        let offered = try json.optional("offered") { value throws(JournalError) in
            try value.integer(in: bytes.count...offeredMax)
        }
        return (bytes, offered ?? bytes.count)
    }

    /// Bytes given, and how many there was room for. One that threw gave none.
    private static func room(_ json: JSONValue) throws(JournalError) -> (Int, [UInt8]) {
        let bytes = try json.optional("gave") { value throws(JournalError) in try value.bytes } ?? []
        return (try json.field("atMost").integer(in: bytes.count...bytes.count + 1), bytes)
    }
}

extension TLSCall.Verb {
    /// The verb's name in Swift.
    package var name: String {
        switch self {
        case .feed: "feed"
        case .fill: "fill"
        case .feedEOF: "feedEOF"
        case .drain: "drain"
        case .write: "write"
        case .read: "read"
        case .nextEvent: "nextEvent"
        case .resolve: "resolve"
        case .close: "close"
        case .updateKeys: "updateKeys"
        case .hibernate: "hibernate"
        case .takeLeftover: "takeLeftover"
        case .setTime: "setTime"
        }
    }

    fileprivate var fields: [JSONText.Field] {
        switch self {
        case .feed(let bytes, let offered), .write(let bytes, let offered):
            let taken = JSONText.Field("bytes", .hex(bytes))
            return offered == bytes.count ? [taken] : [taken, .init("offered", .number(offered))]
        case .fill(let bytes): return [.init("bytes", .hex(bytes))]
        case .drain(let countMax), .read(let countMax): return [.init("atMost", .number(countMax))]
        case .resolve(let answer): return [.init("answer", answer.json)]
        case .updateKeys(let isPeerRequested): return [.init("requestingPeer", .bool(isPeerRequested))]
        case .setTime(let time): return [.init("time", time.json)]
        case .feedEOF, .nextEvent, .close, .hibernate, .takeLeftover: return []
        }
    }
}
