import Fixtures
import Foundation
import Sluice
import SluiceProxyService

/// A folder for a configuration and its files, which is removed at the end.
final class ConfigurationFolder: Sendable {
    /// Where it is, with a slash at the end.
    let path: String

    /// A folder with copies of some of the test certificates and keys, for their owner alone.
    init(_ fixtures: String...) throws {
        path = FileManager.default.temporaryDirectory.path + "/sluice-" + UUID().uuidString + "/"
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: false)
        for name in fixtures { try write(name, Fixtures.bytes(name)) }
    }

    deinit {
        try? FileManager.default.removeItem(atPath: path)
    }

    /// Writes a file.
    func write(_ name: String, _ bytes: [UInt8], permissions: Int = 0o600) throws {
        try Data(bytes).write(to: URL(fileURLWithPath: path + name))
        try FileManager.default.setAttributes([.posixPermissions: permissions], ofItemAtPath: path + name)
    }

    /// Loads a configuration of this folder.
    func load(
        _ text: String,
        at now: UnixTime = UnixTime(secondsSince1970: Fixtures.now),
        ticketKeys: [String: [SessionTicketKey]] = [:]
    ) throws(ConfigurationError) -> LoadedConfiguration {
        let document = try ConfigurationDocument(yaml: Array(text.utf8), path: path + "proxy.yaml")
        return try LoadedConfiguration(document, at: now, ticketKeys: ticketKeys)
    }

    /// What is wrong with a configuration of this folder, a line each, without the folder.
    func problems(_ text: String) -> [String] {
        do throws(ConfigurationError) {
            _ = try load(text)
            return []
        } catch {
            return error.problems.map { withoutFolder($0) }
        }
    }

    /// What a configuration of this folder is warned of, likewise.
    func warnings(_ text: String, at now: UnixTime = UnixTime(secondsSince1970: Fixtures.now)) throws -> [String] {
        try load(text, at: now).warnings.map { withoutFolder($0) }
    }

    private func withoutFolder(_ problem: ConfigurationProblem) -> String {
        problem.description.replacingOccurrences(of: path, with: "")
    }
}

extension ConfigurationFolder {
    /// Has `openssl ocsp` write what an authority that signed itself says of itself.
    func writeOCSPResponse(_ name: String, of identity: String, days: Int) throws {
        try write("index.txt", [])
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = [
            "openssl", "ocsp", "-index", path + "index.txt", "-rsigner", "\(path)\(identity).pem", "-rkey",
            "\(path)\(identity).key.pem", "-CA", "\(path)\(identity).pem", "-issuer", "\(path)\(identity).pem", "-cert",
            "\(path)\(identity).pem", "-ndays", "\(days)", "-respout", path + name, "-noverify",
        ]
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        try process.run()
        process.waitUntilExit()
    }
}
