import Sluice
import SluiceAsync
import Testing

/// Bytes that go both ways between a client and a server.
@Suite(.timeLimit(.minutes(3)))
struct ExchangeTests {
    @Test(arguments: TLSVersion.allCases, [1, 5, 300, 64 * 1024])
    func `a client asks and a server answers over any capacity`(version: TLSVersion, capacity: Int) async throws {
        let question = pattern(20_000)
        let (answer, served) = try await converse(version, capacity: capacity) { stream in
            try await stream.write(question)
            try await stream.close()
            return try await stream.readToEnd()
        } server: { stream in
            let question = try await stream.readToEnd()
            try await stream.write(question.reversed())
            return question
        }
        #expect(served == question)
        #expect(answer == question.reversed())
    }
}
