import Fixtures
import Foundation
import Sluice
import Testing

/// What Sluice makes, read by the `openssl` command line, and the other way round.
@Suite(.enabled(if: OpenSSLTool.isInstalled))
struct OpenSSLToolTests {
    @Test(arguments: PrivateKey.Generated.allCases)
    func `openssl verifies a self-signed certificate`(kind: PrivateKey.Generated) throws {
        let leaf = try TLSIdentity.selfSigned(for: ["a.test", "192.0.2.1"], key: kind).leaf
        try OpenSSLTool.withFile(leaf.pem) { path in
            let answer = try OpenSSLTool.run([
                "verify", "-x509_strict", "-CAfile", path, "-verify_hostname", "a.test", path,
            ])
            #expect(answer.contains("\(path): OK"), "\(answer)")
        }
    }

    @Test(arguments: PrivateKey.Generated.allCases)
    func `openssl reads a generated key and finds it sound`(kind: PrivateKey.Generated) throws {
        try OpenSSLTool.withFile(PrivateKey.generate(kind).dangerouslyExportedPEM()) { path in
            let answer = try OpenSSLTool.run(["pkey", "-check", "-noout", "-in", path])
            #expect(answer.contains("Key is valid") || kind == .ed25519, "\(answer)")
        }
    }

    @Test func `openssl tells the same facts of a certificate`() throws {
        let leaf = try Certificate.certificates(pem: Fixtures.serverECDSA.chain)[0]
        let path = Fixtures.serverECDSA.chainPath
        let answer = try OpenSSLTool.run([
            "x509", "-noout", "-in", path, "-nameopt", "RFC2253", "-subject", "-issuer", "-serial", "-fingerprint",
            "-sha256",
        ])
        #expect(answer.contains("subject=\(leaf.subject)"))
        #expect(answer.contains("issuer=\(leaf.issuer)"))
        #expect(answer.contains("serial=\(leaf.serialNumber.uppercased())"))
        #expect(answer.contains("Fingerprint=\(leaf.fingerprint)"))
    }
}

/// The `openssl` command.
enum OpenSSLTool {
    static let isInstalled = (try? run(["version"]))?.hasPrefix("OpenSSL") ?? false

    /// What the command prints, on both of its outputs.
    static func run(_ arguments: [String]) throws -> String {
        let process = Process()
        let output = Pipe()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = ["openssl"] + arguments
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = output
        process.standardError = output
        try process.run()
        let answer = try output.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        return String(decoding: answer, as: UTF8.self)
    }

    /// Lends a file with this text.
    static func withFile(_ text: String, _ body: (String) throws -> Void) throws {
        let file = FileManager.default.temporaryDirectory.appending(path: "sluice-\(UUID().uuidString).pem")
        try Data(text.utf8).write(to: file)
        defer { try? FileManager.default.removeItem(at: file) }
        try body(file.path)
    }
}
