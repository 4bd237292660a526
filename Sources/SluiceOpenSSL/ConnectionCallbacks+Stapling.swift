internal import COpenSSL

/// `SSL_CTX_set_tlsext_status_cb` on a server: gives a client that asks for it (status_request, RFC 6066 §8) the OCSP
/// response of the certificate that libssl has chosen.
///
/// libssl makes this call when it knows which certificate it is going to send, and for none where it resumes. The
/// certificate is told by its address: each identity installs its own `X509`.
func stapleResponse(ssl: OpaquePointer?, argument: UnsafeMutableRawPointer?) -> CInt {
    guard let ssl = unsafe ssl, let state = unsafe callbackState(of: ssl), let leaf = unsafe SSL_get_certificate(ssl),
        let identity = state.settings.identities.first(where: { unsafe $0.isLeaf(leaf) }),
        !identity.ocspResponse.isEmpty
    else { return SSL_TLSEXT_ERR_NOACK }
    return unsafe setResponse(identity.ocspResponse, of: ssl) ? SSL_TLSEXT_ERR_OK : SSL_TLSEXT_ERR_NOACK
}

/// Hands libssl a copy of the response, which it frees (`OPENSSL_memdup`, `SSL_set_tlsext_status_ocsp_resp`).
private func setResponse(_ response: [UInt8], of ssl: OpaquePointer) -> Bool {
    guard let copy = unsafe sluice_OPENSSL_memdup(response, response.count) else { return false }
    if unsafe sluice_SSL_set_tlsext_status_ocsp_resp(ssl, copy, response.count) == 1 { return true }
    unsafe sluice_OPENSSL_free(copy)
    return false
}
