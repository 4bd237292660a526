import Fixtures

/// What listens, for those that connect: it lives as long as its value.
protocol Listening {
    /// Where it listens: `127.0.0.1:40123`.
    var address: String { get }
}

extension Listening {
    /// The port of the address.
    var port: String { String(address.split(separator: ":").last ?? "") }
}

/// A `sluice serve` on a port that the system chose, or at a path.
struct SluiceServer: Listening {
    /// The program.
    let program: Program
    /// Where it listens, as it says itself: `127.0.0.1:40123`, `/tmp/a.socket`.
    let address: String

    /// Starts a server, on 127.0.0.1 if not at a path, and waits until it listens.
    init(
        _ arguments: [String],
        identity: Fixtures.Identity? = Fixtures.serverECDSA,
        path: String? = nil,
        environment: [String: String?] = [:]
    ) throws {
        let credentials = identity.map { ["--cert", $0.chainPath, "--key", $0.keyPath] } ?? []
        let place = path.map { ["--unix", $0] } ?? ["--listen", "127.0.0.1:0"]
        program = try Program.sluice(["serve"] + place + credentials + arguments, environment: environment)
        address = try program.line(beginningWith: "listening on ")
    }

    /// Asks it to finish, and waits until it has.
    func stop() throws -> Program.Outcome {
        program.signal(15)
        return try program.finish()
    }
}
