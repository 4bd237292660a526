extension ProxyHeader {
    /// How a client came to the proxy by TLS: the field SSL.
    ///
    /// ```
    /// client (1) · verify (4, 0 means verified) · fields
    /// ```
    public struct TLSFacts: Hashable, Sendable {
        /// What the client did.
        public var client: Client

        /// 0 if the client showed a certificate and the proxy accepts it; else the proxy's reason.
        public var verifyResult: UInt32

        /// Version, cipher, names: all that the proxy tells.
        public var fields: [Field]

        /// Facts about a connection by TLS.
        public init(client: Client, verifyResult: UInt32, fields: [Field] = []) {
            self.client = client
            self.verifyResult = verifyResult
            self.fields = fields
        }

        /// What a client did: PP2_CLIENT_… of the specification.
        public struct Client: OptionSet, Hashable, Sendable {
            /// The bits as sent.
            public let rawValue: UInt8

            /// These bits.
            public init(rawValue: UInt8) {
                self.rawValue = rawValue
            }

            /// It came by TLS.
            public static let tls = Client(rawValue: 0x01)
            /// It showed a certificate on this connection.
            public static let certificateOnConnection = Client(rawValue: 0x02)
            /// It showed a certificate at least once in this session.
            public static let certificateInSession = Client(rawValue: 0x04)
        }

        /// `TLSv1.3`.
        public var version: String? { text(of: .tlsVersion) }
        /// The common name in the client's certificate.
        public var commonName: String? { text(of: .tlsCommonName) }
        /// `ECDHE-RSA-AES128-GCM-SHA256`.
        public var cipher: String? { text(of: .tlsCipher) }
        /// How the client's certificate, or the proxy's, is signed: `SHA256`.
        public var signatureAlgorithm: String? { text(of: .tlsSignatureAlgorithm) }
        /// The kind of key: `RSA2048`.
        public var keyAlgorithm: String? { text(of: .tlsKeyAlgorithm) }

        /// Whether the client showed a certificate and the proxy accepts it. The number alone says too little: it is 0
        /// also where no certificate was asked for.
        public var isClientVerified: Bool {
            verifyResult == 0 && !client.isDisjoint(with: [.certificateOnConnection, .certificateInSession])
        }

        private func text(of kind: Field.Kind) -> String? {
            fields.first { $0.kind == kind }.flatMap { String(validating: $0.value, as: UTF8.self) }
        }
    }
}

extension ProxyHeader.TLSFacts {
    /// Parses the value of the field; nil if it isn't one.
    init?(encoded bytes: ArraySlice<UInt8>) {
        guard bytes.count >= 5, let client = bytes.first,
            let fields = ProxyHeader.Field.fields(in: bytes.dropFirst(5))
        else { return nil }
        self.client = Client(rawValue: client)
        verifyResult = bytes.dropFirst().prefix(4).reduce(0) { $0 << 8 | UInt32($1) }
        self.fields = fields.map(\.field)
    }

    /// The value of the field.
    var encoded: [UInt8] {
        let verify = [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: verifyResult >> $0) }
        return [client.rawValue] + verify
            + fields.flatMap { ProxyHeader.Field.encoded(type: $0.kind.rawValue, $0.value) }
    }
}

extension ProxyHeader.Field.Kind {
    /// Within ``ProxyHeader/TLSFacts``: the version's name.
    public static let tlsVersion = Self(rawValue: 0x21)
    /// Within ``ProxyHeader/TLSFacts``: the common name in the client's certificate.
    public static let tlsCommonName = Self(rawValue: 0x22)
    /// Within ``ProxyHeader/TLSFacts``: the cipher's name.
    public static let tlsCipher = Self(rawValue: 0x23)
    /// Within ``ProxyHeader/TLSFacts``: the name of the signature's algorithm.
    public static let tlsSignatureAlgorithm = Self(rawValue: 0x24)
    /// Within ``ProxyHeader/TLSFacts``: the name of the key's algorithm.
    public static let tlsKeyAlgorithm = Self(rawValue: 0x25)
}
