internal import Sluice

/// A recorded connection again, by an engine that tells everything: messages, records, keys.
///
/// Observing changes no byte, so what an entry came to must be what was recorded. The run ends with the first entry that
/// differs; what was seen until then holds.
struct ObservedRun {
    /// What the records held, in the order in which they went.
    private(set) var sent: [ObservedRecord] = []
    private(set) var received: [ObservedRecord] = []

    /// Lines that decrypt the connection, as `SSLKEYLOGFILE` has them.
    private(set) var keyLog: [String] = []

    /// What was negotiated, once it was.
    private(set) var summary: HandshakeSummary?

    /// The entry in which the handshake completed.
    private(set) var completionEntry: Int?

    /// Entries in which keys changed, and whose.
    private(set) var keyUpdates: [(direction: TLSDirection, entry: Int)] = []

    /// The engine's state after the last entry; nil where the run didn't get there.
    private(set) var state: TLSEngine.State?

    /// The first entry that didn't come to what was recorded.
    private(set) var divergence: Int?

    /// Why there is no run at all, if there is none.
    private(set) var failure: TLSError?

    /// Whether events were lost, so that records after them are unknown.
    private var isBlind = false

    /// A record with what the engine found in it.
    struct ObservedRecord: Hashable {
        let record: TLSRecord
        var contents: [RecordContent] = []
    }

    /// Runs a connection again.
    init(_ beginning: TLSBeginning, _ calls: [TLSCall]) {
        do throws(TLSError) {
            var engine = try beginning.observed().makeEngine()
            try run(&engine, calls, ringCapacity: beginning.configuration.ringCapacity)
        } catch {
            failure = error
        }
    }

    private mutating func run(
        _ engine: inout TLSEngine,
        _ calls: [TLSCall],
        ringCapacity: Int
    ) throws(TLSError) {
        takeEvents(of: &engine, entry: 0, isWriting: false)
        for (entry, call) in calls.enumerated() {
            // Events are pulled here as they come; when the recorded owner did it is of no effect.
            if case .nextEvent = call.verb { continue }
            let repeated = try call.observed().repeated(on: &engine, ringCapacity: ringCapacity)
            guard let repeated, repeated.cameToSame(as: call) else {
                divergence = entry
                return
            }
            var isWriting = false
            if case .write = call.verb { isWriting = true }
            takeEvents(of: &engine, entry: entry, isWriting: isWriting)
        }
        state = engine.state
    }

    private mutating func takeEvents(of engine: inout TLSEngine, entry: Int, isWriting: Bool) {
        while let event = engine.nextEvent() { take(event, entry: entry, isWriting: isWriting) }
    }

    private mutating func take(_ event: TLSEvent, entry: Int, isWriting: Bool) {
        switch event {
        case .record(let record): append(record, isWriting: isWriting)
        case .message(let message): note(.message(message), message.direction)
        case .alertSent(let alert): note(.alert(alert), .sent)
        case .alertReceived(let alert): note(.alert(alert), .received)
        case .peerClosed: note(.alert(.closeNotify), .received)
        case .keyLogLine(let line): keyLog.append(line)
        case .keysUpdated(let direction): keyUpdates.append((direction, entry))
        case .handshakeCompleted(let summary):
            self.summary = summary
            completionEntry = entry
        case .eventsDropped: isBlind = true
        case .sessionReceived: break
        }
    }

    private mutating func append(_ record: TLSRecord, isWriting: Bool) {
        guard !isBlind else { return }
        let observed = ObservedRecord(record: record, contents: presumption(of: record, isWriting: isWriting))
        switch record.direction {
        case .sent: sent.append(observed)
        case .received: received.append(observed)
        }
    }

    /// What a record holds unless the events that follow tell something else of it.
    private func presumption(of record: TLSRecord, isWriting: Bool) -> [RecordContent] {
        switch record.contentType {
        case 21: return record.direction == .sent ? [.alert(.closeNotify)] : []
        case 22: return [.messagePart]
        case 23:
            guard let summary else { return [.messagePart] }
            // Events tell of every alert that is sent but close_notify.
            if record.direction == .sent, !isWriting { return [.alert(.closeNotify)] }
            return [.applicationData(byteCount: summary.plaintextBytes(inRecordOf: record.byteCount))]
        default: return []
        }
    }

    /// Puts something into the newest record of a direction.
    private mutating func note(_ content: RecordContent, _ direction: TLSDirection) {
        guard !isBlind else { return }
        switch direction {
        case .sent: sent.withLast { $0.add(content) }
        case .received: received.withLast { $0.add(content) }
        }
    }
}

extension ObservedRun.ObservedRecord {
    fileprivate mutating func add(_ content: RecordContent) {
        switch contents.first {
        case .messagePart, .applicationData, .alert(.closeNotify): contents = [content]
        default: contents.append(content)
        }
    }
}

extension Array {
    fileprivate mutating func withLast(_ change: (inout Element) -> Void) {
        guard !isEmpty else { return }
        change(&self[endIndex - 1])
    }
}

extension HandshakeSummary {
    /// How much plaintext a record of so many bytes carries: the AEAD's tag is off, the explicit nonce of TLS 1.2's
    /// AES suites (RFC 5288 §3, RFC 6655 §3), and the type of TLS 1.3 (RFC 8446 §5.2; padding isn't told apart).
    fileprivate func plaintextBytes(inRecordOf byteCount: Int) -> Int? {
        let name = cipherSuite.name
        guard name.contains("GCM") || name.contains("CCM") || name.contains("CHACHA20") else { return nil }
        let tag = name.contains("CCM_8") ? 8 : 16
        let rest = version == .tls13 ? 1 : name.contains("CHACHA20") ? 0 : 8
        return max(0, byteCount - tag - rest)
    }
}
