import Sluice
import SluicePOSIX

/// An error in a line for people, with what to do about it where there is something.
func explanation(of error: any Error) -> String {
    guard let remedy = remedy(for: error) else { return "\(error)" }
    return "\(error); \(remedy)"
}

private func remedy(for error: any Error) -> String? {
    if let error = error as? RouteFailure {
        if error.side == .server { return remedy(for: error.cause) }
        let isUntrusted = tlsError(in: error.cause)?.verification != nil
        return isUntrusted ? "the proxy's own certificate is verified, by the system's roots or by --via-ca" : nil
    }
    return tlsError(in: error).flatMap(remedy)
}

private func tlsError(in error: any Error) -> TLSError? {
    if case TLSStreamError.tls(let error) = error { return error }
    return error as? TLSError
}

private func remedy(for error: TLSError) -> String? {
    if let reason = error.verification?.reason { return remedy(for: reason) }
    switch (error.code, error.alert?.description) {
    case (.notTLS, _): return "perhaps that is the port, or the file, of another protocol"
    case (_, .protocolVersion): return "try other --tls-min and --tls-max"
    case (_, .certificateRequired) where error.alert?.sender == .peer, (.alertReceived, .handshakeFailure):
        return "perhaps the peer wants a certificate: --cert and --key"
    case (_, .noApplicationProtocol): return "try another --alpn"
    default: return nil
    }
}

private func remedy(for reason: VerificationFailure.Reason) -> String? {
    switch reason {
    case .unableToGetLocalIssuer, .selfSignedLeaf, .selfSignedInChain:
        "if you know better, give its root with --ca (--client-ca on a server)"
    case .hostNameMismatch, .ipAddressMismatch: "it is for other names; --server-name says which one you expect"
    default: nil
    }
}
