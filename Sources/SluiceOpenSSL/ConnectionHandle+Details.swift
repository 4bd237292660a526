internal import COpenSSL

// What was negotiated, as libssl tells it, and the notices.

extension ConnectionHandle {
    /// `0x0303` or `0x0304` (`SSL_version`).
    package var version: UInt16 { unsafe UInt16(truncatingIfNeeded: SSL_version(ssl)) }

    /// The suite's name in the RFCs (`SSL_CIPHER_standard_name`).
    package var cipherSuiteName: String {
        guard let cipher = unsafe SSL_get_current_cipher(ssl), let name = unsafe SSL_CIPHER_standard_name(cipher)
        else { return "" }
        return unsafe String(cString: name)
    }

    /// The group of the key exchange (`SSL_get_negotiated_group`, `SSL_group_to_name`); nil where there was none.
    package var groupName: String? {
        let group = unsafe CInt(truncatingIfNeeded: sluice_SSL_get_negotiated_group(ssl))
        guard group != 0, let name = unsafe SSL_group_to_name(ssl, group) else { return nil }
        return unsafe String(cString: name)
    }

    /// The algorithm of the server's signature, by its name in RFC 8446 §4.2.3 (`SSL_get_peer_signature_type_nid` …).
    package var serverSignatureName: String? {
        var keyType: CInt = 0
        var digest: CInt = 0
        let isKnown =
            if state.settings.isServer {
                unsafe SSL_get_signature_type_nid(ssl, &keyType) == 1
                    && sluice_SSL_get_signature_nid(ssl, &digest) == 1
            } else {
                unsafe SSL_get_peer_signature_type_nid(ssl, &keyType) == 1
                    && sluice_SSL_get_peer_signature_nid(ssl, &digest) == 1
            }
        return isKnown ? signatureName(keyType: keyType, digest: digest) : nil
    }

    /// 3.0 tells the parts of a signature algorithm and not its name. Whether a PSS key was restricted to PSS it
    /// doesn't tell; such certificates are next to unknown, so `rsae` stands for both.
    private func signatureName(keyType: CInt, digest: CInt) -> String? {
        switch (keyType, digest) {
        case (EVP_PKEY_ED25519, _): "ed25519"
        case (EVP_PKEY_ED448, _): "ed448"
        case (EVP_PKEY_EC, NID_sha256): "ecdsa_secp256r1_sha256"
        case (EVP_PKEY_EC, NID_sha384): "ecdsa_secp384r1_sha384"
        case (EVP_PKEY_EC, NID_sha512): "ecdsa_secp521r1_sha512"
        case (EVP_PKEY_RSA_PSS, NID_sha256): "rsa_pss_rsae_sha256"
        case (EVP_PKEY_RSA_PSS, NID_sha384): "rsa_pss_rsae_sha384"
        case (EVP_PKEY_RSA_PSS, NID_sha512): "rsa_pss_rsae_sha512"
        case (EVP_PKEY_RSA, NID_sha256): "rsa_pkcs1_sha256"
        case (EVP_PKEY_RSA, NID_sha384): "rsa_pkcs1_sha384"
        case (EVP_PKEY_RSA, NID_sha512): "rsa_pkcs1_sha512"
        default: nil
        }
    }

    /// The protocol that both ends speak inside (`SSL_get0_alpn_selected`); nil where none was negotiated.
    package var applicationProtocol: [UInt8]? {
        var start: UnsafePointer<UInt8>?
        var count: CUnsignedInt = 0
        unsafe SSL_get0_alpn_selected(ssl, &start, &count)
        guard let start = unsafe start, count > 0 else { return nil }
        return unsafe [UInt8](UnsafeBufferPointer(start: start, count: Int(count)))
    }

    /// The server name in the ClientHello (`SSL_get_servername`).
    package var serverName: String? {
        guard let name = unsafe SSL_get_servername(ssl, TLSEXT_NAMETYPE_host_name) else { return nil }
        return unsafe String(cString: name)
    }

    /// Whether an earlier session was resumed (`SSL_session_reused`).
    package var isResumed: Bool { unsafe SSL_session_reused(ssl) == 1 }

    /// The peer's certificates, leaf first (`SSL_get0_peer_certificate`, `SSL_get_peer_cert_chain`).
    package var peerChain: [X509Handle] {
        guard let leaf = unsafe SSL_get0_peer_certificate(ssl) else { return [] }
        let presented = (try? unsafe X509Handle.certificates(in: SSL_get_peer_cert_chain(ssl))) ?? []
        // On a server the chain leaves out the leaf (SSL_get_peer_cert_chain(3)).
        guard state.settings.isServer, let first = try? unsafe X509Handle(sharing: leaf) else { return presented }
        return [first] + presented
    }

    /// libcrypto's check of the peer's chain, if it ran on this connection.
    package var verdict: ChainVerdict? { state.verdict }

    /// The verify code that stands for the peer, from this handshake or the resumed session (`SSL_get_verify_result`).
    package var verifyResult: Int32 { unsafe Int32(truncatingIfNeeded: SSL_get_verify_result(ssl)) }

    /// Whether the context judges the peer's certificate.
    package var isVerifying: Bool { context.settings.verification.mode != .none }

    /// What was held against the peer when the resumed session was made; nil if nothing was.
    package var storedVerdict: Int32? { verifyResult == X509_V_OK ? nil : verifyResult }

    /// The last fatal alert, either way.
    package var fatalAlert: (direction: Direction, description: UInt8)? { state.fatalAlert }

    /// Subjects of the authorities that a server accepts (`SSL_get0_peer_CA_list`).
    var peerAuthorityNames: [String] {
        guard let names = unsafe SSL_get0_peer_CA_list(ssl) else { return [] }
        let count = unsafe sluice_sk_X509_NAME_num(names)
        return (0..<max(0, count)).compactMap { index in
            unsafe sluice_sk_X509_NAME_value(names, index).map { unsafe line(of: $0) }
        }
    }

    /// Flights and records so far.
    package var flightsInbound: Int { unsafe wire.pointee.tally.flightsInbound }
    /// Flights and records so far.
    package var flightsOutbound: Int { unsafe wire.pointee.tally.flightsOutbound }
    /// Records whose header has been seen.
    package var recordsInbound: UInt64 { unsafe wire.pointee.recordsInbound }
    /// Records whose header has been written.
    package var recordsOutbound: UInt64 { unsafe wire.pointee.recordsOutbound }

    /// Adds a notice of the engine's own, in order with those of libssl.
    package mutating func post(_ notice: Notice) {
        state.notices.append(notice)
    }

    /// The oldest notice.
    package mutating func nextNotice() -> Notice? {
        state.notices.popFirst()
    }

    /// How many notices were dropped for want of room, once the queue is empty.
    package mutating func takeDroppedNoticeCount() -> Int {
        state.notices.takeDroppedCount()
    }
}
