/// Everything that an `SSL_CTX` is made from.
package struct ContextSettings: Sendable {
    /// What the callbacks need of it.
    package var callbacks: CallbackSettings

    /// `0x0303` or `0x0304`.
    package var versionMin: UInt16
    /// `0x0303` or `0x0304`, not below ``versionMin``.
    package var versionMax: UInt16

    /// Names of TLS 1.3 suites; empty for libssl's own choice.
    package var cipherSuites: [String] = []
    /// Names of TLS 1.2 suites in OpenSSL's or the RFC's spelling; empty for Sluice's choice.
    package var tls12CipherSuites: [String] = []
    /// Names of groups; empty for libssl's own choice.
    package var groups: [String] = []
    /// Names of signature algorithms; empty for libssl's own choice.
    package var signatureAlgorithms: [String] = []
    /// `0...5`, SSL_CTX_set_security_level(3).
    package var securityLevel = 2

    package var verification = VerificationSettings()
    package var sessions = SessionSettings()

    package init(callbacks: CallbackSettings, versionMin: UInt16, versionMax: UInt16) {
        self.callbacks = callbacks
        self.versionMin = versionMin
        self.versionMax = versionMax
    }
}

/// How the peer's certificate is judged.
package struct VerificationSettings: Sendable {
    /// How far it goes, `SSL_CTX_set_verify`.
    package var mode = Mode.none
    /// The trusted roots and revocation lists; nil where the mode is `.none`.
    package var store: TrustStoreHandle?
    /// Depth, time, flags.
    package var parameters = VerificationParameters()
    /// Subjects that a server names as acceptable (`SSL_CTX_set0_CA_list`).
    package var acceptableAuthorities: [X509Handle] = []

    package init() {}

    package enum Mode: Sendable {
        /// A client accepts any certificate; a server asks for none.
        case none
        /// A server asks for a certificate and checks one that comes.
        case optional
        /// No valid certificate, no connection.
        case required
    }
}

/// How sessions are kept and resumed.
package struct SessionSettings: Sendable {
    /// Tickets after a full TLS 1.3 handshake, and whether TLS 1.2 sends any.
    package var ticketCount = 2
    /// In seconds, `SSL_CTX_set_timeout`.
    package var lifetime: Int64 = 7200
    /// Whether tickets wait until the first write.
    package var holdsTickets = false
    /// Sessions that a server keeps for resumption by session ID, TLS 1.2.
    package var cacheSessionsMax = 1024
    /// Sessions are resumed only between contexts with the same 32 bytes (`SSL_CTX_set_session_id_context`).
    package var contextDigest: [UInt8] = []

    package init() {}
}

/// A setting that libssl refused.
package struct SettingFailure: Error {
    /// What kind of setting: "group".
    package let setting: String
    /// The value as it was given.
    package let value: String
    /// OpenSSL's words.
    package let openSSL: OpenSSLFailure

    init(_ setting: String, _ value: String) {
        self.setting = setting
        self.value = value
        openSSL = .takingQueue()
    }
}
