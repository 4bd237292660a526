import Fixtures
import Foundation
import Sluice
import SluiceOpenSSL
import Testing

struct TrustRootsTests {
    private static func reason(under roots: TrustRoots) throws -> VerificationFailure.Reason? {
        let chain = try Certificate.certificates(pem: Fixtures.serverECDSA.chain)
        return try failure(of: chain, under: roots, VerificationParameters())?.reason
    }

    @Test(arguments: ["root.pem", "root.der"])
    func `a file of PEM or DER gives its roots`(name: String) throws {
        #expect(try Self.reason(under: .file(Fixtures.path(name))) == nil)
    }

    @Test func `a directory gives the roots in all of its files`() throws {
        #expect(try Self.reason(under: .directory(Fixtures.directory)) == nil)
    }

    @Test func `a directory with hashed names gives what they lead to, and nothing else`() throws {
        let directory = FileManager.default.temporaryDirectory.appending(path: "sluice-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: directory) }
        try Data(Fixtures.root).write(to: directory.appending(path: "root.pem"))
        try Data(Fixtures.stranger).write(to: directory.appending(path: "0123abcd.0"))
        #expect(try Self.reason(under: .directory(directory.path)) == .unableToGetLocalIssuer)
        try Data(Fixtures.root).write(to: directory.appending(path: "0123abcd.1"))
        #expect(try Self.reason(under: .directory(directory.path)) == nil)
    }

    @Test func `roots add up`() throws {
        let stranger = try TrustRoots.pem(Fixtures.stranger)
        #expect(try Self.reason(under: stranger) == .unableToGetLocalIssuer)
        #expect(try Self.reason(under: stranger.adding(.pem(Fixtures.root))) == nil)
        #expect(try Self.reason(under: .certificates([])) == .unableToGetLocalIssuer)
    }

    @Test(arguments: [
        TrustRoots.file("/nowhere/roots.pem"), .file(Fixtures.path("server-ecdsa.key.pem")), .file("/"), .file(""),
        .directory("/nowhere"), .directory("/proc/self/fd/0"),
    ])
    func `what can't be read is refused when the store is made`(roots: TrustRoots) {
        expect(.invalidConfiguration) { try roots.makeStore() }
    }

    @Test(.enabled(if: FileManager.default.fileExists(atPath: "/etc/ssl/certs/ca-certificates.crt")))
    func `the system's roots are there and trust nobody of ours`() throws {
        #expect(try Self.reason(under: .system) == .unableToGetLocalIssuer)
    }
}
