package import Sluice

/// What happened on a recorded connection, record by record: what is in its journal, and what only an engine can tell
/// that runs it again, such as what is inside the encrypted records.
///
/// Where the engine can't repeat the journal (another OpenSSL, an edited file) the rest is what the journal itself has:
/// records by their outside, messages as long as they are in the clear.
package struct Transcript: Sendable {
    /// The recorded end of the connection.
    package let role: TLSContext.Role

    /// The calls of the journal, by which entries are numbered from 0.
    package let calls: [TLSCall]

    /// Every record, in the order in which they crossed.
    package let records: [WireRecord]

    /// Lines that decrypt the connection, as `SSLKEYLOGFILE` has them.
    package let keyLog: [String]

    /// What was negotiated, if the handshake completed.
    package let summary: HandshakeSummary?

    /// The entry in which the handshake completed.
    package let completionEntry: Int?

    /// Entries in which keys were updated, RFC 8446 §4.6.3, and whose.
    package let keyUpdates: [KeyUpdate]

    /// Whether the journal came to the same again.
    package let repetition: Repetition

    /// The engine's state at the end, where the whole journal was repeated.
    package let finalState: TLSEngine.State?

    /// New keys for a direction.
    package struct KeyUpdate: Hashable, Sendable {
        package let direction: TLSDirection
        package let entry: Int
    }

    /// What came of running the journal again.
    package enum Repetition: Hashable, Sendable {
        /// Every byte, count and error was the same.
        case same
        /// The entry with this number, from 0, came to something else.
        case diverged(entry: Int)
        /// No engine could be made from its beginning.
        case failed(TLSError)
    }

    /// The transcript of a journal. Its entries are the calls here.
    package init(of journal: Journal) {
        self.init(journal.header.beginning, journal.entries.map(\.call))
    }

    /// The transcript of a connection.
    package init(_ beginning: TLSBeginning, _ calls: [TLSCall]) {
        let run = ObservedRun(beginning, calls)
        switch beginning.configuration {
        case .client: role = .client
        case .server: role = .server
        }
        self.calls = calls
        records = Self.records(of: calls, run)
        let known = Set(run.keyLog)
        keyLog = run.keyLog + Self.recordedKeyLog(calls).filter { !known.contains($0) }
        let recorded = Self.recordedCompletion(calls)
        summary = run.summary ?? recorded?.summary
        completionEntry = run.completionEntry ?? recorded?.entry
        keyUpdates = run.keyUpdates.map { KeyUpdate(direction: $0.direction, entry: $0.entry) }
        finalState = run.state
        repetition = run.failure.map(Repetition.failed) ?? run.divergence.map { .diverged(entry: $0) } ?? .same
    }

    /// The recorded bytes cut into records, with what is known to be in them.
    private static func records(of calls: [TLSCall], _ run: ObservedRun) -> [WireRecord] {
        var sent = WireBytes(.sent)
        var received = WireBytes(.received)
        for (entry, call) in calls.enumerated() {
            switch call.ciphertext {
            case (.sent, let bytes)?: sent.append(bytes, entry: entry)
            case (.received, let bytes)?: received.append(bytes, entry: entry)
            case nil: break
            }
        }
        let observed = (sent.records().joined(with: run.sent), received.records().joined(with: run.received))
        var handshake = ClearHandshake()
        return inOrder(observed.0, observed.1).map { record, content in
            var record = record
            // What is in the clear needs nobody to decrypt it, and tells more.
            if let clear = handshake.contents(of: record, content) { record.contents = clear }
            return record
        }
    }

    /// Both ways in the order in which records ended.
    private static func inOrder(_ left: [WireBytes.Cut], _ right: [WireBytes.Cut]) -> [WireBytes.Cut] {
        var (merged, rest): ([WireBytes.Cut], ArraySlice<WireBytes.Cut>) = ([], right[...])
        merged.reserveCapacity(left.count + right.count)
        for cut in left {
            let count = rest.prefix { $0.record.entries.upperBound < cut.record.entries.upperBound }.count
            merged += rest.prefix(count)
            rest = rest.dropFirst(count)
            merged.append(cut)
        }
        return merged + rest
    }

    private static func recordedKeyLog(_ calls: [TLSCall]) -> [String] {
        calls.compactMap { if case .event(.keyLogLine(let line)) = $0.outcome { line } else { nil } }
    }

    private static func recordedCompletion(_ calls: [TLSCall]) -> (summary: HandshakeSummary, entry: Int)? {
        for (entry, call) in calls.enumerated() {
            if case .event(.handshakeCompleted(let summary)) = call.outcome { return (summary, entry) }
        }
        return nil
    }
}

extension [WireBytes.Cut] {
    /// Each record with what the engine found in the one at the same place. It ends where they aren't the same record.
    fileprivate func joined(with observed: [ObservedRun.ObservedRecord]) -> [WireBytes.Cut] {
        var joined = self
        for (index, (cut, found)) in zip(self, observed).enumerated() {
            guard cut.record.contentType == found.record.contentType, cut.record.byteCount == found.record.byteCount
            else { break }
            joined[index].record.contents = found.contents
        }
        return joined
    }
}

extension TLSCall {
    /// The bytes of the wire that it moved, and which way.
    package var ciphertext: (direction: TLSDirection, bytes: [UInt8])? {
        switch (verb, outcome) {
        case (.feed(let bytes, _), _), (.fill(let bytes), _): (.received, bytes)
        case (.drain, .bytes(let bytes)): (.sent, bytes)
        default: nil
        }
    }
}
