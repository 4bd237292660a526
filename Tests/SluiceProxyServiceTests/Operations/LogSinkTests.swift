import Foundation
import Logging
import SluicePOSIX
import SluiceProxyService
import Testing

struct LogSinkTests {
    private func record(_ message: String) -> LogRecord {
        LogRecord(time: .zero, level: "info", message: message, fields: [])
    }

    private func messages(_ text: String) -> [String] {
        text.split(separator: "\n").map { $0.split(separator: " ").dropFirst(2).joined(separator: " ") }
    }

    @Test func `lines are in the file when it is closed`() async throws {
        let directory = try TestDirectory()
        let sink = try LogSink(path: directory.file("log"), format: .text)
        for number in 0..<100 { sink.append(record("\(number)")) }
        await sink.close(within: .seconds(120))
        #expect(messages(try directory.text(of: "log")) == (0..<100).map(String.init))
        #expect(try directory.mode(of: "log") == 0o600)
    }

    @Test func `a file that was moved away is made again on reopening`() async throws {
        let directory = try TestDirectory()
        let sink = try LogSink(path: directory.file("log"), format: .text)
        sink.append(record("before"))
        try FileManager.default.moveItem(atPath: directory.file("log"), toPath: directory.file("log.1"))
        sink.append(record("between"))
        try sink.reopen()
        sink.append(record("after"))
        await sink.close(within: .seconds(120))
        #expect(messages(try directory.text(of: "log.1")) == ["before", "between"])
        #expect(messages(try directory.text(of: "log")) == ["after"])
    }

    @Test func `a log that can't be opened again stays where it is`() async throws {
        let directory = try TestDirectory()
        try FileManager.default.createDirectory(atPath: directory.file("a"), withIntermediateDirectories: false)
        let sink = try LogSink(path: directory.file("a/log"), format: .text)
        try FileManager.default.moveItem(atPath: directory.file("a"), toPath: directory.file("b"))
        #expect(throws: TransportError.self) { try sink.reopen() }
        sink.append(record("still"))
        await sink.close(within: .seconds(120))
        #expect(messages(try directory.text(of: "b/log")) == ["still"])
    }

    @Test func `a pipe that nobody reads holds nobody up, and lines are dropped`() async throws {
        let pipe = Pipe()
        let sink = LogSink(SharedOutput(pipe.fileHandleForWriting.fileDescriptor), format: .text)
        let count = 2 * OperationsLimits.logQueueBytesMax / 1000
        let text = String(repeating: "x", count: 1000)
        for _ in 0..<count { sink.append(record(text)) }
        #expect(sink.droppedLines > 0)
        await sink.close(within: .milliseconds(50))
        try pipe.fileHandleForWriting.close()
        let read = try pipe.fileHandleForReading.readToEnd() ?? Data()
        let lines = String(decoding: read, as: UTF8.self).split(separator: "\n")
        let notices = lines.count { $0.contains(" log lines were dropped ") }
        #expect(lines.count - notices + sink.droppedLines == count)
        #expect(lines.count { $0.hasSuffix(text) } == lines.count - notices)
    }

    @Test func `how many lines were dropped is told when there is room`() async throws {
        let pipe = Pipe()
        let sink = LogSink(SharedOutput(pipe.fileHandleForWriting.fileDescriptor), format: .text)
        let text = String(repeating: "x", count: 1000)
        while sink.droppedLines < 5 { sink.append(record(text)) }
        let dropped = sink.droppedLines
        let reading = Task.detached { try pipe.fileHandleForReading.readToEnd() ?? Data() }
        await sink.flush(within: .seconds(30))
        sink.append(record("after"))
        await sink.close(within: .seconds(30))
        try pipe.fileHandleForWriting.close()
        let lines = String(decoding: try await reading.value, as: UTF8.self).split(separator: "\n")
        #expect(lines.last?.hasSuffix(" after") == true)
        #expect(lines.count { $0.hasSuffix(" warning log lines were dropped lines=\(dropped)") } == 1)
    }

    @Test func `a pipe without a reader ends nothing`() async throws {
        let pipe = Pipe()
        try pipe.fileHandleForReading.close()
        let sink = LogSink(SharedOutput(pipe.fileHandleForWriting.fileDescriptor), format: .text)
        sink.append(record("lost"))
        await sink.close(within: .seconds(120))
        #expect(sink.droppedLines == 1)
    }

    @Test func `what comes after the end is dropped`() async throws {
        let directory = try TestDirectory()
        let sink = try LogSink(path: directory.file("log"), format: .text)
        await sink.close(within: .seconds(120))
        await sink.close(within: .seconds(120))
        sink.append(record("late"))
        #expect(sink.droppedLines == 1)
    }

    @Test func `lines of many tasks are whole`() async throws {
        let directory = try TestDirectory()
        let sink = try LogSink(path: directory.file("log"), format: .text)
        await withTaskGroup { group in
            for task in 0..<8 {
                group.addTask { for number in 0..<100 { sink.append(record("\(task)-\(number)")) } }
            }
        }
        await sink.close(within: .seconds(120))
        let expected = (0..<8).flatMap { task in (0..<100).map { "\(task)-\($0)" } }
        #expect(messages(try directory.text(of: "log")).sorted() == expected.sorted())
    }
}

struct LineLogHandlerTests {
    private func lines(_ log: (inout Logger) -> Void) async throws -> String {
        let directory = try TestDirectory()
        let sink = try LogSink(path: directory.file("log"), format: .text)
        var logger = Logger(label: "proxy") { _ in
            LineLogHandler(to: sink, keysFirst: ["route", "peer"], now: { .zero })
        }
        log(&logger)
        await sink.close(within: .seconds(120))
        return try directory.text(of: "log").replacing("1970-01-01T00:00:00.000Z ", with: "")
    }

    @Test func `keys come in the order of connections, then by name`() async throws {
        let text = try await lines { logger in
            logger[metadataKey: "zone"] = "z"
            logger.info("ended", metadata: ["b": "2", "peer": "p", "a": "1", "route": "r"])
        }
        #expect(text == "info ended route=r peer=p a=1 b=2 zone=z\n")
    }

    @Test func `what is less than the level isn't logged`() async throws {
        let text = try await lines { logger in
            logger.debug("hidden")
            logger.warning("shown")
        }
        #expect(text == "warning shown\n")
    }

    @Test func `what a line says goes before what the logger says`() async throws {
        let text = try await lines { logger in
            logger[metadataKey: "route"] = "old"
            logger.error("failed", error: TransportError(.fileNotFound, "read a"), metadata: ["route": "new"])
        }
        #expect(text == "error failed route=new error=\"can't read a\"\n")
    }

    @Test func `numbers and nested values are told in one line`() async throws {
        let text = try await lines { logger in
            logger.info("m", metadata: ["a": .stringConvertible(7), "b": ["x\n", "y"], "c": .stringConvertible(true)])
        }
        #expect(text.hasPrefix("info m a=7 b="))
        #expect(text.hasSuffix(" c=true\n"))
        #expect(text.count { $0 == "\n" } == 1)
    }
}
