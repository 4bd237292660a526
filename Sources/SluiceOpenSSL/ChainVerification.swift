internal import COpenSSL

// How the peer's chain is judged, and where the owner's verdict comes in.
//
//     client, any version   the callback runs libcrypto's check and suspends (SSL_set_retry_verify); when the owner has
//                           answered, libssl calls again and the answer stands.
//     server, TLS 1.2       SSL_set_retry_verify silently accepts on 3.0, so the callback lets the certificate pass and
//                           holds the wire: libssl stops before the client's Finished, which is always in a later
//                           record. Refused, it is never called again: the alert goes out in the clear.
//     server, TLS 1.3       Certificate and Finished may share a record, so the handshake completes; the engine
//                           withholds it, its plaintext and its tickets until the verdict.

/// `SSL_CTX_set_cert_verify_callback`: libcrypto's check (`X509_verify_cert`), and the owner's verdict if it is asked.
func verifyPeerChain(store: OpaquePointer?, argument: UnsafeMutableRawPointer?) -> CInt {
    guard let store = unsafe store,
        let data = unsafe X509_STORE_CTX_get_ex_data(store, SSL_get_ex_data_X509_STORE_CTX_idx()),
        let stateData = unsafe SSL_get_ex_data(OpaquePointer(data), 0)
    else { return 0 }
    let ssl = OpaquePointer(data)
    let state = unsafe Unmanaged<CallbackState>.fromOpaque(stateData).takeUnretainedValue()
    if case .answered(let outcome) = state.peerChain {
        return unsafe apply(outcome, to: store)
    }
    let isAccepted = unsafe X509_verify_cert(store) == 1
    if isAccepted, !state.settings.asksPeerChain { return 1 }
    if !isAccepted, unsafe X509_STORE_CTX_get_error(store) == X509_V_OK {
        unsafe X509_STORE_CTX_set_error(store, X509_V_ERR_UNSPECIFIED)
    }
    state.verdict = try? unsafe ChainVerdict(readingFrom: store)
    guard state.settings.asksPeerChain else { return 0 }
    // Nobody can be asked without a verdict to show (no memory for it), so nobody gets in.
    guard state.verdict != nil else { return 0 }
    state.presentedChain = (try? unsafe X509Handle.certificates(in: X509_STORE_CTX_get0_untrusted(store))) ?? []
    state.peerChain = .asked
    unsafe X509_STORE_CTX_set_error(store, X509_V_OK)
    if !state.settings.isServer {
        unsafe _ = sluice_SSL_set_retry_verify(ssl)
    } else if unsafe SSL_version(ssl) < TLS1_3_VERSION {
        unsafe state.wire.pointee.isHeld = true
    }
    return 1
}

/// Returning 1 accepts, and the code goes into the session. An accepted peer is as good as a checked one there, because
/// the session is offered only by engines whose owner is asked too (`PeerVerification.resumptionScope`).
private func apply(_ outcome: ChainOutcome, to store: OpaquePointer) -> CInt {
    switch outcome {
    case .accepted:
        unsafe X509_STORE_CTX_set_error(store, X509_V_OK)
        return 1
    case .rejected(let code):
        unsafe X509_STORE_CTX_set_error(store, code)
        return 0
    }
}
