// How it is drawn. Each step takes where it starts and returns where the next one does.
extension Chart {
    private var left: Double { Layout.margin + Layout.labels }
    private var right: Double { width - Layout.margin - Layout.figures }

    private func x(_ ratio: Double) -> Double { left + (right - left) * min(ratio, ratioMax) / ratioMax }

    func header(_ parts: inout [String]) -> Double {
        let top = Layout.margin + 16
        parts.append(text("Sluice beside a C loop on the same libssl", x: Layout.margin, y: top, "title"))
        var y = top
        for line in [results.machine.cpu, results.machine.openSSL] {
            y += 18
            parts.append(text(line, x: Layout.margin, y: y, "faint"))
        }
        return y + Layout.groupGap
    }

    func draw(_ group: Group, top: Double, _ parts: inout [String]) -> Double {
        parts.append(line(x1: Layout.margin, y1: top, x2: width - Layout.margin, y2: top, "rule"))
        parts.append(text(group.title, x: Layout.margin, y: top + 20, "strong"))
        parts.append(text(group.note, x: width - Layout.margin, y: top + 20, "faint", anchor: "end"))
        let first = top + Layout.heading
        for (index, bar) in group.bars.enumerated() {
            draw(bar, top: first + Double(index) * Layout.row, &parts)
        }
        let bottom = first + Double(group.bars.count) * Layout.row
        parts.append(line(x1: x(1), y1: first - 4, x2: x(1), y2: bottom, "one"))
        // Above the line, which would strike them out.
        for (index, bar) in group.bars.enumerated() {
            let y = first + Double(index) * Layout.row + Layout.bar
            let end = max(x(bar.ratio), x(bar.range?.upperBound ?? 0)) + 8
            let figures = "\(bar.ratio > ratioMax ? "→ " : "")\(bar.ratio.fixed(3))"
            parts.append(text(figures, x: end, y: y, "figure"))
            parts.append(text(bar.figure, x: width - Layout.margin, y: y, "faint", anchor: "end"))
        }
        return bottom + Layout.groupGap
    }

    private func draw(_ bar: Bar, top: Double, _ parts: inout [String]) {
        let middle = top + Layout.bar / 2 + 2
        parts.append(text(bar.label, x: left - 8, y: top + Layout.bar, "", anchor: "end"))
        let span = max(x(bar.ratio) - left, 1)
        parts.append(
            "<rect class=\"\(bar.style)\" x=\"\(left.fixed(1))\" y=\"\((top + 2).fixed(1))\" "
                + "width=\"\(span.fixed(1))\" height=\"\(Layout.bar.fixed(1))\"/>"
        )
        guard let range = bar.range, range.lowerBound < ratioMax else { return }
        let (low, high) = (x(range.lowerBound), x(range.upperBound))
        parts.append(line(x1: low, y1: middle, x2: high, y2: middle, "whisker"))
        for end in [low, high] { parts.append(line(x1: end, y1: middle - 4, x2: end, y2: middle + 4, "whisker")) }
    }

    func legend(top: Double, _ parts: inout [String]) -> Double {
        parts.append(line(x1: Layout.margin, y1: top, x2: width - Layout.margin, y2: top, "rule"))
        let words = [
            "Bar and figure: ratio to the C loop, the median of the rounds.",
            "Whisker: smallest to largest ratio. Dashed line: the C loop.",
            "Right: what the ratio is made of, in the unit above.",
            "Crypto alone is a bound: the calls that no TLS stack can avoid.",
        ]
        for (index, line) in words.enumerated() {
            parts.append(text(line, x: Layout.margin, y: top + 22 + Double(index) * 17, "faint"))
        }
        return top + 22 + Double(words.count) * 17
    }

    private func text(_ words: String, x: Double, y: Double, _ style: String, anchor: String = "start") -> String {
        let escaped = words.reduce(into: "") { result, character in
            switch character {
            case "&": result += "&amp;"
            case "<": result += "&lt;"
            default: result.append(character)
            }
        }
        let place = "x=\"\(x.fixed(1))\" y=\"\(y.fixed(1))\""
        return "<text class=\"\(style)\" \(place) text-anchor=\"\(anchor)\">\(escaped)</text>"
    }

    private func line(x1: Double, y1: Double, x2: Double, y2: Double, _ style: String) -> String {
        "<line class=\"\(style)\" x1=\"\(x1.fixed(1))\" y1=\"\(y1.fixed(1))\" "
            + "x2=\"\(x2.fixed(1))\" y2=\"\(y2.fixed(1))\"/>"
    }
}
