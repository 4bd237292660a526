import Foundation

/// A process that hears what a service tells systemd: Python, as systemd's stand-in.
final class NotifySocket: Sendable {
    /// For `NOTIFY_SOCKET`.
    let name: String

    private let process = Process()
    private let output = Pipe()

    /// Binds a name, of a path or behind `@`, to hear so many messages. Python takes its time to start.
    static func hearing(at name: String, count: Int) async throws -> NotifySocket {
        try await offPool { try NotifySocket(name, count: count) }
    }

    private init(_ name: String, count: Int) throws {
        self.name = name
        let script = """
            import json, socket, sys
            heard = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
            heard.settimeout(30)
            heard.bind(sys.argv[1].replace("@", "\\0", 1) if sys.argv[1][0] == "@" else sys.argv[1])
            print("ready", flush=True)
            for _ in range(int(sys.argv[2])):
                print(json.dumps(heard.recv(65536).decode()), flush=True)
            """
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = ["python3", "-c", script, name, String(count)]
        process.standardOutput = output
        try process.run()
        _ = line()
    }

    /// All that it heard, when it has heard as many messages as it waits for.
    func messages() async throws -> [String] {
        try await offPool { try self.readMessages() }
    }

    private func readMessages() throws -> [String] {
        let rest = try output.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        return try String(decoding: rest, as: UTF8.self).split(separator: "\n").map { line in
            try JSONDecoder().decode(String.self, from: Data(line.utf8))
        }
    }

    private func line() -> String {
        var bytes: [UInt8] = []
        while let byte = try? output.fileHandleForReading.read(upToCount: 1)?.first, byte != UInt8(ascii: "\n") {
            bytes.append(byte)
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
