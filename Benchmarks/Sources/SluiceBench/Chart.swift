/// The ratios to the C loop as horizontal bars, one group per work.
///
///     W1 full handshakes, TLS 1.3     C loop 1,204 /s
///      Sluice, spans |█████████████├─┤ 0.981  1,181
///      swift-nio-ssl |███████├──┤      0.61   734
///                    0             1
struct Chart {
    let results: Results
    let width: Double
    /// The ratio at the right end of the scale.
    let ratioMax: Double

    enum Layout {
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
    struct Group {
        let title: String
        let note: String
        let bars: [Bar]
    }

    struct Bar {
        let label: String
        let style: String
        let ratio: Double
        /// Smallest and largest, where there were rounds.
        let range: ClosedRange<Double>?
        let figure: String
    }

    var groups: [Group] {
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
        let reference = PeerKind.cLoop.rawValue
        guard let cLoop = results.memory.first(where: { $0.peer == reference && $0.state == .asMade }) else {
            return nil
        }
        // The C loop as made is the line; with its buffers freed it isn't what the others are beside.
        let bars = results.memory.filter { $0.peer != reference }.compactMap { row in
            row.ofCLoop.map { ratio in
                Bar(
                    label: row.label,
                    style: Self.style(of: row.peer),
                    ratio: ratio,
                    range: nil,
                    figure: row.kibibytes.fixed(1)
                )
            }
        }
        let title = "W5 heap of an idle pair, less is better"
        return Group(title: title, note: "C loop \(cLoop.kibibytes.fixed(1)) KiB", bars: bars)
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
