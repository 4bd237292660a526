public import Sluice

/// How a connection ended.
public struct ConnectionOutcome: CustomStringConvertible, Hashable, Sendable {
    /// How it ended for the client.
    public let client: EndOutcome
    /// How it ended for the server.
    public let server: EndOutcome

    /// `clean` where it was so at both ends, or both: `client truncated, server clean`.
    public var description: String {
        client == .clean && server == .clean ? "clean" : "client \(client), server \(server)"
    }
}

/// How a connection ended for one end.
public enum EndOutcome: CustomStringConvertible, Hashable, Sendable {
    /// By close_notify both ways.
    case clean
    /// By an error.
    case failed(TLSError.Code)
    /// It stood still, as bytes were lost, until both owners gave up.
    case abandoned

    /// `clean`, `abandoned` or the error's code.
    public var description: String {
        switch self {
        case .clean: "clean"
        case .failed(let code): code.description
        case .abandoned: "abandoned"
        }
    }

    /// Whether these faults of the link, in either direction, explain it. No fault explains `internalFailure`.
    func isExplained(by faults: Set<Fault>) -> Bool {
        switch self {
        case .clean: true
        case .failed(let code):
            faults.contains { $0.codes.contains(code) }
        case .abandoned: faults.contains { $0.isDamage }
        }
    }
}

extension Fault {
    /// How a connection may fail by it, at either end.
    fileprivate var codes: Set<TLSError.Code> {
        switch self {
        // A client whose stream ends in the ServerHello tells of it in the clear, in a record of version 0x0301, which a
        // server that has gone on to TLS 1.3 refuses.
        case .truncation: [.truncated, .alertReceived, .protocolViolation]
        // Before the handshake has completed, `close` gives the connection up.
        case .earlyClose: [.closed, .truncated, .alertReceived]
        case .bitFlip, .loss, .duplication, .reordering:
            [
                .truncated, .alertReceived, .protocolViolation, .negotiationFailed, .notTLS, .verificationFailed,
                .decisionRefused,
            ]
        }
    }
}
