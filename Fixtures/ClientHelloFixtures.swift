/// A capture of one connection of a real client, mostly to a silent server, and what there is to know of its ClientHello.
///
/// `Scripts/record-client-hellos` makes them. The offer is what Wireshark reads; the outcome was written by hand.
public struct ClientHelloFixture: Hashable, Sendable, CustomStringConvertible {
    /// A pcap or pcapng file of `Fixtures/ClientHellos`.
    public let file: String
    /// Whose ClientHello it is: `curl`.
    public let client: String
    /// The client's version, as it says itself.
    public let version: String
    /// How it was called. PORT is the server's port.
    public let command: String
    /// What it offers.
    public let offer: Offer
    /// ClientHellos in the file: 2 where a HelloRetryRequest asked for another.
    public let clientHelloCount: Int
    /// What a server makes of it that has ``Fixtures/serverECDSA`` alone, else the engine's defaults, and that speaks
    /// `h2` and `http/1.1`, in this order.
    public let outcome: Outcome

    /// What a ClientHello offers. Numbers are as they were sent, GREASE (RFC 8701) among them.
    public struct Offer: Hashable, Sendable {
        /// The host name asked for, if any.
        public let serverName: String?
        /// Application protocols, best first.
        public let applicationProtocols: [String]
        /// Versions: supported_versions, or without that the version field.
        public let versions: [UInt16]
        /// How many cipher suites there are.
        public let cipherSuiteCount: Int
        /// Groups, best first.
        public let groups: [UInt16]
        /// Bytes of the handshake message, with its header of four.
        public let byteCount: Int
    }

    /// What a server makes of it.
    public enum Outcome: Hashable, Sendable {
        /// A ServerHello with this version and suite. In TLS 1.3 the protocol travels encrypted.
        case negotiates(version: String, cipherSuite: String, applicationProtocol: String? = nil)
        /// This alert, by its name in the RFC.
        case refuses(alert: String)
    }

    /// All of them, by client.
    public static let all = Array(
        [
            curl, openssl, gnutls, go, java, node, python, rustls, boringssl, chromium, firefox,
        ].joined()
    )

    /// The whole file.
    public var bytes: [UInt8] { Fixtures.resource("ClientHellos/\(file)") }

    /// The file's name.
    public var description: String { file }
}
