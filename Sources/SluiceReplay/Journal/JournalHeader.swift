public import Sluice

/// The first line of a journal: what the recorded engine was made from, and where the recording comes from.
public struct JournalHeader: Sendable {
    /// The version of the format that is written, and read.
    public static let formatVersion = 1

    /// The OpenSSL that the engine ran on, see `TLSLibrary`. On another the same calls may come to other bytes.
    public let openSSLVersion: String

    /// The program that recorded, in its own words: `sluice connect server.test:443`.
    public let recordedBy: String

    /// Who was at the other end, or where it was, in free words.
    public let place: String?

    /// When the recording began by the clock on the wall. The engine's own clock is in ``beginning``.
    public let wallClock: UnixTime?

    /// What the engine was made from. It holds secrets.
    public let beginning: TLSBeginning

    /// The header of a recording on this OpenSSL.
    public init(
        recordedBy: String,
        place: String? = nil,
        wallClock: UnixTime? = nil,
        openSSLVersion: String = TLSLibrary.version,
        beginning: TLSBeginning
    ) {
        self.recordedBy = recordedBy
        self.place = place
        self.wallClock = wallClock
        self.openSSLVersion = openSSLVersion
        self.beginning = beginning
    }

    /// The role that the engine plays.
    public var role: TLSContext.Role {
        if case .client = beginning.configuration { .client } else { .server }
    }
}

extension JournalHeader {
    private static let notice = "holds secrets: whoever reads this can decrypt the connection and take this end's place"

    var json: JSONText {
        let configuration: (name: String, json: JSONText) =
            switch beginning.configuration {
            case .client(let configuration): ("client", configuration.json)
            case .server(let configuration): ("server", configuration.json)
            }
        return .fields([
            "journal": .number(Self.formatVersion),
            "notice": .string(Self.notice),
            "openSSL": .string(openSSLVersion),
            "recordedBy": .string(recordedBy),
            "place": place.map { .string($0) },
            "wallClock": wallClock?.json,
            "time": beginning.time.json,
            "seed": beginning.seed.json,
            "contextSeed": beginning.contextSeed.json,
            "serverName": beginning.serverName?.json,
            "session": beginning.session?.json,
            configuration.name: configuration.json,
        ])
    }

    init(json: JSONValue) throws(JournalError) {
        let version = try json.field("journal")
        let number = try version.integer
        guard number == Self.formatVersion else {
            let words = "the journal is of version \(number), and this reads version \(Self.formatVersion) alone"
            throw version.failure(.unsupportedVersion, words)
        }
        try json.refuseFields(except: [
            "journal", "notice", "openSSL", "recordedBy", "place", "wallClock", "time", "seed", "contextSeed",
            "serverName", "session", "client", "server",
        ])
        _ = try json.optionalField("notice")?.string
        self.init(
            recordedBy: try json.field("recordedBy").string,
            place: try json.optional("place") { value throws(JournalError) in try value.string },
            wallClock: try json.optional("wallClock") { value throws(JournalError) in try UnixTime(json: value) },
            openSSLVersion: try json.field("openSSL").string,
            beginning: try TLSBeginning(json: json)
        )
    }
}

extension TLSBeginning {
    fileprivate init(json: JSONValue) throws(JournalError) {
        self.init(
            configuration: try TLSConfiguration(header: json),
            contextSeed: try RandomSeed(json: json.field("contextSeed")),
            serverName: try json.optional("serverName") { value throws(JournalError) in try ServerName(json: value) },
            session: try json.optional("session") { value throws(JournalError) in try TLSSession(json: value) },
            seed: try RandomSeed(json: json.field("seed")),
            time: try UnixTime(json: json.field("time"))
        )
    }
}

extension TLSConfiguration {
    /// The role is the name of the field.
    fileprivate init(header json: JSONValue) throws(JournalError) {
        switch (try json.optionalField("client"), try json.optionalField("server")) {
        case (let client?, nil): self = .client(try TLSClientConfiguration(json: client))
        case (nil, let server?): self = .server(try TLSServerConfiguration(json: server))
        default: throw json.failure(.missingField, "a journal is a client's or a server's: one of both fields")
        }
    }
}
