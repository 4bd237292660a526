public import Sluice

/// One call of the recorded engine.
public struct JournalEntry: Sendable {
    /// What was called and what came of it.
    public let call: TLSCall

    /// How long after the beginning it was, in whole microseconds. For people: no replay looks at it.
    public let elapsed: Duration

    /// Its line in the journal, from 2; 0 if it was never in one.
    public let line: Int

    /// An entry of these parts.
    public init(_ call: TLSCall, elapsed: Duration = .zero, line: Int = 0) {
        self.call = call
        self.elapsed = elapsed
        self.line = line
    }
}

extension JournalEntry {
    var json: JSONText {
        .object([.init("at", .integer(elapsed.microseconds))] + call.fields)
    }

    init(json: JSONValue) throws(JournalError) {
        let microseconds = try json.field("at").integer(in: 0...Int64.max)
        self.init(try TLSCall(json: json), elapsed: .microseconds(microseconds), line: json.line)
    }
}

extension Duration {
    /// Whole microseconds, `0...`.
    fileprivate var microseconds: Int64 {
        let (seconds, attoseconds) = components
        return max(0, Int64(clamping: Int128(seconds) * 1_000_000 + Int128(attoseconds / 1_000_000_000_000)))
    }
}
