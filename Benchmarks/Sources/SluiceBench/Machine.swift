import CLibSSL
import Foundation

/// Where figures come from.
struct Machine: Codable {
    let cpu: String
    let cores: Int
    let kernel: String
    let openSSL: String
    let swift: String

    static func current() throws -> Machine {
        let cpuInfo = try String(contentsOfFile: "/proc/cpuinfo", encoding: .utf8)
        let model = cpuInfo.split(separator: "\n").first { $0.hasPrefix("model name") }
        let kernel = try String(contentsOfFile: "/proc/sys/kernel/osrelease", encoding: .utf8)
        // The compiler that is on PATH: a program doesn't know what built it.
        let swift = try? Child.output(of: "/usr/bin/env", ["swiftc", "--version"])
        return Machine(
            cpu: model?.split(separator: ":").last.map { $0.trimmingCharacters(in: .whitespaces) } ?? "unknown",
            cores: ProcessInfo.processInfo.processorCount,
            kernel: kernel.trimmingCharacters(in: .whitespacesAndNewlines),
            openSSL: String(cString: OpenSSL_version(OPENSSL_VERSION)),
            swift: swift.flatMap { String(decoding: $0, as: UTF8.self).split(separator: "\n").first.map(String.init) }
                ?? "unknown"
        )
    }
}
