extension TLSError {
    /// The kinds of failure. More may be added, so a `switch` needs a `default`.
    public struct Code: Hashable, Sendable, CustomStringConvertible {
        private enum Value: String {
            case alertReceived, closed, decisionRefused, internalFailure, invalidCertificate, invalidConfiguration
            case invalidOCSPResponse, invalidPrivateKey, invalidSession, keyMismatch, negotiationFailed, notTLS,
                protocolViolation
            case truncated, verificationFailed, wrongPassphrase
        }

        private let value: Value

        /// The name of the static member: `truncated`.
        public var description: String { value.rawValue }

        /// The code of this name, or nil if there is none.
        package init?(name: String) {
            guard let value = Value(rawValue: name) else { return nil }
            self.init(value: value)
        }

        private init(value: Value) {
            self.value = value
        }

        /// The peer sent a fatal alert; see ``TLSError/alert``.
        public static let alertReceived = Code(value: .alertReceived)
        /// The engine was used after `close()`.
        public static let closed = Code(value: .closed)
        /// The owner's answer to a decision refused the connection.
        public static let decisionRefused = Code(value: .decisionRefused)
        /// OpenSSL or Sluice failed through no fault of the peer or the caller.
        public static let internalFailure = Code(value: .internalFailure)
        /// Bytes that should be a certificate, a chain or a revocation list and aren't.
        public static let invalidCertificate = Code(value: .invalidCertificate)
        /// A value in a configuration that can't be used; the words name it.
        public static let invalidConfiguration = Code(value: .invalidConfiguration)
        /// Bytes that should be an OCSP response and aren't, or a response about another certificate.
        public static let invalidOCSPResponse = Code(value: .invalidOCSPResponse)
        /// Bytes that should be a private key and aren't.
        public static let invalidPrivateKey = Code(value: .invalidPrivateKey)
        /// Bytes that should be an exported session and aren't, or a session of another host.
        public static let invalidSession = Code(value: .invalidSession)
        /// A private key that doesn't belong to its certificate.
        public static let keyMismatch = Code(value: .keyMismatch)
        /// The two ends have no version, cipher suite, group, signature algorithm or application protocol in common.
        public static let negotiationFailed = Code(value: .negotiationFailed)
        /// The peer doesn't speak TLS, or only a version that ended long ago: plain HTTP, SSLv2, noise.
        public static let notTLS = Code(value: .notTLS)
        /// The peer broke the protocol, or somebody altered its bytes.
        public static let protocolViolation = Code(value: .protocolViolation)
        /// The bytes ended without close_notify, RFC 8446 §6.1.
        public static let truncated = Code(value: .truncated)
        /// The peer's certificate was not accepted; see ``TLSError/verification``.
        public static let verificationFailed = Code(value: .verificationFailed)
        /// An encrypted key or PKCS#12 file and a passphrase that doesn't open it, or none.
        public static let wrongPassphrase = Code(value: .wrongPassphrase)
    }
}
