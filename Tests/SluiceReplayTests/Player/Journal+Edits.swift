import Sluice
import SluiceReplay

// Changes that somebody might make in a journal's file.

extension Journal {
    /// The first entry that `isWanted`.
    func index(where isWanted: (TLSCall) -> Bool) -> Int? {
        entries.firstIndex { isWanted($0.call) }
    }

    /// With another call in an entry.
    func replacing(_ index: Int, with call: TLSCall) -> Journal {
        var copy = self
        copy.entries[index] = JournalEntry(call, elapsed: entries[index].elapsed, line: entries[index].line)
        return copy
    }

    /// With another call behind an entry.
    func inserting(_ call: TLSCall, behind index: Int) -> Journal {
        var copy = self
        copy.entries.insert(JournalEntry(call), at: index + 1)
        return copy
    }

    /// With another beginning.
    func beginning(
        _ configuration: TLSConfiguration? = nil,
        seed: RandomSeed? = nil,
        contextSeed: RandomSeed? = nil,
        time: UnixTime? = nil,
        openSSLVersion: String? = nil
    ) -> Journal {
        let old = header.beginning
        let new = TLSBeginning(
            configuration: configuration ?? old.configuration,
            contextSeed: contextSeed ?? old.contextSeed,
            serverName: old.serverName,
            session: old.session,
            seed: seed ?? old.seed,
            time: time ?? old.time
        )
        let header = JournalHeader(
            recordedBy: self.header.recordedBy,
            openSSLVersion: openSSLVersion ?? self.header.openSSLVersion,
            beginning: new
        )
        return Journal(header: header, entries: entries)
    }

    /// What a replay of it stops at, or nil if it matches.
    func divergence() -> Divergence? {
        do throws(Divergence) {
            _ = try JournalPlayer.replay(self)
            return nil
        } catch {
            return error
        }
    }
}

extension TLSCall {
    /// With one bit of the bytes that it gave flipped.
    func flippingOutcome(at offset: Int) -> TLSCall {
        guard case .bytes(var bytes) = outcome else { return self }
        bytes[offset] ^= 1
        return TLSCall(verb, .bytes(bytes), failure: failure)
    }

    /// With one bit of the bytes that it took flipped.
    func flippingInput(at offset: Int) -> TLSCall {
        switch verb {
        case .feed(let bytes, let offered):
            TLSCall(.feed(bytes.flipped(at: offset), offered: offered), outcome, failure: failure)
        case .write(let bytes, let offered):
            TLSCall(.write(bytes.flipped(at: offset), offered: offered), outcome, failure: failure)
        default: self
        }
    }

    /// With another failure.
    func failing(_ change: (inout TLSError) -> Void) -> TLSCall {
        var failure = failure
        if var changed = failure {
            change(&changed)
            failure = changed
        }
        return TLSCall(verb, outcome, failure: failure)
    }

    var isDrain: Bool { if case .drain = verb { true } else { false } }
    var isFeed: Bool { if case .feed = verb { true } else { false } }
    var isWrite: Bool { if case .write = verb { true } else { false } }
    var isEvent: Bool { if case .nextEvent = verb { true } else { false } }
    var isResolve: Bool { if case .resolve = verb { true } else { false } }

    /// Whether it read some bytes.
    var isRead: Bool {
        if case .read = verb, case .bytes(let bytes) = outcome { !bytes.isEmpty } else { false }
    }
}

extension [UInt8] {
    fileprivate func flipped(at offset: Int) -> [UInt8] {
        var copy = self
        copy[offset] ^= 1
        return copy
    }
}
