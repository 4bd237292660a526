internal import Sluice

extension Divergence.Difference {
    /// How a repeated call differs from the recorded one, or nil if it doesn't.
    init?(expected: TLSCall, got: TLSCall) {
        guard !got.cameToSame(as: expected) else { return nil }
        if case .bytes(let recorded) = expected.outcome, case .bytes(let repeated) = got.outcome,
            let bytes = ByteDifference(expected: recorded, got: repeated)
        {
            self = .bytes(bytes)
        } else {
            // A call made in code can say both, a value and a failure: then the part counts that isn't what came.
            let hasFailure = expected.failure != nil && expected.failure != got.failure
            self = .result(
                expected: hasFailure ? expected.result : .success(expected.outcome),
                got: got.result
            )
        }
    }
}

extension TLSCall {
    fileprivate var result: Result<Outcome, TLSError> {
        failure.map { .failure($0) } ?? .success(outcome)
    }
}

extension Divergence {
    /// The engine of a journal can't be made.
    init(beginning error: TLSError, of journal: Journal) {
        entryIndex = nil
        line = 1
        call = "TLSEngine.init"
        difference = .beginning(error)
        place = nil
        passed = Passed(sent: 0, received: 0)
        engineFailure = nil
        otherLibrary = journal.header.otherLibrary
    }

    /// A call of a journal came to something else, and left the engine in this state.
    init(_ difference: Difference, at index: Int, of journal: Journal, leaving state: TLSEngine.State) {
        let entry = journal.entries[index]
        let streams = RecordedStreams(journal.entries)
        entryIndex = index
        line = entry.line
        call = CallWords.words(for: entry.call.verb)
        self.difference = difference
        place = streams.place(of: difference, at: index)
        passed = Passed(
            sent: streams.byteCount(of: .ciphertext(.sent), before: index),
            received: streams.byteCount(of: .ciphertext(.received), before: index)
        )
        engineFailure = if case .failed(let error) = state { error } else { nil }
        otherLibrary = journal.header.otherLibrary
    }
}

extension JournalHeader {
    /// The OpenSSL of the recording, if another one runs.
    var otherLibrary: String? {
        openSSLVersion == TLSLibrary.version ? nil : openSSLVersion
    }
}
