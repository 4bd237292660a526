/// The settings that both roles share. All have safe defaults.
///
/// Names of algorithms are checked when a ``TLSContext`` is made; an unknown one is named by the error.
public struct TLSParameters: Hashable, Sendable {
    /// The versions to speak.
    public var versions: ClosedRange<TLSVersion> = .tls12 ... .tls13

    /// Cipher suites for TLS 1.3, best first. Empty: OpenSSL's.
    public var cipherSuites: [CipherSuite] = []

    /// Cipher suites for TLS 1.2, best first, by the RFC's names or OpenSSL's. Empty: the AEAD suites with forward
    /// secrecy, RFC 9325 §4.2.
    public var tls12CipherSuites: [CipherSuite] = []

    /// Groups for the key exchange, best first. Empty: OpenSSL's, which begin with X25519.
    ///
    /// TLS 1.2 needs the group of an ECDSA certificate's own key among them, or there is no cipher suite in common.
    public var groups: [NamedGroup] = []

    /// Signature algorithms to accept, best first. Empty: OpenSSL's.
    public var signatureAlgorithms: [SignatureAlgorithm] = []

    /// OpenSSL's security level, `0...5`; 2 asks for 112 bits of security (SSL_CTX_set_security_level(3)).
    public var securityLevel = 2

    /// Application protocols, best first. A client offers them all; a server takes the first of its own that the
    /// client offers and otherwise ends the handshake with no_application_protocol. Empty: no negotiation.
    public var applicationProtocols: [ApplicationProtocol] = []

    /// Bytes that each of the two rings holds, ``TLSLimits/ringCapacityMin``...``TLSLimits/ringCapacityMax``.
    public var ringCapacity = TLSLimits.ringCapacityDefault

    /// What to tell of beyond the usual events.
    public var observations: Observations = []

    /// What the owner decides itself.
    public var decisions: Decisions = []

    /// When certificates must be valid, and sessions unexpired; nil lets libcrypto read the system's clock.
    public var time: UnixTime?

    /// The defaults.
    public init() {}

    /// Events that an engine makes only if asked to.
    public struct Observations: OptionSet, Hashable, Sendable {
        /// The options as bits.
        public let rawValue: Int

        /// Options from bits.
        public init(rawValue: Int) {
            self.rawValue = rawValue
        }

        /// Key-log lines, ``TLSEvent/keyLogLine(_:)``. They decrypt the connection for whoever reads them.
        public static let keyLog = Observations(rawValue: 1)
        /// Each handshake message, ``TLSEvent/message(_:)``.
        public static let messages = Observations(rawValue: 2)
        /// Each record, ``TLSEvent/record(_:)``.
        public static let records = Observations(rawValue: 4)
    }

    /// Questions that an engine puts to its owner, see ``TLSEngine/pendingDecision``.
    public struct Decisions: OptionSet, Hashable, Sendable {
        /// The options as bits.
        public let rawValue: Int

        /// Options from bits.
        public init(rawValue: Int) {
            self.rawValue = rawValue
        }

        /// On a server: what to do with a ClientHello, before anything is chosen.
        public static let clientHello = Decisions(rawValue: 1)
        /// On a client: which identity to present, once the server asked for one.
        public static let clientIdentity = Decisions(rawValue: 2)
        /// Whether to accept the peer's certificate chain.
        public static let peerCertificate = Decisions(rawValue: 4)
    }
}
