@testable import Sluice
import Testing

/// Every alert there is, both ways.
struct AlertWalkTests {
    @Test(arguments: TLSVersion.allCases)
    func `each of 256 fatal alerts in a handshake is named, and blamed on the peer`(version: TLSVersion) throws {
        for number in UInt8(0)...255 {
            var client = try ContextPair.shared(version).engine(.client)
            _ = client.drain()
            let outcome = client.outcome(ofFeeding: WireRecord.alert(number).bytes)
            let failure = try #require(outcome.failure, "alert \(number)")
            #expect(failure.code == .alertReceived && failure.fault == .peer && failure.isDuringHandshake)
            #expect(failure.alert == TLSError.Alert(TLSAlert(rawValue: number), sentBy: .peer))
            #expect(outcome.drained.isEmpty)
            expectFailed(&client, with: failure)
            let event = client.nextEvent()
            #expect(event == (number == 0 ? nil : .alertReceived(TLSAlert(rawValue: number))))
        }
    }

    @Test(arguments: TLSVersion.allCases)
    func `a warning in a handshake ends only what it must`(version: TLSVersion) throws {
        for number in UInt8(0)...255 {
            var client = try ContextPair.shared(version).engine(.client)
            _ = client.drain()
            let outcome = client.outcome(ofFeeding: WireRecord.alert(number, level: 1).bytes)
            switch TLSAlert(rawValue: number) {
            case .closeNotify:
                #expect(outcome.failure?.code == .alertReceived)
                #expect(outcome.failure?.alert == TLSError.Alert(.closeNotify, sentBy: .peer))
            case .noRenegotiation:
                // libssl takes it for the answer to a renegotiation.
                #expect(outcome.failure.map(Blame.init) == Blame(.negotiationFailed, .peer, sent: .handshakeFailure))
            default:
                #expect(outcome.failure == nil, "alert \(number)")
            }
        }
    }

    @Test func `each of 256 alerts that this end sends has a code and a fault`() {
        var counts: [TLSError.Code: Int] = [:]
        for number in UInt8(0)...255 {
            let alert = TLSAlert(rawValue: number)
            let error = TLSError(sending: alert)
            counts[error.code, default: 0] += 1
            #expect((error.code == .internalFailure) == (error.fault == .internal), "\(alert)")
            #expect(error.fault == .peer || error.fault == .internal, "\(alert)")
            #expect(error.words.contains(alert.description) || error.code == .verificationFailed, "\(alert)")
        }
        #expect(
            counts == [.verificationFailed: 9, .negotiationFailed: 7, .internalFailure: 2, .protocolViolation: 238]
        )
    }

    @Test func `each alert of a refusal arrives as it was sent`() throws {
        let contexts = try ContextPair(server: { $0.parameters.decisions = .clientHello })
        for number in UInt8(1)...255 {
            var pair = try EnginePair.established(contexts)
            let alert = TLSAlert(rawValue: number)
            let thrown = failure { () throws(TLSError) in try pair.server.resolve(.refuse(alert)) }
            let refusal = try #require(thrown)
            #expect(refusal.code == .decisionRefused && refusal.fault == .caller, "\(alert)")
            #expect(refusal.alert == Self.sent(for: alert).map { .init($0, sentBy: .local) }, "\(alert)")
            expectFailed(&pair.server, with: refusal)
            pair.settle()
            let seen = pair.failure(of: .client)
            #expect(seen?.alert == Self.sent(for: alert).map { .init($0, sentBy: .peer) }, "\(alert)")
        }
    }

    /// What libssl sends while no version is chosen: handshake_failure for the alerts that came with TLS 1.3, and
    /// nothing for those that it doesn't know.
    private static func sent(for alert: TLSAlert) -> TLSAlert? {
        switch alert {
        case .missingExtension, .certificateRequired: .handshakeFailure
        default: TLSAlert.names[alert] != nil || historic.contains(alert.rawValue) ? alert : nil
        }
    }

    /// Alerts that libssl still knows and nobody has sent for years: decryption_failed, decompression_failure,
    /// export_restriction, certificate_unobtainable, bad_certificate_hash_value.
    private static let historic: Set<UInt8> = [21, 30, 60, 111, 114]
}
