import COpenSSL
import Sluice

/// A client of OpenSSL's that asks for its server's certificate status, over memory.
struct StatusClient: ~Copyable {
    private let context: OpaquePointer?
    private let ssl: OpaquePointer?
    private let inbound: OpaquePointer?
    private let outbound: OpaquePointer?

    /// What a client does besides asking.
    struct Offer {
        var version = TLSVersion.tls13
        /// Whether it asks.
        var asks = true
        /// What it can verify, in OpenSSL's words.
        var signatureAlgorithms: String?
        /// A session to resume, from ``StatusClient/session``.
        var session: OpaquePointer?
    }

    init(_ offer: Offer) {
        context = SSL_CTX_new(TLS_client_method())
        SSL_CTX_set_verify(context, SSL_VERIFY_NONE, nil)
        ssl = SSL_new(context)
        inbound = BIO_new(BIO_s_mem())
        outbound = BIO_new(BIO_s_mem())
        SSL_set_bio(ssl, inbound, outbound)
        SSL_set_connect_state(ssl)
        let version = Int(offer.version.rawValue)
        _ = SSL_ctrl(ssl, SSL_CTRL_SET_MIN_PROTO_VERSION, version, nil)
        _ = SSL_ctrl(ssl, SSL_CTRL_SET_MAX_PROTO_VERSION, version, nil)
        if offer.asks {
            _ = SSL_ctrl(ssl, SSL_CTRL_SET_TLSEXT_STATUS_REQ_TYPE, Int(TLSEXT_STATUSTYPE_ocsp), nil)
        }
        if let list = offer.signatureAlgorithms {
            var list = Array(list.utf8CString)
            _ = SSL_ctrl(ssl, SSL_CTRL_SET_SIGALGS_LIST, 0, &list)
        }
        if let session = offer.session { SSL_set_session(ssl, session) }
    }

    deinit {
        // As if close_notify had been exchanged, or the session couldn't be resumed.
        SSL_set_shutdown(ssl, SSL_SENT_SHUTDOWN | SSL_RECEIVED_SHUTDOWN)
        SSL_free(ssl)
        SSL_CTX_free(context)
    }

    /// Goes on as far as the bytes allow, the server answering its ClientHello as told.
    ///
    /// - Returns: Whether both are through with the handshake, and the tickets behind it.
    mutating func connect(to server: inout TLSEngine, answer: ClientHelloAnswer? = nil) throws -> Bool {
        for _ in 0..<100 {
            _ = SSL_do_handshake(ssl)
            if SSL_is_init_finished(ssl) == 1 {
                var byte: UInt8 = 0
                _ = SSL_read(ssl, &byte, 1)
            }
            var bytes = [UInt8](repeating: 0, count: 100_000)
            let count = BIO_read(outbound, &bytes, CInt(bytes.count))
            if count > 0 { try server.feed(Array(bytes.prefix(Int(count)))) }
            if let answer, case .clientHello = server.pendingDecision { try server.resolve(answer) }
            let answers = server.drain()
            if answers.isEmpty, count <= 0 { break }
            if !answers.isEmpty { _ = BIO_write(inbound, answers, CInt(answers.count)) }
        }
        return SSL_is_init_finished(ssl) == 1 && server.isEstablished
    }

    /// The OCSP response that came with the certificate.
    var response: [UInt8]? {
        var start: UnsafeMutablePointer<UInt8>?
        let count = SSL_ctrl(ssl, SSL_CTRL_GET_TLSEXT_STATUS_REQ_OCSP_RESP, 0, &start)
        guard let start, count > 0 else { return nil }
        return Array(UnsafeBufferPointer(start: start, count: count))
    }

    /// The server's leaf in DER; of a resumed session too.
    var leaf: [UInt8] {
        guard let leaf = SSL_get1_peer_certificate(ssl) else { return [] }
        defer { X509_free(leaf) }
        var bytes = [UInt8](repeating: 0, count: max(0, Int(i2d_X509(leaf, nil))))
        bytes.withUnsafeMutableBufferPointer { buffer in
            var next = buffer.baseAddress
            _ = i2d_X509(leaf, &next)
        }
        return bytes
    }

    /// The session so far, which the caller frees (`SSL_SESSION_free`).
    var session: OpaquePointer? { SSL_get1_session(ssl) }

    var isResumed: Bool { SSL_session_reused(ssl) == 1 }
}
