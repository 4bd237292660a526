import ArgumentParser
import Foundation

/// Draws the chart of an earlier run.
struct DrawChart: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "chart",
        abstract: "Draw the chart of results that --json wrote."
    )

    @Argument(help: "What --json wrote.")
    var results: String

    @Argument(help: "The SVG to write.")
    var svg: String

    @Option(help: "Width in pixels, 480 at least.")
    var width = 760

    func validate() throws {
        guard width >= 480 else { throw ValidationError("The chart needs 480 pixels.") }
    }

    func run() throws {
        let decoded = try JSONDecoder().decode(Results.self, from: Data(contentsOf: URL(fileURLWithPath: results)))
        try Data(Chart(decoded, width: width).svg.utf8).write(to: URL(fileURLWithPath: svg))
    }
}
