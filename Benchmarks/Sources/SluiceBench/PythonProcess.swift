import Foundation

/// A `python3` that runs `peer.py`: takes one command a line, answers one line of JSON.
final class PythonProcess {
    private static let peer = "Python"
    /// The system's own first: it is linked to the libssl that the other peers have.
    private static let interpreters = ["/usr/bin/python3", "/usr/local/bin/python3", "/opt/homebrew/bin/python3"]
    /// Read by libssl when Python imports it. TLS 1.2 needs the certificate's curve among the groups too.
    private static let configuration = """
        openssl_conf = main
        [main]
        ssl_conf = ssl
        [ssl]
        system_default = peers
        [peers]
        Ciphersuites = TLS_AES_128_GCM_SHA256
        Groups = X25519:P-256

        """

    private let process = Process()
    private let commands = Pipe()
    private let answers = Pipe()
    private var unread = Data()

    /// Starts it and hears what it is.
    ///
    /// - Parameters:
    ///   - material: Written to files for a moment.
    ///   - environment: Added to this process's own.
    /// - Throws: `PeerFailure` where there is no Python, or one without a usable `ssl`.
    init(_ material: Material, environment: [String: String] = [:]) throws {
        let isThere = FileManager.default.isExecutableFile(atPath:)
        guard let interpreter = Self.interpreters.first(where: isThere) else {
            throw PeerFailure(peer: Self.peer, words: "there is no \(Self.interpreters[0])")
        }
        // Python has read everything by the time it answers, so the folder is gone when this returns.
        let folder = FileManager.default.temporaryDirectory.appending(path: "sluice-bench-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: folder) }
        try Self.write(material, to: folder)
        process.executableURL = URL(filePath: interpreter)
        process.arguments =
            [URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Python/peer.py").path]
            + [folder.path]
        process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
            .merging(["OPENSSL_CONF": folder.appending(path: "openssl.cnf").path]) { $1 }
        process.standardInput = commands
        process.standardOutput = answers
        // A Python that ended must not end this process: writes then fail with words.
        signal(SIGPIPE, SIG_IGN)
        do {
            try process.run()
        } catch {
            throw PeerFailure(peer: Self.peer, words: "\(interpreter) could not be started: \(error)")
        }
        version = try ask("hello")
    }

    /// "Python 3.11.2, OpenSSL 3.0.19 27 Jan 2026".
    private(set) var version = ""

    deinit {
        // The end of its commands is the end of it.
        try? commands.fileHandleForWriting.close()
        if process.isRunning { process.waitUntilExit() }
    }

    /// Has a method of `peer.py` run.
    ///
    /// - Parameters:
    ///   - method: Its name.
    ///   - arguments: Numbers, texts and Booleans.
    /// - Returns: What the method returned.
    /// - Throws: `PeerFailure` with what it raised, or that Python has ended.
    func ask<Value: Decodable>(_ method: String, _ arguments: Any...) throws -> Value {
        let command = try JSONSerialization.data(withJSONObject: [method] + arguments) + Data("\n".utf8)
        do {
            try commands.fileHandleForWriting.write(contentsOf: command)
        } catch {
            throw PeerFailure(peer: Self.peer, words: "the process has ended")
        }
        let answer = try JSONDecoder().decode(Answer<Value>.self, from: line())
        guard let value = answer.value else {
            throw PeerFailure(peer: Self.peer, words: "\(method): \(answer.failure ?? "no value")")
        }
        return value
    }

    private struct Answer<Value: Decodable>: Decodable {
        let value: Value?
        let failure: String?
    }

    private func line() throws -> Data {
        while true {
            if let end = unread.firstIndex(of: UInt8(ascii: "\n")) {
                defer { unread = Data(unread[(end + 1)...]) }
                return Data(unread[..<end])
            }
            let more = answers.fileHandleForReading.availableData
            if more.isEmpty { throw PeerFailure(peer: Self.peer, words: "the process has ended") }
            unread += more
        }
    }

    private static func write(_ material: Material, to folder: URL) throws {
        try FileManager.default.createDirectory(
            at: folder,
            withIntermediateDirectories: false,
            attributes: [.posixPermissions: 0o700]
        )
        let texts = [
            "openssl.cnf": configuration, "chain.pem": material.chain, "key.pem": material.key,
            "root.pem": material.root, "other_root.pem": material.otherRoot,
        ]
        for (name, text) in texts { try Data(text.utf8).write(to: folder.appending(path: name)) }
    }
}
