internal import SluiceOpenSSL

extension TLSError {
    /// The one place where a failure of libssl on a connection becomes a public error.
    init(_ failure: OpenSSLFailure, of connection: borrowing ConnectionHandle) {
        let refusal = connection.isRefusedByOwner
        let alert =
            failure.receivedAlert.map { Alert(TLSAlert(rawValue: $0), sentBy: .peer) }
            ?? connection.fatalAlert.map { fatal in
                Alert(TLSAlert(rawValue: fatal.description), sentBy: fatal.direction == .inbound ? .peer : .local)
            }
        if refusal {
            self.init(.decisionRefused, fault: .caller, "the owner refused the connection")
        } else if let alert, alert.sender == .peer {
            self.init(.alertReceived, fault: .peer, "the peer ended the connection with \(alert.description)")
        } else if failure.isUnexpectedEOF || (failure.words.isEmpty && connection.isInputEnded) {
            // libssl says nothing at all where the bytes end before the first one of a handshake.
            self.init(.truncated, fault: .transport, "the peer's bytes ended without close_notify")
        } else if failure.isNotTLS, connection.flightsInbound == 0 {
            self.init(.notTLS, fault: .peer, "the peer doesn't speak TLS 1.2 or 1.3")
        } else if failure.isMalformedRecord {
            self.init(.protocolViolation, fault: .peer, "the peer sent a record that can't be one")
        } else if failure.isOwnConfiguration {
            self.init(.invalidConfiguration, fault: .caller, "the configuration leaves nothing to offer the peer")
        } else if failure.isCertificateMissing {
            self.init(.verificationFailed, fault: .peer, "the peer presented no certificate")
        } else if let alert {
            self.init(sending: alert.description)
        } else {
            self.init(.protocolViolation, fault: .peer, "the peer broke the protocol")
        }
        self.alert = alert
        openSSLWords = failure.words
        if code == .verificationFailed { verification = connection.verdict.flatMap(VerificationFailure.init) }
    }

    /// What it means that this end sent a fatal alert. Error ⇄ alert is this one table.
    init(sending alert: TLSAlert) {
        switch alert {
        case .badCertificate, .unsupportedCertificate, .certificateRevoked, .certificateExpired, .certificateUnknown,
            .unknownCA, .certificateRequired, .badCertificateStatusResponse, .accessDenied:
            self.init(.verificationFailed, fault: .peer, "the peer's certificate was not accepted")
        case .handshakeFailure, .protocolVersion, .insufficientSecurity, .noApplicationProtocol, .unrecognizedName,
            .inappropriateFallback, .unknownPSKIdentity:
            self.init(.negotiationFailed, fault: .peer, "nothing acceptable to both ends: \(alert)")
        case .internalError, .userCanceled:
            self.init(.internalFailure, fault: .internal, "this end failed: \(alert)")
        default:
            self.init(.protocolViolation, fault: .peer, "the peer broke the protocol: \(alert)")
        }
    }

    /// The verdict stored with a resumed session.
    static func storedVerdict(_ code: Int32) -> TLSError {
        var error = TLSError(.verificationFailed, fault: .peer, "the session was made with a peer that isn't accepted")
        error.verification = VerificationFailure(.init(rawValue: code))
        return error
    }

    /// The peer closed before the handshake had completed.
    static var closedInHandshake: TLSError {
        var error = TLSError(.alertReceived, fault: .peer, "the peer closed before the handshake had completed")
        error.alert = Alert(.closeNotify, sentBy: .peer)
        return error
    }

    /// The peer closed in the middle of a ticket or a KeyUpdate.
    static var closedInMessage: TLSError {
        var error = TLSError(.protocolViolation, fault: .peer, "the peer closed in the middle of a handshake message")
        error.alert = Alert(.closeNotify, sentBy: .peer)
        return error
    }

    /// OpenSSL failed through nobody's fault but ours.
    static func `internal`(_ words: String, _ failure: OpenSSLFailure) -> TLSError {
        var error = TLSError(.internalFailure, fault: .internal, words)
        error.openSSLWords = failure.words
        return error
    }
}
