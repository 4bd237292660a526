/// Draws what crosses between two ends: lifelines, the client's on the left, with rungs between them and room for words
/// left of both.
///
///              client                                  server
///                │                                       │
///      0.000 s   │  ClientHello                          │
///                ├───────────── 253 bytes ──────────────►│
struct Ladder {
    /// Columns between the lifelines.
    let width: Int
    /// Columns left of both.
    let margin: Int

    /// One of the two ends.
    enum End: Hashable {
        case client, server
    }

    /// The line with the names of the ends. It is one column wider than the rest.
    func ends(client: String, server: String) -> String {
        String(repeating: " ", count: margin - 2) + client.padded(to: width + 5 - server.count) + server
    }

    /// A rung with words between the lifelines and at the margin.
    func rung(_ text: String = "", margin words: String = "") -> String {
        "\(words.padded(to: margin))│\(text.padded(to: width))│"
    }

    /// Words that an end says, with dots between them, on as many rungs as they need.
    func rungs(_ words: [String], by end: End, margin: String = "") -> [String] {
        let texts = words.wrapped(to: width - 10).map { indent(of: end) + $0 }
        return zip(texts, [margin] + repeatElement("", count: texts.count)).map { rung($0, margin: $1) }
    }

    /// How far the words of an end are from the left lifeline.
    func indent(of end: End) -> String {
        end == .client ? "  " : "        "
    }

    /// An arrow away from an end, with a label in its middle.
    func arrow(from end: End, _ label: String, margin words: String = "") -> String {
        let label = " \(label) "
        let left = (width - 1 - label.count) / 2
        let right = width - 1 - label.count - left
        let line = String(repeating: "─", count: max(0, left)) + label + String(repeating: "─", count: max(0, right))
        let margin = words.padded(to: margin)
        return end == .client ? "\(margin)├\(line)►│" : "\(margin)│◄\(line)┤"
    }
}

extension [String] {
    /// The words with dots between them, broken into lines of so many columns. A longer word is broken, too.
    func wrapped(to width: Int) -> [String] {
        reduce(into: [String]()) { lines, word in
            if let last = lines.last, last.count + 3 + word.count <= width {
                lines[lines.count - 1] = "\(last) · \(word)"
            } else {
                lines += word.broken(to: width)
            }
        }
    }
}

extension String {
    /// With spaces behind it up to a width.
    func padded(to width: Int) -> String {
        self + String(repeating: " ", count: max(0, width - count))
    }

    /// With spaces before it up to a width.
    func paddedLeft(to width: Int) -> String {
        String(repeating: " ", count: max(0, width - count)) + self
    }

    /// Cut into pieces of so many columns, at a space where there is one behind the first quarter.
    fileprivate func broken(to width: Int) -> [String] {
        var (lines, rest): ([String], Substring) = ([], self[...])
        while rest.count > width {
            let line = rest.prefix(width + 1)
            let end = line.lastIndex(of: " ").map { rest.distance(from: rest.startIndex, to: $0) } ?? 0
            lines.append(String(line.prefix(end > width / 4 ? end : width)))
            rest = rest.dropFirst(end > width / 4 ? end + 1 : width)
        }
        return lines + [String(rest)]
    }
}
