import Foundation
import SluicePOSIX
import Testing

struct FilesTests {
    @Test func `a file is read whole`() throws {
        let directory = try TemporaryDirectory()
        let bytes = pattern(200_000)
        try Data(bytes).write(to: URL(fileURLWithPath: directory.path("file")))
        #expect(try Files.read(directory.path("file")) == bytes)
    }

    @Test func `a file that isn't there is named`() throws {
        let error = #expect(throws: TransportError.self) { _ = try Files.read("/no/such/file") }
        #expect(error?.code == .fileNotFound && error?.fault == .caller)
        #expect(error?.description == "can't read /no/such/file: No such file or directory")
    }

    @Test func `a directory is no file`() throws {
        let directory = try TemporaryDirectory()
        #expect(throws: TransportError.self) { _ = try Files.read(directory.path("")) }
        #expect(Files.isDirectory(directory.path("")) && !Files.isDirectory(directory.path("none")))
    }

    @Test func `a file beyond the bound is refused, and one without an end, too`() throws {
        let error = #expect(throws: TransportError.self) { _ = try Files.read("/dev/zero", bytesMax: 100_000) }
        #expect(error?.code == .fileTooLarge)
        #expect(error?.description.contains("/dev/zero") == true)
    }

    @Test func `a secret is for its owner alone, and replaces the one before`() throws {
        let directory = try TemporaryDirectory()
        let path = directory.path("secret")
        try Data([9, 9, 9]).write(to: URL(fileURLWithPath: path))
        try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: path)
        try Files.replace(path, withSecret: [1, 2])
        #expect(try Files.read(path) == [1, 2])
        #expect(try directory.mode(of: "secret") == 0o600)
        #expect(try directory.names() == ["secret"])
    }

    @Test func `a secret that can't be kept is named`() throws {
        let error = #expect(throws: TransportError.self) { try Files.replace("/no/such/secret", withSecret: [1]) }
        #expect(error?.description == "can't write /no/such/secret: No such file or directory")
    }

    @Test func `a log is appended to, and for its owner alone if it is new`() throws {
        let directory = try TemporaryDirectory()
        for line in ["one\n", "two\n"] {
            try Files.openSecretLog(directory.path("log")).writeAll(Array(line.utf8))
        }
        #expect(try Files.read(directory.path("log")) == Array("one\ntwo\n".utf8))
        #expect(try directory.mode(of: "log") == 0o600)
    }
}
