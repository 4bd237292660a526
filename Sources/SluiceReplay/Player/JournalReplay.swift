public import Sluice

/// A journal's engine, made again and taken through the recorded calls one by one, with no network.
///
/// The article <doc:Replaying> has an example.
///
/// Each call must come to what was recorded: every byte, count, event and error. The first that doesn't ends the replay.
/// Whatever an edited journal says, a step returns or throws; its work is bounded by the entry's bytes and the rings.
public struct JournalReplay: ~Copyable, Sendable {
    /// What is replayed.
    public let journal: Journal

    /// The engine as it is behind the last step.
    public private(set) var engine: TLSEngine

    /// The entry that the next step repeats, from 0; their number at the end.
    public private(set) var position = 0

    private var divergence: Divergence?

    /// Makes the engine that a journal begins with.
    ///
    /// - Parameters:
    ///   - journal: What to replay.
    ///   - recorder: Is told of the repeated calls, and of those that follow.
    /// - Throws: ``Divergence`` where this OpenSSL can't use the configuration.
    public init(_ journal: Journal, recorder: (any TLSRecorder)? = nil) throws(Divergence) {
        self.journal = journal
        do throws(TLSError) {
            engine = try journal.header.beginning.makeEngine(recorder: recorder)
        } catch {
            throw Divergence(beginning: error, of: journal)
        }
    }

    /// Repeats the next call.
    ///
    /// - Returns: Its entry; nil at the end.
    /// - Throws: ``Divergence`` where it comes to something else than was recorded. Every later call throws the same.
    public mutating func step() throws(Divergence) -> JournalEntry? {
        if let divergence { throw divergence }
        guard position < journal.entries.count else { return nil }
        let entry = journal.entries[position]
        if let difference = repeating(entry.call) {
            let divergence = Divergence(difference, at: position, of: journal, leaving: engine.state)
            self.divergence = divergence
            throw divergence
        }
        position += 1
        return entry
    }

    /// Repeats what is left.
    ///
    /// - Throws: ``Divergence`` as ``step()`` does.
    public mutating func finish() throws(Divergence) {
        while try step() != nil {}
    }

    /// The engine, to go on with where the recording ended.
    public consuming func takeEngine() -> TLSEngine {
        engine
    }

    private mutating func repeating(_ call: TLSCall) -> Divergence.Difference? {
        let question = engine.pendingDecision
        let ringCapacity = journal.header.beginning.configuration.ringCapacity
        if let repeated = call.repeated(on: &engine, ringCapacity: ringCapacity) {
            return Divergence.Difference(expected: call, got: repeated)
        }
        guard case .resolve(let answer) = call.verb else { return nil }
        return .question(answered: CallWords.words(for: answer), asked: question.map { CallWords.words(for: $0) })
    }
}
