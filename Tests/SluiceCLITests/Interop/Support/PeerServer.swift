import Fixtures

/// The peer program as a server.
struct PeerServer: Listening {
    private let program: Program
    /// Where it listens.
    let address: String

    /// Starts it with an identity, and waits until it listens.
    init(
        _ language: PeerLanguage,
        does: String,
        identity: Fixtures.Identity = Fixtures.serverECDSA,
        _ settings: [String: String] = [:]
    ) throws {
        let own = ["does": does, "cert": identity.chainPath, "key": identity.keyPath]
        program = try language.start(role: "server", own.merging(settings) { $1 })
        let port = try program.line(beginningWith: "listening\tport=")
        address = "127.0.0.1:\(port)"
    }

    /// Lets it finish its connections. Returns what it saw.
    func finish() throws -> [PeerReport] {
        program.closeInput()
        return PeerReport.reports(in: try program.finish().output)
    }
}

extension PeerLanguage {
    /// Runs the peer program as a client to its end. Returns what it saw.
    func connect(
        to server: some Listening,
        does: String,
        trusting roots: String = Fixtures.path("root.pem"),
        _ settings: [String: String] = [:],
        within limit: Duration = .seconds(60)
    ) throws -> [PeerReport] {
        let own = ["connect": server.address, "name": "localhost", "ca": roots, "does": does]
        let program = try start(role: "client", own.merging(settings) { $1 })
        program.closeInput()
        return PeerReport.reports(in: try program.finish(within: limit).output)
    }
}
