import Sluice
import SluiceReplay
import Testing

@Suite struct `A divergence in a failure` {
    struct Change: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let change: @Sendable (inout TLSError) -> Void
    }

    private static let changes = [
        Change(testDescription: "alert") { $0.alert = nil },
        Change(testDescription: "alert") { $0.alert = TLSError.Alert(.internalError, sentBy: .peer) },
        Change(testDescription: "verification") { $0.verification = nil },
        Change(testDescription: "verification") { $0.verification = VerificationFailure(.certificateExpired) },
        Change(testDescription: "isDuringHandshake") { $0.isDuringHandshake.toggle() },
        Change(testDescription: "openSSLWords") { $0.openSSLWords.append("more") },
        Change(testDescription: "code") { $0 = $0.with(.truncated, $0.fault, $0.words) },
        Change(testDescription: "fault") { $0 = $0.with($0.code, .internal, $0.words) },
        Change(testDescription: "words") { $0 = $0.with($0.code, $0.fault, "other words") },
    ]

    @Test(arguments: changes)
    func `names the part`(change: Change) throws {
        let journal = try Self.journal()
        let index = try #require(journal.index { $0.failure != nil })
        let changed = journal.replacing(index, with: journal.entries[index].call.failing(change.change))
        let divergence = try #require(changed.divergence())
        #expect(divergence.entryIndex == index)
        #expect(divergence.description.contains("\n  \(change.testDescription): got "), "\(divergence)")
    }

    @Test func `tells one that wasn't recorded`() throws {
        let journal = try Self.journal()
        let index = try #require(journal.index { $0.failure != nil })
        let call = TLSCall(journal.entries[index].call.verb, .count(1))
        let divergence = try #require(journal.replacing(index, with: call).divergence())
        #expect(divergence.headline.contains("came to the failure verificationFailed: "))
        #expect(divergence.headline.hasSuffix(", not the count 1"))
    }

    @Test func `tells one that didn't come`() throws {
        let journal = try Journal(parsing: RecordedPair().journals().client)
        let failure = try #require(try Self.journal().entries.compactMap(\.call.failure).first)
        let index = try #require(journal.index { if case .close = $0.verb { true } else { false } })
        let divergence = try #require(journal.replacing(index, with: TLSCall(.close, failure: failure)).divergence())
        #expect(divergence.headline.hasPrefix("close() came to nothing, not the failure verificationFailed: "))
    }

    @Test func `stays the same in every later step`() throws {
        let journal = try Journal(parsing: RecordedPair().journals().client)
        let call = TLSCall(.close, failure: try Self.journal().entries.compactMap(\.call.failure).first)
        var replay = try JournalReplay(journal.replacing(0, with: call))
        var divergences: [Divergence] = []
        for _ in 0..<2 {
            do throws(Divergence) { _ = try replay.step() } catch { divergences.append(error) }
        }
        #expect(divergences.count == 2 && divergences[0] == divergences[1])
        #expect(replay.position == 0)
    }

    private static func journal() throws -> Journal {
        let pair = RecordedPair.fixture(.tls13, client: { $0.verification = .roots(.stranger) })
        return try Journal(parsing: pair.journals { client, server in _ = try? client.read() }.client)
    }
}

extension TLSError {
    /// Everything else the same.
    fileprivate func with(_ code: Code, _ fault: Fault, _ words: String) -> TLSError {
        var error = TLSError(code, fault: fault, words)
        error.alert = alert
        error.verification = verification
        error.isDuringHandshake = isDuringHandshake
        error.openSSLWords = openSSLWords
        return error
    }
}
