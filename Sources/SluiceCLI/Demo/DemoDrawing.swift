/// The drawing of what crossed in the demo.
enum DemoDrawing {
    private static let ladder = Ladder(width: 68, margin: 2)

    /// The drawing.
    static func text(of flights: [Flight]) -> String {
        let rungs = flights.flatMap { [ladder.rung()] + lines(of: $0) }
        let ends = ladder.ends(client: "client", server: "server")
        return ([ends] + rungs + [ladder.rung()]).joined(separator: "\n") + "\n"
    }

    private static func lines(of flight: Flight) -> [String] {
        let pieces = flight.pieceCount == 1 ? "" : " in \(flight.pieceCount) pieces"
        let label = "\(flight.byteCount) bytes\(pieces)"
        return ladder.rungs(flight.contents, by: flight.sender) + [ladder.arrow(from: flight.sender, label)]
    }
}
