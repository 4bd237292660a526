import Fixtures
import Sluice
import Testing

/// Questions that the owner lets stand.
struct UnansweredDecisionTests {
    /// Each question, and who is asked.
    enum Question: CaseIterable {
        case clientHello, clientIdentity, serverChain, clientChain

        var asked: EnginePair.End { self == .clientHello || self == .clientChain ? .server : .client }

        func contexts(_ version: TLSVersion) throws -> ContextPair {
            try ContextPair(
                version,
                client: {
                    $0.identity = .fixture(Fixtures.client)
                    if self == .clientIdentity { $0.parameters.decisions = .clientIdentity }
                    if self == .serverChain { $0.parameters.decisions = .peerCertificate }
                },
                server: {
                    $0.clientAuthentication = .required(.roots(.fixture))
                    if self == .clientHello { $0.parameters.decisions = .clientHello }
                    if self == .clientChain { $0.parameters.decisions = .peerCertificate }
                }
            )
        }

        func resolve(_ engine: inout TLSEngine) throws(TLSError) {
            switch self {
            case .clientHello: try engine.resolve(.proceed)
            case .clientIdentity: try engine.resolve(ClientIdentityAnswer.present(.fixture(Fixtures.client)))
            case .serverChain, .clientChain: try engine.resolve(PeerCertificateAnswer.accept)
            }
        }
    }

    @Test(arguments: Question.allCases, TLSVersion.allCases)
    func `bytes that keep arriving fill one ring, and the answer ends in a typed error`(
        question: Question,
        version: TLSVersion
    ) throws {
        var pair = try EnginePair.established(question.contexts(version))
        let decision = pair[question.asked].pendingDecision
        #expect(decision != nil)
        var taken = 0
        for _ in 0..<100 { taken += try pair[question.asked].feed([UInt8](repeating: 0xAA, count: 1000)) }
        #expect(taken <= TLSLimits.ringCapacityDefault && taken > 15_000)
        let (same, needs) = (pair[question.asked].pendingDecision, pair[question.asked].needs)
        #expect(same == decision && needs == .decision)
        #expect(try pair[question.asked].write([1]) == 0)
        #expect(try pair[question.asked].read() == [])
        let isEstablished = pair[question.asked].isEstablished
        #expect(!isEstablished)

        var thrown = failure { () throws(TLSError) in try question.resolve(&pair[question.asked]) }
        var sent: [UInt8] = []
        for _ in 0..<100 { sent += pair[question.asked].drain(atMost: 100) }
        thrown = thrown ?? failure { () throws(TLSError) in _ = try pair[question.asked].read() }
        let error = try #require(thrown)
        #expect(error.fault == .peer && error.code == .protocolViolation, "\(error)")
        #expect(error.alert == nil || endsWithAlert(sent), "\(error)")
        expectFailed(&pair[question.asked], with: error)
    }

    @Test(arguments: Question.allCases, TLSVersion.allCases)
    func `an end of file while the question stands is told after the answer`(
        question: Question,
        version: TLSVersion
    ) throws {
        var pair = try EnginePair.established(question.contexts(version))
        try pair[question.asked].feedEOF()
        let decision = pair[question.asked].pendingDecision
        #expect(decision != nil)
        var thrown = failure { () throws(TLSError) in try question.resolve(&pair[question.asked]) }
        _ = pair[question.asked].drain()
        thrown = thrown ?? failure { () throws(TLSError) in _ = try pair[question.asked].read() }
        let error = try #require(thrown)
        #expect(error.code == .truncated && error.fault == .transport)
        expectFailed(&pair[question.asked], with: error)
    }

    @Test(arguments: Question.allCases, TLSVersion.allCases)
    func `a close while the question stands takes it away`(question: Question, version: TLSVersion) throws {
        var pair = try EnginePair.established(question.contexts(version))
        try pair[question.asked].close()
        let decision = pair[question.asked].pendingDecision
        #expect(decision == nil)
        let thrown = failure { () throws(TLSError) in try question.resolve(&pair[question.asked]) }
        #expect(thrown?.code == .closed)
    }
}
