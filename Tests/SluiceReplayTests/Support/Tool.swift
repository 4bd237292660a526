import Foundation

/// A program of Wireshark's (Debian's package `tshark`, which brings `wireshark-common`), run to its end.
struct Tool {
    static let tshark = Tool(name: "tshark")
    static let editcap = Tool(name: "editcap")
    static let mergecap = Tool(name: "mergecap")
    static let capinfos = Tool(name: "capinfos")

    /// Whether all of them are there.
    static let areInstalled = [tshark, editcap, mergecap, capinfos].allSatisfy { (try? $0.run(["--version"])) != nil }

    private let name: String

    /// What it writes to standard output.
    @discardableResult
    func run(_ arguments: [String]) throws -> String {
        let process = Process()
        let output = Pipe()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = [name] + arguments
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = output
        process.standardError = FileHandle.nullDevice
        try process.run()
        let answer = try output.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        guard process.terminationStatus == 0 else { throw ToolFailure(name: name, status: process.terminationStatus) }
        return String(decoding: answer, as: UTF8.self)
    }
}

/// A program that ended badly, or isn't there.
struct ToolFailure: Error {
    let name: String
    let status: Int32
}

/// Lends a folder that is gone afterwards.
func withTemporaryFolder<R>(_ body: (URL) throws -> R) throws -> R {
    let folder = FileManager.default.temporaryDirectory.appending(path: "sluice-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: false)
    defer { try? FileManager.default.removeItem(at: folder) }
    return try body(folder)
}
