import Fixtures
import Foundation

/// A server's directory, which its user owns: its certificate, its configuration, and whatever it stores.
struct ServerHome: Sendable {
    private let directory: TemporaryDirectory

    init() throws {
        directory = try TemporaryDirectory()
        try ServerUser.current.own(directory.path(""))
        // Copies: the user may not be let into the folder of the fixtures.
        try write(Fixtures.serverECDSA.chain, to: "chain.pem")
        try write(Fixtures.serverECDSA.key, to: "key.pem")
        try write(Fixtures.bytes("intermediate.pem"), to: "intermediate.pem")
    }

    /// The leaf and its intermediate.
    var chain: String { path("chain.pem") }
    /// The leaf's key, which nobody else may read.
    var key: String { path("key.pem") }
    /// The intermediate alone.
    var intermediate: String { path("intermediate.pem") }

    /// The path of a file in it.
    func path(_ name: String) -> String { directory.path(name) }

    /// Makes a file.
    func write(_ bytes: [UInt8], to name: String) throws {
        let path = try directory.write(bytes, to: name)
        guard chmod(path, 0o600) == 0 else { throw ProgramFailure(description: "can't protect \(path)") }
        try ServerUser.current.own(path)
    }

    /// Makes a text file. Returns its path.
    func write(_ text: String, to name: String) throws -> String {
        try write(Array(text.utf8), to: name)
        return path(name)
    }

    /// Makes a folder. Returns its path.
    func folder(_ name: String) throws -> String {
        try FileManager.default.createDirectory(atPath: path(name), withIntermediateDirectories: false)
        try ServerUser.current.own(path(name))
        return path(name)
    }

    /// What is in a file, as text.
    func text(of name: String) throws -> String {
        String(decoding: try directory.contents(of: name), as: UTF8.self)
    }
}
