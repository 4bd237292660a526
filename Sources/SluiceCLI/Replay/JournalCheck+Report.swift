import Sluice
import SluicePOSIX
import SluiceReplay

extension JournalCheck {
    /// `ok  example.journal  (41 entries, 48 kB, 3.2 ms)`, or what differs in several lines.
    var text: String {
        switch result {
        case .matched(let summary):
            "ok  \(path.printable)  (\(summary.entryCount) entries, \(summary.byteCount.inBytes), \(duration.inSeconds))\n"
        case .diverged(let divergence):
            "diverged  \(path.printable)\n"
                + divergence.description.split(separator: "\n").map { "  \(String($0).printable)\n" }.joined()
        case .unreadable(let error, let isCut):
            "unreadable  \(path.printable)\n  \("\(error)".printable)\(isCut ? Self.remedyForCut : "")\n"
        }
    }

    private static let remedyForCut = "; the file is cut, --recover takes the lines that are whole"

    /// The same as an object.
    var json: JSONText {
        let fields: [JSONText.Field] =
            switch result {
            case .matched(let summary): Self.fields(of: summary)
            case .diverged(let divergence): Self.fields(of: divergence)
            case .unreadable(let error, _): Self.fields(of: error)
            }
        return .object(
            [JSONText.Field("path", .string(path))] + fields + [.init("microseconds", .number(duration.microseconds))]
        )
    }

    private static func fields(of summary: JournalPlayer.Summary) -> [JSONText.Field] {
        [
            .init("result", "ok"), .init("entries", .number(summary.entryCount)),
            .init("bytesSent", .number(summary.counters.ciphertextBytesSent)),
            .init("bytesReceived", .number(summary.counters.ciphertextBytesReceived)),
        ]
    }

    private static func fields(of divergence: Divergence) -> [JSONText.Field] {
        [
            .init("result", "diverged"), .init("entry", divergence.entryIndex.map { .number($0) } ?? .null),
            .init("line", .number(divergence.line)), .init("call", .string(divergence.call)),
            .init("headline", .string(divergence.headline)),
            .init("place", divergence.place.map { .string($0.description) } ?? .null),
            .init("otherOpenSSL", divergence.otherLibrary.map { .string($0) } ?? .null),
            .init("description", .string(divergence.description)),
        ]
    }

    private static func fields(of error: any Error) -> [JSONText.Field] {
        let fields: [JSONText.Field] = [.init("result", "unreadable"), .init("words", .string("\(error)"))]
        guard let error = error as? JournalError else { return fields }
        return fields + [.init("line", .number(error.line)), .init("column", .number(error.column))]
    }
}

extension JSONText {
    /// The text on a line of its own.
    var line: String { String(decoding: utf8, as: UTF8.self) + "\n" }
}
