import Sluice
import SluiceReplay

/// A journal as JSON, for programs.
struct TranscriptReport {
    /// One object.
    let json: JSONText

    init(of file: JournalFile, _ transcript: Transcript) {
        let header = file.journal.header
        let traffic = transcript.traffic
        json = .present([
            ("file", .string(file.path)), ("recordedBy", .string(header.recordedBy)),
            ("place", header.place.map { .string($0) }), ("wallClock", header.wallClock.map { .string("\($0)") }),
            ("role", .string("\(transcript.role)")), ("openSSL", .string(header.openSSLVersion)),
            ("entries", .number(transcript.calls.count)), ("isCut", .bool(file.isCut)),
            ("repeated", .string(TranscriptFacts.repetition(transcript))),
            ("isSame", .bool(transcript.repetition == .same)), ("summary", transcript.summary?.report),
            ("steps", .array(transcript.steps.map { step in Self.json(of: step, in: file, transcript.role) })),
            ("plaintext", ["written": .number(traffic.written), "read": .number(traffic.read)]),
            ("ciphertext", ["sent": .number(traffic.sent), "received": .number(traffic.received)]),
            ("end", .string(TranscriptEnd(of: transcript).words)),
        ])
    }

    private static func json(of step: TranscriptStep, in file: JournalFile, _ role: TLSContext.Role) -> JSONText {
        switch step {
        case .note(let note, let entry):
            [
                "entry": .number(entry), "at": .number(file.journal.entries[entry].elapsed.microseconds),
                "note": .string(NoteWords(note, role).lines.joined(separator: "; ")),
            ]
        case .flight(let flight):
            [
                "entries": .array(flight.entries.map { .number($0) }),
                "at": .number(flight.entries.first.map { file.journal.entries[$0].elapsed.microseconds } ?? 0),
                "direction": .string("\(flight.direction)"), "bytes": .number(flight.byteCount),
                "records": .array(flight.records.map(\.report)),
            ]
        }
    }
}

extension JSONText {
    /// An object of the fields that have a value.
    fileprivate static func present(_ fields: [(name: String, value: JSONText?)]) -> JSONText {
        .object(fields.compactMap { name, value in value.map { Field(name, $0) } })
    }
}

extension HandshakeSummary {
    fileprivate var report: JSONText {
        .present([
            ("version", .string("\(version)")), ("cipherSuite", .string("\(cipherSuite)")),
            ("group", group.map { .string("\($0)") }),
            ("signatureAlgorithm", signatureAlgorithm.map { .string("\($0)") }),
            ("applicationProtocol", applicationProtocol.map { .string("\($0)") }),
            ("serverName", serverName.map { .string($0) }), ("isResumed", .bool(isResumed)),
            ("peerCertificates", .array(peerCertificates.map { .string($0.subject) })),
        ])
    }
}

extension WireRecord {
    fileprivate var report: JSONText {
        [
            "contentType": .number(contentType), "version": .number(version), "bytes": .number(byteCount),
            "contents": .array(contents.map(\.report)),
        ]
    }
}

extension RecordContent {
    fileprivate var report: JSONText {
        switch self {
        case .changeCipherSpec: ["kind": "changeCipherSpec"]
        case .clientHello(let hello):
            .present([
                ("kind", "clientHello"), ("bytes", .number(hello.message.count)),
                ("serverName", hello.serverName.map { .string($0) }),
                ("applicationProtocols", .array(hello.applicationProtocols.map { .string("\($0)") })),
                ("versions", .names(hello.supportedVersions, versionName)),
                ("cipherSuites", .names(hello.cipherSuites, cipherSuiteName)),
                ("groups", .names(hello.groups, groupName)), ("offersResumption", .bool(hello.offersResumption)),
            ])
        case .serverHello(let hello):
            .present([
                ("kind", .string(hello.isRetryRequest ? "helloRetryRequest" : "serverHello")),
                ("bytes", .number(hello.byteCount)), ("version", .string(versionName(hello.version))),
                ("cipherSuite", .string(cipherSuiteName(hello.cipherSuite))),
                ("group", hello.group.map { .string(groupName($0)) }),
                ("acceptsResumption", .bool(hello.acceptsResumption)),
            ])
        case .message(let message): ["kind": .string(message.description), "bytes": .number(message.byteCount)]
        case .messagePart: ["kind": "messagePart"]
        case .alert(let alert): ["kind": "alert", "alert": .string(alert.description)]
        case .applicationData(let count):
            .present([("kind", "applicationData"), ("bytes", count.map { .number($0) })])
        }
    }
}

extension JSONText {
    fileprivate static func names(_ numbers: [UInt16], _ name: (UInt16) -> String) -> JSONText {
        .array(numbers.filter { !isGREASE($0) }.map { .string(name($0)) })
    }
}
