public import Sluice

/// Who answers an engine's questions, where `TLSParameters.decisions` asks for them.
///
/// Each answer may take its time, within that of the handshake: the peer's bytes wait. It is cancelled when the time is
/// over, the scope is cancelled or the transport fails; a peer that leaves in good order is missed afterwards. Where an answer throws, the peer gets an alert and the
/// scope throws that error.
public struct AsyncTLSDecisions: Sendable {
    /// Answers a server's question what to do with a ClientHello.
    public var clientHello: (@Sendable (ClientHello) async throws -> ClientHelloAnswer)?

    /// Answers a client's question which identity to present.
    public var clientIdentity: (@Sendable (ClientIdentityRequest) async throws -> ClientIdentityAnswer)?

    /// Answers whether the peer is accepted.
    public var peerCertificate: (@Sendable (PeerCertificateRequest) async throws -> PeerCertificateAnswer)?

    /// Nobody answers: for engines that ask nothing.
    public static let none = AsyncTLSDecisions()

    /// These answer. A question without an answerer ends the handshake with ``AsyncTLSError/Code/undecided``.
    public init(
        clientHello: (@Sendable (ClientHello) async throws -> ClientHelloAnswer)? = nil,
        clientIdentity: (@Sendable (ClientIdentityRequest) async throws -> ClientIdentityAnswer)? = nil,
        peerCertificate: (@Sendable (PeerCertificateRequest) async throws -> PeerCertificateAnswer)? = nil
    ) {
        self.clientHello = clientHello
        self.clientIdentity = clientIdentity
        self.peerCertificate = peerCertificate
    }

    func answer(_ decision: TLSDecision) async throws -> TLSAnswer {
        switch decision {
        case .clientHello(let hello):
            if let clientHello { return .clientHello(try await clientHello(hello)) }
        case .clientIdentity(let request):
            if let clientIdentity { return .clientIdentity(try await clientIdentity(request)) }
        case .peerCertificate(let request):
            if let peerCertificate { return .peerCertificate(try await peerCertificate(request)) }
        }
        throw AsyncTLSError(.undecided, fault: .caller, "the engine asks for a decision that nobody answers")
    }
}

extension TLSEngine {
    /// Answers whatever is asked.
    mutating func resolve(_ answer: TLSAnswer) throws(TLSError) {
        switch answer {
        case .clientHello(let answer): try resolve(answer)
        case .clientIdentity(let answer): try resolve(answer)
        case .peerCertificate(let answer): try resolve(answer)
        }
    }
}

extension TLSDecision {
    /// What the peer is told where the owner came to no answer; nil where no alert says it.
    var answerWithoutOwner: TLSAnswer? {
        switch self {
        case .clientHello: .clientHello(.refuse(.internalError))
        case .clientIdentity: nil
        case .peerCertificate: .peerCertificate(.reject(.certificateUnknown))
        }
    }
}
