internal import Sluice

extension Divergence: CustomStringConvertible {
    /// What differs in several lines: the call, the place, and both sides.
    public var description: String {
        var lines = ["\(position): \(headline)"]
        if let place { lines.append("  \(place)") }
        lines.append("  after \(passed.sent) bytes sent and \(passed.received) received")
        if let engineFailure, !isFailureShown { lines.append("  the engine has failed: \(engineFailure)") }
        lines += details.map { "  " + $0 }
        lines += note.map { "  " + $0 }
        return lines.joined(separator: "\n")
    }

    /// What differs in one line, without bytes.
    public var headline: String {
        switch difference {
        case .beginning(let error): "the engine can't be made: \(error)"
        case .question(let answered, let asked):
            "the journal answers a question that the engine didn't ask: \(answered); "
                + (asked.map { "it asks about \($0)" } ?? "it asks nothing")
        case .bytes(let bytes): "\(call) gave other bytes: \(Self.summary(of: bytes))"
        case .result(let expected, let got):
            "\(call) came to \(CallWords.words(for: got)), not \(CallWords.words(for: expected))"
        }
    }

    /// `entry 12 (line 14)`
    private var position: String {
        guard let entryIndex else { return "the beginning" }
        return line > 0 ? "entry \(entryIndex) (line \(line))" : "entry \(entryIndex)"
    }

    private var isFailureShown: Bool {
        if case .result(_, .failure) = difference { true } else { false }
    }

    private static func summary(of bytes: ByteDifference) -> String {
        let counts =
            bytes.expected.count == bytes.got.count
            ? "of \(bytes.got.count)" : "of \(bytes.got.count), not \(bytes.expected.count)"
        return "the first at \(bytes.offset) \(counts)"
    }

    private var details: [String] {
        switch difference {
        case .beginning, .question: []
        case .bytes(let bytes): bytes.description.split(separator: "\n").map(String.init)
        case .result(.failure(let expected), .failure(let got)):
            FieldDifference.between(expected, got).map(\.description)
        case .result(
            .success(.event(.handshakeCompleted(let expected))),
            .success(.event(.handshakeCompleted(let got)))
        ):
            FieldDifference.between(expected, got).map(\.description)
        case .result: []
        }
    }

    private var note: [String] {
        guard let otherLibrary else { return [] }
        return [
            "recorded with \(otherLibrary), replayed with \(TLSLibrary.version):",
            "another OpenSSL can't be expected to match",
        ]
    }
}
