internal import SluiceOpenSSL

/// What a handshake came to.
public struct HandshakeSummary: Hashable, Sendable {
    /// The version spoken.
    public let version: TLSVersion
    /// The cipher suite, by its name in the RFCs.
    public let cipherSuite: CipherSuite
    /// The group of the key exchange; nil where there was none (resumption in TLS 1.2).
    public let group: NamedGroup?
    /// The algorithm of the server's signature; nil where it signed nothing (resumption).
    public let signatureAlgorithm: SignatureAlgorithm?
    /// The application protocol, if both ends named any.
    public let applicationProtocol: ApplicationProtocol?
    /// The host name that the client sent.
    public let serverName: String?
    /// Whether an earlier session was resumed.
    public let isResumed: Bool
    /// The peer's certificates, leaf first; on a resumption those of the first time, where the session holds them.
    public let peerCertificates: [Certificate]
    /// Ciphertext sent until the handshake completed, in bytes.
    public let bytesSent: UInt64
    /// Ciphertext received until the handshake completed, in bytes.
    public let bytesReceived: UInt64
    /// Flights sent: runs of messages without one of the peer's between them.
    public let flightsSent: Int
    /// Flights received.
    public let flightsReceived: Int

    /// A summary of these parts.
    package init(
        version: TLSVersion,
        cipherSuite: CipherSuite,
        group: NamedGroup?,
        signatureAlgorithm: SignatureAlgorithm?,
        applicationProtocol: ApplicationProtocol?,
        serverName: String?,
        isResumed: Bool,
        peerCertificates: [Certificate],
        bytes: (sent: UInt64, received: UInt64),
        flights: (sent: Int, received: Int)
    ) {
        self.version = version
        self.cipherSuite = cipherSuite
        self.group = group
        self.signatureAlgorithm = signatureAlgorithm
        self.applicationProtocol = applicationProtocol
        self.serverName = serverName
        self.isResumed = isResumed
        self.peerCertificates = peerCertificates
        (bytesSent, bytesReceived) = bytes
        (flightsSent, flightsReceived) = flights
    }

    init(of connection: borrowing ConnectionHandle, traffic: Traffic) {
        version = TLSVersion(rawValue: connection.version) ?? .tls12
        isResumed = connection.isResumed
        cipherSuite = CipherSuite(connection.cipherSuiteName)
        let hasKeyExchange = version == .tls13 || !isResumed
        group = hasKeyExchange ? connection.groupName.map { NamedGroup($0) } : nil
        signatureAlgorithm = isResumed ? nil : connection.serverSignatureName.map { SignatureAlgorithm($0) }
        applicationProtocol = connection.applicationProtocol.flatMap { ApplicationProtocol($0) }
        serverName = connection.serverName
        peerCertificates = connection.peerChain.map { Certificate($0) }
        bytesSent = traffic.drained + UInt64(connection.outboundByteCount)
        bytesReceived = traffic.fed - UInt64(connection.inboundByteCount)
        flightsSent = connection.flightsOutbound
        flightsReceived = connection.flightsInbound
    }
}
