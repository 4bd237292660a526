import Foundation
import SluicePOSIX
import SluiceProxyService
import Synchronization
import Testing

struct SettlingChangesTests {
    private func stamps(_ contents: [String: Int64]) -> FileStamps {
        FileStamps(
            contents.mapValues {
                FileStamp(identity: FileIdentity(device: 1, number: 1), bytes: $0, modified: .zero)
            }
        )
    }

    @Test func `a change is told when two looks agree, once`() {
        var changes = SettlingChanges(since: stamps(["a": 1, "b": 1]))
        #expect(changes.look(at: stamps(["a": 1, "b": 1])) == [])
        #expect(changes.look(at: stamps(["a": 2, "b": 1])) == [])
        #expect(changes.look(at: stamps(["a": 2, "b": 1])) == ["a"])
        #expect(changes.look(at: stamps(["a": 2, "b": 1])) == [])
    }

    @Test func `a certificate and the key that follows it are one change`() {
        var changes = SettlingChanges(since: stamps(["cert": 1, "key": 1]))
        #expect(changes.look(at: stamps(["cert": 2, "key": 1])) == [])
        #expect(changes.look(at: stamps(["cert": 2, "key": 2])) == [])
        #expect(changes.look(at: stamps(["cert": 2, "key": 2])) == ["cert", "key"])
    }

    @Test func `a change that is taken back is none`() {
        var changes = SettlingChanges(since: stamps(["a": 1]))
        #expect(changes.look(at: stamps(["a": 2])) == [])
        #expect(changes.look(at: stamps(["a": 1])) == [])
        #expect(changes.look(at: stamps(["a": 1])) == [])
    }

    @Test func `files that come and go are changes`() {
        var changes = SettlingChanges(since: stamps(["a": 1]))
        #expect(changes.look(at: stamps(["b": 1])) == [])
        #expect(changes.look(at: stamps(["b": 1])) == ["a", "b"])
    }

    @Test func `a file that is written without an end doesn't hide the others`() {
        var changes = SettlingChanges(since: stamps(["a": 1, "log": 0]))
        var told: [String] = []
        var looks: Int64 = 0
        while told.isEmpty, looks < 100 {
            looks += 1
            told = changes.look(at: stamps(["a": 2, "log": looks]))
        }
        #expect(told == ["a", "log"])
        #expect(looks == Int64(OperationsLimits.unsettledLooksMax) + 1)
    }

    @Test(arguments: [
        FileStamp(identity: FileIdentity(device: 1, number: 1), bytes: 1, modified: .nanoseconds(1)),
        FileStamp(identity: FileIdentity(device: 1, number: 1), bytes: 2, modified: .zero),
        FileStamp(identity: FileIdentity(device: 1, number: 2), bytes: 1, modified: .zero),
        FileStamp(identity: FileIdentity(device: 2, number: 1), bytes: 1, modified: .zero),
    ])
    func `each part of a stamp tells a change`(stamp: FileStamp) {
        #expect(FileStamps(["a": stamp]).differences(from: stamps(["a": 1])) == ["a"])
    }
}

struct FileWatcherTests {
    /// A clock that never waits: each wait ends at once, behind something that happens.
    private final class BusyClock: Clock, Sendable {
        struct Instant: InstantProtocol {
            var offset: Duration
            func advanced(by duration: Duration) -> Instant { Instant(offset: offset + duration) }
            func duration(to other: Instant) -> Duration { other.offset - offset }
            static func < (left: Instant, right: Instant) -> Bool { left.offset < right.offset }
        }

        let minimumResolution = Duration.zero
        private let time = Mutex(Instant(offset: .zero))
        private let happenings: Mutex<[@Sendable () throws -> Void]>

        init(_ happenings: [@Sendable () throws -> Void]) {
            self.happenings = Mutex(happenings.reversed())
        }

        var now: Instant { time.withLock { $0 } }

        func `sleep`(until deadline: Instant, tolerance: Duration?) async throws {
            time.withLock { $0 = deadline }
            guard let next = happenings.withLock({ $0.popLast() }) else { throw CancellationError() }
            try next()
        }
    }

    private func changes(of paths: [String], while happenings: [@Sendable () throws -> Void]) async -> [[String]] {
        let watcher = FileWatcher(
            paths,
            every: .seconds(5),
            since: FileStamps(of: paths),
            clock: BusyClock(happenings + [{}, {}])
        )
        var changes: [[String]] = []
        for await changed in watcher { changes.append(changed) }
        return changes
    }

    @Test func `a file that is written, replaced and removed changes each time`() async throws {
        let directory = try TestDirectory()
        let path = try directory.write("one", to: "a")
        let changes = await changes(
            of: [path],
            while: [
                { try directory.write("other", to: "a") }, {},
                {
                    try directory.write("third", to: "new")
                    try FileManager.default.removeItem(atPath: path)
                    try FileManager.default.moveItem(atPath: directory.file("new"), toPath: path)
                }, {},
                { try FileManager.default.removeItem(atPath: path) }, {},
            ]
        )
        #expect(changes == [[path], [path], [path]])
    }

    @Test func `files behind a link change when it is led elsewhere`() async throws {
        let directory = try TestDirectory()
        let files = FileManager.default
        for version in ["1", "2"] {
            try files.createDirectory(atPath: directory.file(version), withIntermediateDirectories: false)
            for name in ["tls.crt", "tls.key"] { try directory.write("same", to: version + "/" + name) }
        }
        try files.createSymbolicLink(atPath: directory.file("..data"), withDestinationPath: "1")
        let paths = try ["tls.crt", "tls.key"].map { name in
            try files.createSymbolicLink(atPath: directory.file(name), withDestinationPath: "..data/" + name)
            return directory.file(name)
        }
        let changes = await changes(
            of: paths,
            while: [
                {
                    try files.createSymbolicLink(atPath: directory.file("..tmp"), withDestinationPath: "2")
                    #expect(rename(directory.file("..tmp"), directory.file("..data")) == 0)
                }
            ]
        )
        #expect(changes == [paths])
    }

    @Test func `what changed before the first look is told`() async throws {
        let directory = try TestDirectory()
        let path = try directory.write("one", to: "a")
        let before = FileStamps(of: [path])
        try directory.write("longer", to: "a")
        let watcher = FileWatcher([path], every: .seconds(5), since: before, clock: BusyClock([{}, {}, {}]))
        var iterator = watcher.makeAsyncIterator()
        #expect(await iterator.next() == [path])
        #expect(await iterator.next() == nil)
    }

    @Test func `it ends with its task`() async throws {
        let watching = Task {
            for await _ in FileWatcher(["/nothing"], every: .seconds(3600), since: FileStamps([:])) {}
        }
        watching.cancel()
        await watching.value
    }
}
