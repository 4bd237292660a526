import Sluice
import SluiceReplay

/// What a flight says, in words.
struct FlightWords {
    /// What can stand in one line with dots between, and what belongs below it.
    struct Paragraph: Hashable {
        var words: [String] = []
        var details: [String] = []
    }

    /// In the order of the wire.
    private(set) var paragraphs: [Paragraph] = []

    /// Records alike that follow each other.
    private var run: (kind: Run, records: Int, bytes: Int)?

    private enum Run: Hashable {
        case applicationData, applicationDataOnTheWire, encrypted
    }

    init(_ flight: TranscriptStep.Flight) {
        for record in flight.records { append(record) }
        endRun()
        if paragraphs.isEmpty {
            append(flight.records.isEmpty ? "no whole record" : "part of a message")
        }
    }

    private mutating func append(_ record: WireRecord) {
        guard record.isWhole else {
            append("the beginning of a record of \(record.byteCount) bytes")
            return
        }
        if record.contents.isEmpty { extendRun(.encrypted, bytes: record.byteCount) }
        for content in record.contents { append(content, in: record) }
    }

    private mutating func append(_ content: RecordContent, in record: WireRecord) {
        switch content {
        case .changeCipherSpec: append("ChangeCipherSpec")
        case .clientHello(let hello): append("ClientHello \(hello.message.count)", details: hello.details)
        case .serverHello(let hello):
            append(
                "\(hello.isRetryRequest ? "HelloRetryRequest" : "ServerHello") \(hello.byteCount)",
                details: hello.details
            )
        case .message(let message): append("\(message) \(message.byteCount)")
        case .messagePart: break
        case .alert(.closeNotify): append("close_notify")
        case .alert(let alert): append("alert \(alert)")
        case .applicationData(let count?): extendRun(.applicationData, bytes: count)
        case .applicationData(nil): extendRun(.applicationDataOnTheWire, bytes: record.byteCount)
        }
    }

    private mutating func append(_ word: String, details: [String] = []) {
        endRun()
        if paragraphs.last?.details.isEmpty != true { paragraphs.append(Paragraph()) }
        paragraphs[paragraphs.count - 1].words.append(word)
        paragraphs[paragraphs.count - 1].details = details
    }

    private mutating func extendRun(_ kind: Run, bytes: Int) {
        if run?.kind != kind { endRun() }
        run = (kind, (run?.records ?? 0) + 1, (run?.bytes ?? 0) + bytes)
    }

    private mutating func endRun() {
        guard let (kind, records, bytes) = run else { return }
        run = nil
        let places = records == 1 ? "" : " in \(records) records"
        switch kind {
        case .applicationData: append("\(bytes) \(bytes == 1 ? "byte" : "bytes") of application data\(places)")
        case .applicationDataOnTheWire: append("application data, \(bytes) bytes encrypted\(places)")
        case .encrypted: append("\(bytes) bytes\(places) that weren't decrypted")
        }
    }
}

extension ClientHello {
    /// What matters of it, a line each.
    fileprivate var details: [String] {
        var facts = [serverName.map { "server name \($0)" } ?? "no server name"]
        if !applicationProtocols.isEmpty {
            facts.append("ALPN " + applicationProtocols.map(\.description).joined(separator: ", "))
        }
        facts.append(Self.list(supportedVersions, versionName))
        if !groups.isEmpty { facts.append("groups " + Self.list(groups, groupName)) }
        if offersResumption { facts.append("offers to resume") }
        if extensionTypes.contains(42) { facts.append("early data") }
        facts.append("suites " + Self.list(cipherSuites, cipherSuiteName))
        return facts
    }

    /// The first few names, and how many more there are. Numbers that stand for nothing are left out.
    private static func list(_ numbers: [UInt16], _ name: (UInt16) -> String) -> String {
        let names = numbers.filter { !isGREASE($0) }.map(name)
        let rest = names.count > 4 ? ["and \(names.count - 4) more"] : []
        return (names.prefix(4) + rest).joined(separator: ", ")
    }
}

extension ServerHello {
    /// What it chose.
    fileprivate var details: [String] {
        var facts = [versionName(version), cipherSuiteName(cipherSuite)]
        if let group { facts.append((isRetryRequest ? "asks for " : "") + groupName(group)) }
        if let applicationProtocol { facts.append("ALPN \(applicationProtocol)") }
        if acceptsResumption { facts.append("resumes") }
        return facts
    }
}
