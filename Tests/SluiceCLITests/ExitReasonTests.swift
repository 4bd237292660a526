import Sluice
import SluicePOSIX
import SluiceReplay
import Testing

@testable import SluiceCLI

struct ExitReasonTests {
    @Test(arguments: [
        (TLSError.Code.verificationFailed, ExitReason.verificationFailed), (.truncated, .truncated),
        (.alertReceived, .tlsFailed), (.negotiationFailed, .tlsFailed), (.notTLS, .tlsFailed),
        (.protocolViolation, .tlsFailed), (.decisionRefused, .tlsFailed), (.closed, .tlsFailed),
        (.internalFailure, .failure), (.invalidCertificate, .usage), (.invalidConfiguration, .usage),
        (.invalidPrivateKey, .usage), (.invalidSession, .usage), (.keyMismatch, .usage), (.wrongPassphrase, .usage),
    ])
    func `each code of TLS has its reason`(code: TLSError.Code, reason: ExitReason) {
        let error = TLSError(code, fault: .peer, "")
        #expect(ExitReason(error) == reason)
        #expect(ExitReason(TLSStreamError.tls(error)) == reason)
    }

    @Test(arguments: [
        (TransportError.Code.connectionRefused, ExitReason.transportFailed), (.connectionReset, .transportFailed),
        (.deadlinePassed, .transportFailed), (.hostNotFound, .transportFailed), (.addressInUse, .transportFailed),
        (.failed, .transportFailed), (.fileNotFound, .usage), (.fileTooLarge, .usage),
    ])
    func `each code of the transport has its reason`(code: TransportError.Code, reason: ExitReason) {
        let error = TransportError(code, "")
        #expect(ExitReason(error) == reason)
        #expect(ExitReason(TLSStreamError.transport(error)) == reason)
    }

    @Test(arguments: [
        (TLSError(.truncated, fault: .transport, ""), ExitReason.truncated),
        (TLSError(.verificationFailed, fault: .peer, ""), .verificationFailed),
        (TLSError(.notTLS, fault: .peer, ""), .tlsFailed),
    ])
    func `a carrier's failure is one of the network, but for its certificate`(error: TLSError, reason: ExitReason) {
        let error = TLSStreamError.tls(error)
        let isKept = reason == .verificationFailed
        #expect(ExitReason(RouteFailure(.server, at: "s", error)) == reason)
        #expect(ExitReason(RouteFailure(.carrier, at: "p", error)) == (isKept ? reason : .transportFailed))
    }

    @Test func `a journal that can't be read is the caller's fault`() {
        #expect(ExitReason(JournalError(.malformed, line: 1, column: 1, "")) == .usage)
    }

    @Test func `the codes differ, and all are in the table`() {
        #expect(Set(ExitReason.allCases.map(\.rawValue)).count == ExitReason.allCases.count)
        #expect(ExitReason.table.split(separator: "\n").count == ExitReason.allCases.count)
    }
}
