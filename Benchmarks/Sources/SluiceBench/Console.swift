import Foundation

/// Where tables and progress go.
struct Console {
    private let output: FileHandle
    private let isProgressShown: Bool

    /// - Parameter isStandardOutputTaken: Whether tables have to go to standard error.
    init(isStandardOutputTaken: Bool) {
        output = isStandardOutputTaken ? .standardError : .standardOutput
        isProgressShown = isatty(FileHandle.standardError.fileDescriptor) == 1
    }

    func print(_ line: String) {
        output.write(Data((line + "\n").utf8))
    }

    /// Replaces the line of progress, on a terminal.
    func showProgress(_ words: String) {
        if isProgressShown { FileHandle.standardError.write(Data("\r\u{1B}[K\(words)".utf8)) }
    }

    func clearProgress() { showProgress("") }

    /// Prints rows below each other, the first column to the left and the others to the right.
    private func table(_ rows: [[String]]) {
        let widths = rows[0].indices.map { column in rows.map { $0[column].count }.max() ?? 0 }
        for row in rows {
            let cells = row.indices.map { column in
                let padding = String(repeating: " ", count: widths[column] - row[column].count)
                return column == 0 ? row[column] + padding : padding + row[column]
            }
            print("  " + cells.joined(separator: "  "))
        }
    }
}

extension Console {
    func show(_ result: WorkResult) {
        print("\n\(result.work.rawValue)  \(result.title), \(result.unit.rawValue)")
        let rows = result.series.map { series in
            [
                series.peer, series.median.figure, (series.spread * 100).fixed(1) + " %",
                series.ofCLoop?.median.fixed(3) ?? "-",
                series.ofCLoop.map { "\($0.minimum.fixed(3))…\($0.maximum.fixed(3))" } ?? "-",
            ]
        }
        table([["", "median", "spread", "of C loop", "min…max"]] + rows)
    }

    func show(_ memory: [MemoryResult], pairs: Int) {
        guard !memory.isEmpty else { return }
        print("\nW5  \(Work.idle.title), \(pairs) pairs, KiB (less is better; ratios to the C loop as made)")
        let rows = memory.map { row in
            [
                row.label, row.kibibytes.fixed(1), row.ofCLoop?.fixed(3) ?? "-",
                row.residentKibibytes?.fixed(1) ?? "-", row.residentOfCLoop?.fixed(3) ?? "-",
            ]
        }
        table([["", "heap", "of C loop", "resident", "of C loop"]] + rows)
    }

    func show(_ allocations: [AllocationResult]) {
        guard !allocations.isEmpty else { return }
        print("\nAllocations per record in steady state (the rest of swift-nio-ssl holds its BoringSSL's)")
        let rows = allocations.map { result in
            let records = result.work == .bulk16K ? "16 KiB" : "64 bytes"
            return [result.peer, records, result.all.fixed(2), result.openSSL.fixed(2), result.rest.fixed(2)]
        }
        table([["", "record", "all", "OpenSSL's", "the rest"]] + rows)
    }

    /// The ratios at a glance, then what they are to be.
    func showSummary(_ results: Results) {
        let peers = PeerKind.allCases.filter { kind in
            results.works.contains { $0.series.contains { $0.peer == kind.rawValue } }
        }
        if peers.contains(.cLoop) {
            print("\nRatios to the C loop (more is better)")
            let rows = results.works.map { result in
                [result.work.rawValue] + peers.map { result.ratio(of: $0, to: .cLoop)?.median.fixed(3) ?? "-" }
            }
            table([[""] + peers.map(\.rawValue)] + rows)
        }
        let targets = Target.all.filter { target in
            PeerKind.sluice.contains { target.verdict(on: $0, in: results) != nil }
        }
        guard !targets.isEmpty else { return }
        print("\nTargets")
        let rows = targets.map { target in
            [target.words]
                + PeerKind.sluice.map { peer in
                    target.verdict(on: peer, in: results).map { "\($0.ratio.fixed(3)) \($0.isMet ? "met" : "missed")" }
                        ?? "-"
                }
        }
        table([[""] + PeerKind.sluice.map(\.rawValue)] + rows)
    }
}

extension MemoryResult {
    /// "Sluice, spans", "Sluice, spans, hibernated".
    var label: String { state == .asMade ? peer : "\(peer), \(state.rawValue)" }
}

extension Double {
    /// With some digits behind the point.
    func fixed(_ digits: Int) -> String { String(format: "%.\(digits)f", self) }

    /// Whole, with commas between the thousands; with a digit behind the point below 100.
    var figure: String {
        guard self >= 100 else { return fixed(1) }
        var digits = String(Int(rounded()))
        for place in stride(from: digits.count - 3, to: 0, by: -3) {
            digits.insert(",", at: digits.index(digits.startIndex, offsetBy: place))
        }
        return digits
    }
}
