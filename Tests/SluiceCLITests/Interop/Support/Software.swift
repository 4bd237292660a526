import Foundation
import Testing

/// A program that the tests may need.
struct Software: Sendable {
    /// What is started.
    let executable: String
    /// Where it is from.
    let debianPackage: String

    static let openssl = Software(executable: "openssl", debianPackage: "openssl")
    static let gnutlsClient = Software(executable: "gnutls-cli", debianPackage: "gnutls-bin")
    static let gnutlsServer = Software(executable: "gnutls-serv", debianPackage: "gnutls-bin")
    static let nginx = Software(executable: "nginx", debianPackage: "nginx-light")
    static let curl = Software(executable: "curl", debianPackage: "curl")
    static let go = Software(executable: "go", debianPackage: "golang-go")
    static let python = Software(executable: "python3", debianPackage: "python3")
    static let node = Software(executable: "node", debianPackage: "nodejs")
    static let java = Software(executable: "java", debianPackage: "default-jdk-headless")
    static let javac = Software(executable: "javac", debianPackage: "default-jdk-headless")

    static let socat = Software(executable: "socat", debianPackage: "socat")
    static let tinyproxy = Software(executable: "tinyproxy", debianPackage: "tinyproxy-bin")
    static let bash = Software(executable: "bash", debianPackage: "bash")
    static let script = Software(executable: "script", debianPackage: "bsdutils")
    static let promtool = Software(executable: "promtool", debianPackage: "prometheus")
    static let systemdSocketActivate = Software(executable: "systemd-socket-activate", debianPackage: "systemd")
    static let prlimit = Software(executable: "prlimit", debianPackage: "util-linux")
    static let faketime = Software(executable: "faketime", debianPackage: "faketime")

    /// Where it is, or nil if it isn't installed. Debian keeps servers where only root's `PATH` looks. What is named by
    /// its whole path may be no program: a module, say.
    var path: String? {
        if executable.hasPrefix("/") { return FileManager.default.fileExists(atPath: executable) ? executable : nil }
        let folders = (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":").map { String($0) }
        return (folders + ["/usr/sbin", "/usr/local/sbin"]).map { "\($0)/\(executable)" }
            .first { FileManager.default.isExecutableFile(atPath: $0) }
    }

    /// Starts it.
    func start(_ arguments: [String], environment: [String: String?] = [:]) throws -> Program {
        try Program(path ?? executable, arguments, environment: ["SSLKEYLOGFILE": nil].merging(environment) { $1 })
    }

    /// Runs it to its end with this on its standard input.
    func run(
        _ arguments: [String],
        input: [UInt8] = [],
        environment: [String: String?] = [:]
    ) throws -> Program.Outcome {
        let program = try start(arguments, environment: environment)
        program.write(input)
        program.closeInput()
        return try program.finish()
    }
}

extension Trait where Self == ConditionTrait {
    /// Skips what can't be tried without this program.
    static func needs(_ software: Software) -> Self {
        .enabled(if: software.path != nil, "\(software.executable) isn't installed: Debian's \(software.debianPackage)")
    }
}
