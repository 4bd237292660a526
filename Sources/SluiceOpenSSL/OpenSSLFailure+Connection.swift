internal import COpenSSL

// What libssl's reasons mean for a connection. Codes, never words: those change between releases.

extension OpenSSLFailure {
    /// The bytes ended without close_notify.
    package var isUnexpectedEOF: Bool {
        matches(library: ERR_LIB_SSL, reason: SSL_R_UNEXPECTED_EOF_WHILE_READING)
    }

    /// The alert that ended the connection, if the peer sent one: libssl gives it as a reason of its own.
    ///
    /// The level doesn't matter: TLS 1.3 ends a connection at any alert but two (RFC 8446 §6).
    package var receivedAlert: UInt8? {
        library == ERR_LIB_SSL ? UInt8(exactly: reason - SSL_AD_REASON_OFFSET) : nil
    }

    /// What arrived as the very first bytes is another protocol, or an SSL that is no more.
    package var isNotTLS: Bool {
        library == ERR_LIB_SSL
            && [
                SSL_R_HTTP_REQUEST, SSL_R_HTTPS_PROXY_REQUEST, SSL_R_WRONG_VERSION_NUMBER, SSL_R_UNKNOWN_PROTOCOL,
                SSL_R_UNSUPPORTED_SSL_VERSION, SSL_R_WRONG_SSL_VERSION, SSL_R_PACKET_LENGTH_TOO_LONG,
            ].contains(reason)
    }

    /// A record with a header that no record has, or too short for its cipher.
    ///
    /// For the latter libssl 3.0 sends internal_error, though the fault is the peer's.
    package var isMalformedRecord: Bool {
        isNotTLS || contains(library: ERR_LIB_PROV, reason: PROV_R_INVALID_AAD)
    }

    /// The peer was asked for a certificate and gave none.
    package var isCertificateMissing: Bool {
        matches(library: ERR_LIB_SSL, reason: SSL_R_PEER_DID_NOT_RETURN_A_CERTIFICATE)
    }

    /// This end's own settings leave nothing to offer.
    package var isOwnConfiguration: Bool {
        library == ERR_LIB_SSL
            && [SSL_R_NO_PROTOCOLS_AVAILABLE, SSL_R_NO_CIPHERS_AVAILABLE, SSL_R_NO_SUITABLE_GROUPS].contains(reason)
    }
}
