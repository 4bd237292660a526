/// Draws flights between two lifelines, the client's on the left.
///
///       client                                  server
///         │  ClientHello                          │
///         ├───────────── 253 bytes ──────────────►│
struct Ladder {
    /// Columns between the lifelines.
    private static let width = 68
    private static let margin = "  "

    /// The drawing.
    static func drawing(of flights: [Flight]) -> String {
        let ends = "client" + String(repeating: " ", count: width - 7) + "server"
        let rungs = flights.flatMap { [blank] + lines(of: $0) }
        return ([ends] + rungs + [blank]).joined(separator: "\n") + "\n"
    }

    private static let blank = rung(String(repeating: " ", count: width))

    private static func lines(of flight: Flight) -> [String] {
        let indent = flight.sender == .client ? "  " : "        "
        let texts = wrapped(flight.contents, to: width - 10).map { text in
            rung((indent + text).padded(to: width))
        }
        return texts + [arrow(of: flight)]
    }

    private static func arrow(of flight: Flight) -> String {
        let pieces = flight.pieceCount == 1 ? "" : " in \(flight.pieceCount) pieces"
        let label = " \(flight.byteCount) bytes\(pieces) "
        let left = (width - 1 - label.count) / 2
        let right = width - 1 - label.count - left
        let line = String(repeating: "─", count: left) + label + String(repeating: "─", count: right)
        return flight.sender == .client ? "\(margin)├\(line)►│" : "\(margin)│◄\(line)┤"
    }

    private static func rung(_ text: String) -> String { "\(margin)│\(text)│" }

    /// The words with dots between them, broken into lines.
    private static func wrapped(_ words: [String], to width: Int) -> [String] {
        words.reduce(into: [String]()) { lines, word in
            if let last = lines.last, last.count + 3 + word.count <= width {
                lines[lines.count - 1] = "\(last) · \(word)"
            } else {
                lines.append(word)
            }
        }
    }
}

extension String {
    /// With spaces behind it up to a width.
    func padded(to width: Int) -> String {
        self + String(repeating: " ", count: max(0, width - count))
    }
}
