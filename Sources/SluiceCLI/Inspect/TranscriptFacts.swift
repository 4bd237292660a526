import Sluice
import SluiceReplay

/// Facts about a recorded connection, one in a line.
enum TranscriptFacts {
    typealias Fact = (name: String, value: String)

    /// What the journal is.
    static func header(of file: JournalFile, _ transcript: Transcript) -> [Fact] {
        let header = file.journal.header
        let count = file.journal.entries.count
        var facts: [Fact] = [("journal", file.path), ("recorded by", header.recordedBy)]
        if let time = header.wallClock { facts.append(("when", "\(time)")) }
        if let place = header.place { facts.append(("with", place)) }
        facts.append(("role", role(of: header.beginning)))
        let isSame = header.openSSLVersion == TLSLibrary.version
        facts.append(("OpenSSL", header.openSSLVersion + (isSame ? "" : "; this one is \(TLSLibrary.version)")))
        facts.append(("entries", "\(count) in \(file.duration.secondsText)" + (file.isCut ? "; one more is cut" : "")))
        facts.append(("repeated", repetition(transcript)))
        facts.append(("secrets", "whoever has this file can decrypt the connection"))
        return facts
    }

    /// What it came to.
    static func footer(of file: JournalFile, _ transcript: Transcript) -> [Fact] {
        let traffic = transcript.traffic
        var facts: [Fact] = []
        if let summary = transcript.summary {
            facts.append(("negotiated", summary.line))
            let flights = summary.flightsSent + summary.flightsReceived
            let bytes = "\(summary.bytesSent) bytes sent, \(summary.bytesReceived) received"
            facts.append(("handshake", "\(flights) flights; \(bytes)"))
        }
        facts.append(("plaintext", "\(traffic.written) bytes written, \(traffic.read) read"))
        facts.append(("ciphertext", "\(traffic.sent) bytes sent, \(traffic.received) received"))
        facts.append(("end", TranscriptEnd(of: transcript).words))
        return facts
    }

    private static func role(of beginning: TLSBeginning) -> String {
        switch beginning.configuration {
        case .client(let configuration): "client of \(beginning.serverName ?? configuration.serverName)"
        case .server(let configuration):
            configuration.identities.first.map { "server, \($0)" } ?? "server that decides who it is"
        }
    }

    /// What came of running it again.
    static func repetition(_ transcript: Transcript) -> String {
        switch transcript.repetition {
        case .same: "the same, byte for byte"
        case .diverged(let entry): "otherwise from entry #\(entry) on: `sluice replay` tells more"
        case .failed(let error): "not at all: \(error.withoutLibraryWords)"
        }
    }
}

extension Transcript {
    /// Bytes that the recorded calls moved.
    var traffic: (written: Int, read: Int, sent: Int, received: Int) {
        calls.reduce(into: (0, 0, 0, 0)) { sum, call in
            switch (call.verb, call.outcome) {
            case (.write(let bytes, _), _): sum.0 += bytes.count
            case (.read, .bytes(let bytes)): sum.1 += bytes.count
            case (.drain, .bytes(let bytes)): sum.2 += bytes.count
            case (.feed(let bytes, _), _), (.fill(let bytes), _): sum.3 += bytes.count
            default: break
            }
        }
    }
}
