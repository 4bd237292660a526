import SluicePOSIX

/// How far a long work is, on the last line of a terminal's standard error.
struct ProgressBar {
    private let total: Int
    private let isShown: Bool
    private var isDrawn = false

    /// A bar for so many pieces of work. One that nobody watches isn't shown.
    init(total: Int, isShown: Bool) {
        self.total = total
        self.isShown = isShown
    }

    /// Draws the bar.
    mutating func show(_ done: Int, failed: Int) {
        guard isShown, total > 0 else { return }
        StandardStreams.printError(Self.text(done, of: total, failed: failed))
        isDrawn = true
    }

    /// Takes the bar away, for a line of output.
    mutating func clear() {
        guard isDrawn else { return }
        StandardStreams.printError("\r\u{1b}[K")
        isDrawn = false
    }

    /// `[##########          ] 30 of 60, 2 failed`, which replaces the line that it is on.
    static func text(_ done: Int, of total: Int, failed: Int) -> String {
        let filled = total > 0 ? min(done, total) * width / total : 0
        let bar = String(repeating: "#", count: filled) + String(repeating: " ", count: width - filled)
        return "\r[\(bar)] \(done) of \(total)" + (failed > 0 ? ", \(failed) failed" : "")
    }

    private static let width = 40
}
