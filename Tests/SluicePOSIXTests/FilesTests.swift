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

    @Test func `a name that isn't UTF-8 is said to be the reason`() throws {
        let name = String(decoding: [UInt8](arrayLiteral: 0x2f, 0x6c, 0xe9), as: UTF8.self)
        let error = #expect(throws: TransportError.self) { _ = try Files.read(name) }
        #expect(error?.code == .fileNotFound && error?.description.contains("isn't UTF-8") == true)
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

    @Test func `a tree is listed in order, without its links to directories`() throws {
        let directory = try TemporaryDirectory()
        let root = directory.path("tree")
        for folder in ["tree", "tree/b", "tree/b/deep", "tree/a.txt"] {
            try FileManager.default.createDirectory(atPath: directory.path(folder), withIntermediateDirectories: true)
        }
        for file in ["z.txt", "b/one.txt", "b/deep/two.txt", "b/other", "a.txt/in.txt"] {
            try Data().write(to: URL(fileURLWithPath: root + "/" + file))
        }
        try FileManager.default.createSymbolicLink(atPath: root + "/b/loop.txt", withDestinationPath: root + "/z.txt")
        try FileManager.default.createSymbolicLink(atPath: root + "/b/up", withDestinationPath: root)
        let expected = ["a.txt/in.txt", "b/deep/two.txt", "b/loop.txt", "b/one.txt", "z.txt"].map { root + "/" + $0 }
        #expect(try Files.paths(below: root, endingIn: ".txt") == expected)
        #expect(try Files.paths(below: root + "/", endingIn: ".txt") == expected)
    }

    @Test func `a tree's pipes and links to directories are no files, a link to nowhere is told`() throws {
        let directory = try TemporaryDirectory()
        let root = directory.path("tree")
        try FileManager.default.createDirectory(atPath: root + "/folder", withIntermediateDirectories: true)
        #expect(mkfifo(root + "/pipe.txt", 0o600) == 0)
        try FileManager.default.createSymbolicLink(atPath: root + "/link.txt", withDestinationPath: root + "/folder")
        try FileManager.default.createSymbolicLink(atPath: root + "/nowhere.txt", withDestinationPath: root + "/none")
        #expect(try Files.paths(below: root, endingIn: ".txt") == [root + "/nowhere.txt"])
    }

    @Test func `a tree that isn't there or has no bound is refused`() throws {
        let missing = #expect(throws: TransportError.self) { try Files.paths(below: "/no/such", endingIn: "") }
        #expect(missing?.code == .fileNotFound && missing?.description.contains("/no/such") == true)
        let large = #expect(throws: TransportError.self) { try Files.paths(below: "/dev", endingIn: "", countMax: 3) }
        #expect(large?.code == .fileTooLarge)
    }

    @Test func `a new secret is its owner's alone, and no other file`() throws {
        let directory = try TemporaryDirectory()
        let path = directory.path("secret")
        try Files.create(path, withSecret: [1, 2])
        #expect(try Files.read(path) == [1, 2])
        #expect(try directory.mode(of: "secret") == 0o600)
        let present = #expect(throws: TransportError.self) { try Files.create(path, withSecret: [3]) }
        #expect(present?.description == "can't make \(path): it is there already; name another file, or remove it")
        #expect(try Files.read(path) == [1, 2])
    }

    @Test func `whether a file would be new is known before it is made`() throws {
        let directory = try TemporaryDirectory()
        try Files.checkIsNew(directory.path("new"))
        #expect(try directory.names().isEmpty)
        try FileManager.default.createSymbolicLink(atPath: directory.path("link"), withDestinationPath: "/no/such")
        let present = #expect(throws: TransportError.self) { try Files.checkIsNew(directory.path("link")) }
        #expect(present?.code == .fileExists)
        let missing = #expect(throws: TransportError.self) { try Files.checkIsNew("/no/such/file") }
        #expect(missing?.code == .fileNotFound && missing?.description.contains("/no/such/") == true)
        #expect(throws: TransportError.self) { try Files.checkIsNew("") }
    }

    @Test func `a secret file is made once, and goes on behind its end`() throws {
        let directory = try TemporaryDirectory()
        let path = directory.path("journal")
        let missing = #expect(throws: TransportError.self) { _ = try SecretFile(appendingTo: path) }
        #expect(missing?.code == .fileNotFound)
        try SecretFile(creating: path).append([1, 2])
        let second = try SecretFile(appendingTo: path)
        second.append([3])
        #expect(second.failure == nil && second.path == path)
        #expect(try Files.read(path) == [1, 2, 3])
        #expect(try directory.mode(of: "journal") == 0o600)
        let present = #expect(throws: TransportError.self) { _ = try SecretFile(creating: path) }
        #expect(present?.code == .fileExists)
    }
}
