import ArgumentParser
import Sluice
import SluicePOSIX

/// `sluice demo`: two engines in memory, shown flight by flight.
struct DemoCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "demo",
        abstract: "A client and a server in memory: a handshake, a message each way, a clean close.",
        discussion: """
            No network, no files: two engines, and a loop that feeds each what the other drains. The drawing shows the \
            flights with their messages and bytes on the wire.

            EXAMPLES
              sluice demo
              sluice demo --tls 1.2
              sluice demo --chunk 1        every byte arrives alone; the outcome is the same
            """
    )

    @Option(help: ArgumentHelp("The version to speak.", valueName: "version"))
    var tls = VersionArgument.tls13

    @Option(help: ArgumentHelp("Cut what crosses into pieces of so many bytes.", valueName: "bytes"))
    var chunk: Int?

    func validate() throws {
        if let chunk, chunk < 1 { throw ValidationError("--chunk takes 1 or more bytes, not \(chunk).") }
    }

    func run() throws {
        try Console.reporting {
            let identity = try TLSIdentity.selfSigned(for: ["demo.test"])
            var link = try makeLink(identity)
            try converse(&link)
            try StandardStreams.print(DemoDrawing.text(of: link.flights))
            try StandardStreams.print(DemoSummary(of: &link, identity: identity).text)
        }
    }

    private func makeLink(_ identity: TLSIdentity) throws(TLSError) -> DemoLink {
        var parameters = TLSParameters()
        parameters.versions = tls.version...tls.version
        parameters.observations = [.messages, .records]
        var client = TLSClientConfiguration.client(to: "demo.test")
        client.verification = .roots(.certificates([identity.leaf]))
        client.parameters = parameters
        var server = TLSServerConfiguration.server(identity)
        server.parameters = parameters
        return DemoLink(client: try TLSEngine(client), server: try TLSEngine(server), chunk: chunk ?? .max)
    }

    /// A handshake, a question and an answer, and the close from both ends.
    private func converse(_ link: inout DemoLink) throws {
        try link.settle()
        try link.client.write(Array(Self.question.utf8))
        try link.settle("\"\(Self.question)\"")
        guard try link.server.read() == Array(Self.question.utf8) else { throw DemoFailure() }
        try link.server.write(Array(Self.answer.utf8))
        try link.settle("\"\(Self.answer)\"")
        guard try link.client.read() == Array(Self.answer.utf8) else { throw DemoFailure() }
        try link.client.close()
        try link.settle("close_notify")
        try link.server.close()
        try link.settle("close_notify")
    }

    private static let question = "Is anybody there?"
    private static let answer = "Nobody but us engines."
}

/// An end read something else than the other wrote.
private struct DemoFailure: Error, CustomStringConvertible {
    let description = "the demo's bytes arrived changed: this is a bug in Sluice"
}
