/// The ratios to the C loop as horizontal bars, one group per work.
///
///     W1 full handshakes, TLS 1.3     C loop 1,204 /s
///      Sluice, spans |█████████████├─┤ 0.981  1,181
///      swift-nio-ssl |███████├──┤      0.61   734
///                    0             1
struct Chart {
    private let results: Results
    private let width: Double
    /// The ratio at the right end of the scale.
    private let ratioMax: Double

    private enum Layout {
        static let margin = 16.0
        static let labels = 166.0
        static let figures = 138.0
        static let row = 22.0
        static let bar = 13.0
        static let heading = 34.0
        static let groupGap = 14.0
        /// Above this bars are cut off and end in an arrow.
        static let ratioMax = 2.0
    }

    /// Lays out on a scale that holds all ratios, up to a bound.
    ///
    /// - Parameters:
    ///   - results: What is drawn.
    ///   - width: In pixels.
    init(_ results: Results, width: Int) {
        self.results = results
        self.width = Double(width)
        let ratios = results.works.flatMap { $0.series.compactMap(\.ofCLoop?.maximum) }
        ratioMax = min(max(1.25, (ratios.max() ?? 1) * 1.02), Layout.ratioMax)
    }

    /// The document: light, and dark where that is preferred.
    var svg: String {
        var parts: [String] = []
        var top = header(&parts)
        for group in groups { top = draw(group, top: top, &parts) }
        top = legend(top: top, &parts)
        let size = "width=\"\(width.fixed(0))\" height=\"\(top.fixed(0))\""
        return """
            <svg xmlns="http://www.w3.org/2000/svg" \(size) viewBox="0 0 \(width.fixed(0)) \(top.fixed(0))" role="img">
            <title>Sluice and other TLS stacks beside a C loop</title>
            <style>
            \(Self.style)
            </style>
            <rect class="ground" width="100%" height="100%"/>
            \(parts.joined(separator: "\n"))
            </svg>

            """
    }

    private static let style = """
        text { font: 12px system-ui, "Segoe UI", "DejaVu Sans", sans-serif; fill: #1f2328; }
        .strong { font-weight: 600; font-size: 13px; }
        .title { font-weight: 600; font-size: 16px; }
        .faint { fill: #59636e; }
        .figure { paint-order: stroke; stroke: #ffffff; stroke-width: 4px; stroke-linejoin: round; }
        .ground { fill: #ffffff; }
        .rule { stroke: #d1d9e0; stroke-width: 1; }
        .one { stroke: #1f2328; stroke-width: 1.5; stroke-dasharray: 3 2; }
        .whisker { stroke: #1f2328; stroke-width: 1.2; fill: none; }
        .sluice { fill: #0969da; }
        .second { fill: #6cb0f5; }
        .other { fill: #d4862a; }
        .bound { fill: #a5adb6; }
        @media (prefers-color-scheme: dark) {
        text { fill: #f0f6fc; }
        .faint { fill: #9198a1; }
        .figure { stroke: #0d1117; }
        .ground { fill: #0d1117; }
        .rule { stroke: #3d444d; }
        .one, .whisker { stroke: #f0f6fc; }
        .sluice { fill: #388bfd; }
        .second { fill: #1f5aa8; }
        .other { fill: #c9772b; }
        .bound { fill: #656c76; }
        }
        """
}

// What is drawn.
extension Chart {
    /// A work with its bars.
    private struct Group {
        let title: String
        let note: String
        let bars: [Bar]
    }

    private struct Bar {
        let label: String
        let style: String
        let ratio: Double
        /// Smallest and largest, where there were rounds.
        let range: ClosedRange<Double>?
        let figure: String
    }

    private var groups: [Group] {
        let reference = PeerKind.cLoop.rawValue
        let works = results.works.compactMap { result -> Group? in
            guard let cLoop = result.series.first(where: { $0.peer == reference }) else { return nil }
            let bars = result.series.filter { $0.peer != reference }.compactMap { series in
                series.ofCLoop.map { ratio in
                    Bar(
                        label: series.peer,
                        style: Self.style(of: series.peer),
                        ratio: ratio.median,
                        range: ratio.minimum...ratio.maximum,
                        figure: series.median.figure
                    )
                }
            }
            let title = "\(result.work.rawValue) \(result.title)"
            return Group(title: title, note: "C loop \(cLoop.median.figure) \(result.unit.rawValue)", bars: bars)
        }
        return works + (memoryGroup.map { [$0] } ?? [])
    }

    private var memoryGroup: Group? {
        guard let cLoop = results.memory.first(where: { $0.peer == PeerKind.cLoop.rawValue }) else { return nil }
        let bars = results.memory.flatMap { peer in
            let states = [
                ("", peer.asMadeOfCLoop, Optional(peer.kibibytesAsMade)),
                (", hibernated", peer.hibernatedOfCLoop, peer.kibibytesHibernated),
            ]
            return states.compactMap { state, ratio, kibibytes -> Bar? in
                guard let ratio, let kibibytes, !(peer.peer == cLoop.peer && state.isEmpty) else { return nil }
                let style = Self.style(of: peer.peer)
                return Bar(
                    label: peer.peer + state,
                    style: style,
                    ratio: ratio,
                    range: nil,
                    figure: kibibytes.fixed(1)
                )
            }
        }
        let title = "W5 \(Work.idle.title), less is better"
        return Group(title: title, note: "C loop \(cLoop.kibibytesAsMade.fixed(1)) KiB", bars: bars)
    }

    private static func style(of peer: String) -> String {
        switch PeerKind(rawValue: peer) {
        case .spans: "sluice"
        case .arrays: "second"
        case .crypto, .cLoop: "bound"
        case .nio, .python, nil: "other"
        }
    }
}

// How it is drawn. Each step takes where it starts and returns where the next one does.
extension Chart {
    private var left: Double { Layout.margin + Layout.labels }
    private var right: Double { width - Layout.margin - Layout.figures }

    private func x(_ ratio: Double) -> Double { left + (right - left) * min(ratio, ratioMax) / ratioMax }

    private func header(_ parts: inout [String]) -> Double {
        let top = Layout.margin + 16
        parts.append(text("Sluice beside a C loop on the same libssl", x: Layout.margin, y: top, "title"))
        var y = top
        for line in [results.machine.cpu, results.machine.openSSL] {
            y += 18
            parts.append(text(line, x: Layout.margin, y: y, "faint"))
        }
        return y + Layout.groupGap
    }

    private func draw(_ group: Group, top: Double, _ parts: inout [String]) -> Double {
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

    private func legend(top: Double, _ parts: inout [String]) -> Double {
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
