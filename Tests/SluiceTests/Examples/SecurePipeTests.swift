import Fixtures
import Foundation
import Sluice
import SluiceSimulation
import Testing

/// The transport of the article "A transport in 30 lines", over real pipes.
struct SecurePipeTests {
    @Test(arguments: TLSVersion.allCases, [1, 16_384, 1_000_000])
    func `what goes up comes back, and both ends close`(version: TLSVersion, byteCount: Int) throws {
        let (up, down) = (Pipe(), Pipe())
        Thread.detachNewThread { try? Self.echo(version, from: up, to: down) }
        let client = try TLSEngine(TLSClientConfiguration.fixture(version))
        var pipe = SecurePipe(engine: client, input: down.fileHandleForReading, output: up.fileHandleForWriting)
        var generator = SplitMix64(seed: 30)
        let sent = generator.bytes(byteCount)
        var received: [UInt8] = []
        for start in stride(from: 0, to: byteCount, by: 10_000) {
            let piece = Array(sent[start..<min(start + 10_000, byteCount)])
            try pipe.write(piece)
            while received.count < start + piece.count { received += try pipe.read() }
        }
        try pipe.close()
        #expect(try pipe.read().isEmpty)
        #expect(received == sent)
    }

    @Test func `nothing behind close_notify is taken from the pipe`() throws {
        let (up, down) = (Pipe(), Pipe())
        Thread.detachNewThread {
            try? Self.echo(.tls13, from: up, to: down)
            try? down.fileHandleForWriting.write(contentsOf: Array("plain".utf8))
        }
        let client = try TLSEngine(TLSClientConfiguration.fixture())
        var pipe = SecurePipe(engine: client, input: down.fileHandleForReading, output: up.fileHandleForWriting)
        try pipe.write([1])
        try pipe.close()
        #expect(try pipe.read() == [1])
        #expect(try pipe.read().isEmpty)
        #expect(try down.fileHandleForReading.read(upToCount: 5) == Data("plain".utf8))
    }

    @Test func `an end of file without close_notify is told`() throws {
        let (up, down) = (Pipe(), Pipe())
        Thread.detachNewThread {
            try? Self.answerOnce(from: up, to: down)
            try? down.fileHandleForWriting.close()
        }
        let client = try TLSEngine(TLSClientConfiguration.fixture())
        var pipe = SecurePipe(engine: client, input: down.fileHandleForReading, output: up.fileHandleForWriting)
        try pipe.write([1])
        #expect(try pipe.read() == [1])
        var code: TLSError.Code?
        do { _ = try pipe.read() } catch let error as TLSError { code = error.code }
        #expect(code == .truncated)
    }

    private static func echo(_ version: TLSVersion, from input: Pipe, to output: Pipe) throws {
        let server = try TLSEngine(TLSServerConfiguration.fixture(version))
        var pipe = SecurePipe(engine: server, input: input.fileHandleForReading, output: output.fileHandleForWriting)
        while case let bytes = try pipe.read(), !bytes.isEmpty { try pipe.write(bytes) }
        try pipe.close()
    }

    private static func answerOnce(from input: Pipe, to output: Pipe) throws {
        let server = try TLSEngine(TLSServerConfiguration.fixture())
        var pipe = SecurePipe(engine: server, input: input.fileHandleForReading, output: output.fileHandleForWriting)
        try pipe.write(pipe.read())
    }
}
