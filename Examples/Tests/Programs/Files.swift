import Foundation

/// A file of the repository's test PKI.
public func certificate(_ name: String) -> String {
    #filePath.dropLast("Examples/Tests/Programs/Files.swift".count) + "Fixtures/Certificates/" + name
}

/// Options that tell an example who it is.
public let serverOptions = ["--cert", certificate("server-ecdsa.pem"), "--key", certificate("server-ecdsa.key.pem")]

/// Makes a folder for as long as `body` runs.
public func withTemporaryDirectory<Value>(_ body: (URL) async throws -> Value) async throws -> Value {
    let folder = FileManager.default.temporaryDirectory.appending(path: "sluice-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    return try await body(folder)
}

/// Bytes without a pattern that a shift would leave the same.
public func pattern(_ count: Int) -> [UInt8] {
    var state: UInt32 = 1
    return (0..<count).map { _ in
        state = state &* 1_664_525 &+ 1_013_904_223
        return UInt8(truncatingIfNeeded: state >> 24)
    }
}
