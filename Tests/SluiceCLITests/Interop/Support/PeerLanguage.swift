import Foundation
import Testing

/// A language that the peer program of `Peers/` is written in, each with a TLS stack of its own.
enum PeerLanguage: String, CaseIterable, CustomTestStringConvertible {
    case go, python, node, java

    var testDescription: String { rawValue }

    /// What it needs.
    private var software: Software {
        switch self {
        case .go: .go
        case .python: .python
        case .node: .node
        case .java: .javac
        }
    }

    /// Starts the peer program. The test is cancelled if its language isn't installed.
    func start(role: String, _ settings: [String: String]) throws -> Program {
        guard software.path != nil else {
            try Test.cancel("\(self) isn't installed: Debian's \(software.debianPackage)")
        }
        let words = (["role": role].merging(settings) { $1 }).map { "\($0)=\($1)" }
        switch self {
        case .go: return try Program(goProgram.get(), words)
        case .python: return try Software.python.start(["\(peersFolder)/peer.py"] + words)
        case .node: return try Software.node.start(["\(peersFolder)/peer.js"] + words)
        // A client of a moment needs no second compiler and no heap worth the name: this halves the time it takes.
        case .java:
            return try Software.java.start(
                ["-XX:TieredStopAtLevel=1", "-Xshare:auto", "-cp", javaClasses.get(), "Peer"] + words
            )
        }
    }
}

/// Where the sources are: they are run from there, and no resources of the test bundle.
private let peersFolder =
    URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent().path + "/Peers"

private func sources(_ folder: String, _ suffix: String) throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: "\(peersFolder)/\(folder)").sorted()
        .filter { $0.hasSuffix(suffix) }.map { "\(peersFolder)/\(folder)/\($0)" }
}

/// Compiled programs of this run. Globals are never freed, so the directory is removed at the exit.
private let built: Result<TemporaryDirectory, any Error> = Result {
    atexit { if let path = try? built.get().path("") { try? FileManager.default.removeItem(atPath: path) } }
    return try TemporaryDirectory()
}

private let goProgram = Result {
    let program = try built.get().path("go-peer")
    return try compile(.go, ["build", "-o", program] + sources("go", ".go"), to: program)
}

private let javaClasses = Result {
    let classes = try built.get().path("java")
    return try compile(.javac, ["-d", classes] + sources("java", ".java"), to: classes)
}

private func compile(_ compiler: Software, _ arguments: [String], to product: String) throws -> String {
    let program = try compiler.start(arguments)
    program.closeInput()
    let outcome = try program.finish(within: .seconds(120))
    guard outcome.status == 0 else { throw ProgramFailure(description: "\(compiler.executable): \(outcome.errors)") }
    return product
}

// What the stacks can't tell.
extension PeerLanguage {
    /// Python has OpenSSL's names for the suites of TLS 1.2.
    var namesSuitesLikeOpenSSL: Bool { self == .python }

    /// JSSE gives a server's name to matchers only.
    var tellsNoServerName: Bool { self == .java }

    /// libssl sends the alert of a client that doesn't take a TLS 1.3 server's certificate in plaintext
    /// (openssl/openssl#27809). Only libssl's own servers read it.
    func readsPlaintextAlert(of version: SpokenVersion) -> Bool {
        version == .tls12 || self == .python || self == .node
    }

    /// Node takes TCP's end for close_notify.
    var tellsNoTruncation: Bool { self == .node }
}
