import Sluice
import SluiceReplay

/// A journal as text for people, 100 columns wide: what it is, the ladder of flights, how it ended.
struct TranscriptDrawing {
    private let file: JournalFile
    private let transcript: Transcript
    private let showsBytes: Bool
    private let ladder = Ladder(width: 86, margin: 11)

    init(of file: JournalFile, _ transcript: Transcript, showsBytes: Bool) {
        self.file = file
        self.transcript = transcript
        self.showsBytes = showsBytes
    }

    /// The drawing.
    var text: String {
        let header = facts(TranscriptFacts.header(of: file, transcript))
        let footer = facts(TranscriptFacts.footer(of: file, transcript))
        let rungs = transcript.steps.flatMap { [ladder.rung()] + lines(of: $0) }
        return (header + ["", ends] + rungs + [ladder.rung(), ""] + footer).joined(separator: "\n") + "\n"
    }

    private var ends: String {
        let here = "\(transcript.role), recorded"
        return transcript.role == .client
            ? ladder.ends(client: here, server: "server") : ladder.ends(client: "client", server: here)
    }

    private func facts(_ facts: [(name: String, value: String)]) -> [String] {
        facts.flatMap { name, value in
            [value.printable].wrapped(to: ladder.width).enumerated().map { ($0 == 0 ? name : "").padded(to: 14) + $1 }
        }
    }

    private func lines(of step: TranscriptStep) -> [String] {
        switch step {
        case .flight(let flight): lines(of: flight)
        case .note(let note, let entry): lines(of: note, entry)
        }
    }

    /// The recorded end is the engine's own.
    private func sender(_ direction: TLSDirection) -> Ladder.End {
        (direction == .sent) == (transcript.role == .client) ? .client : .server
    }

    private func lines(of flight: TranscriptStep.Flight) -> [String] {
        let end = sender(flight.direction)
        let said = FlightWords(flight).paragraphs.flatMap { paragraph in
            ladder.rungs(paragraph.words.map(\.printable), by: end)
                + ladder.rungs(paragraph.details.map(\.printable), by: end).map { $0.indented(within: ladder) }
        }
        let pieces = flight.entries.count == 1 ? "" : " in \(flight.entries.count) pieces"
        let arrow = ladder.arrow(from: end, "\(flight.byteCount) bytes\(pieces)", margin: place(of: flight.entries))
        return timed(said + [arrow], at: flight.entries) + (showsBytes ? dump(of: flight) : [])
    }

    /// Puts the time of an entry into the margin of the first line, unless a number is there.
    private func timed(_ lines: [String], at entries: [Int]) -> [String] {
        guard lines.count > 1, let entry = entries.first, let first = lines.first else { return lines }
        return [time(of: entry).padded(to: ladder.margin) + first.dropFirst(ladder.margin)] + lines.dropFirst()
    }

    private func time(of entry: Int) -> String {
        file.journal.entries[entry].elapsed.secondsText.paddedLeft(to: 9)
    }

    private func place(of entries: [Int]) -> String {
        guard let first = entries.first, let last = entries.last else { return "" }
        let text = first == last ? "#\(first)" : "#\(first)–\(last)"
        return text.paddedLeft(to: 9)
    }

    private func lines(of note: TranscriptStep.Note, _ entry: Int) -> [String] {
        let lines = NoteWords(note, transcript.role).lines.enumerated().flatMap { index, line in
            [line.printable].wrapped(to: ladder.width - 6).enumerated().map { part, text in
                ladder.rung((index + part == 0 ? "  ● " : "    ") + text)
            }
        }
        guard let first = lines.first else { return [] }
        return [time(of: entry).padded(to: ladder.margin) + first.dropFirst(ladder.margin)] + lines.dropFirst()
    }

    private func dump(of flight: TranscriptStep.Flight) -> [String] {
        flight.entries.flatMap { entry -> [String] in
            guard let (_, bytes) = transcript.calls[entry].ciphertext else { return [] }
            return ["", place(of: [entry]) + "  \(bytes.count) bytes"]
                + HexDump.lines(of: bytes).map { String(repeating: " ", count: ladder.margin) + $0 }
        }
    }
}

extension String {
    /// A rung with its words two columns further right, where that has room.
    fileprivate func indented(within ladder: Ladder) -> String {
        let start = prefix(ladder.margin + 1)
        let middle = dropFirst(ladder.margin + 1).prefix(ladder.width - 2)
        return start + "  " + middle + "│"
    }
}
