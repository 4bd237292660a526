import SluicePreamble
import Testing

/// Bytes that no server would say: an error or patience, and never a trap.
struct StartTLSFuzzTests {
    private static let rounds = 20_000

    @Test(arguments: StartTLS.Application.allCases)
    func `random bytes make no trap`(application: StartTLS.Application) {
        var random = SeededRandom(seed: 1)
        for _ in 0..<Self.rounds {
            let bytes = (0..<Int.random(in: 1...60, using: &random)).map { _ in
                UInt8.random(in: 0...255, using: &random)
            }
            let outcome = Outcome(of: startTLS(application), fed: bytes, then: .eof)
            #expect(outcome.taken <= bytes.count)
            #expect(outcome.isFinished != (outcome.error != nil))
        }
    }

    @Test(arguments: Conversation.all)
    func `altered conversations make no trap, and the same of every cut`(conversation: Conversation) {
        var random = SeededRandom(seed: 2)
        for round in 0..<UInt64(Self.rounds / 10) {
            let bytes = Self.altered(conversation.server, using: &random)
            let whole = Outcome(of: startTLS(conversation.application), fed: bytes, then: .eof)
            let cut = Outcome(
                of: startTLS(conversation.application),
                fed: bytes,
                cut: .random(seed: round),
                then: .eof
            )
            #expect(whole.sent == cut.sent && whole.error == cut.error && whole.isFinished == cut.isFinished)
            #expect(whole.isFinished != (whole.error != nil))
        }
    }

    /// Some bytes changed, left out, doubled or put in.
    private static func altered(_ bytes: [UInt8], using random: inout SeededRandom) -> [UInt8] {
        var bytes = bytes
        for _ in 0..<Int.random(in: 1...4, using: &random) where !bytes.isEmpty {
            let index = Int.random(in: bytes.indices, using: &random)
            switch Int.random(in: 0..<4, using: &random) {
            case 0: bytes[index] = UInt8.random(in: 0...255, using: &random)
            case 1: bytes.remove(at: index)
            case 2: bytes += bytes[index...]
            default: bytes.insert(UInt8.random(in: 0...255, using: &random), at: index)
            }
        }
        return bytes
    }
}
