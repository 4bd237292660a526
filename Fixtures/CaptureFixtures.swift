/// A journal of one connection between Sluice and a real peer on loopback, and how it came about.
///
/// `Scripts/record-captures` makes them. The keys in them are the test PKI's and worthless.
public struct CaptureFixture: Hashable, Sendable, CustomStringConvertible {
    /// Whom Sluice talked to: `nginx`.
    public let peer: String
    /// The peer's version, as it says itself.
    public let peerVersion: String
    /// What Sluice was.
    public let role: Role
    /// What it shows: `hello-retry-request`.
    public let scenario: String
    /// The version of TLS that the peer was told to speak: `1.3`.
    public let version: String
    /// How the peer was called. PORT is the server's port.
    public let peerCommand: String
    /// How Sluice was called.
    public let command: String

    /// Sluice's part in a connection.
    public enum Role: String, Hashable, Sendable {
        /// It ran `sluice connect`.
        case client
        /// It ran `sluice serve`.
        case server
    }

    /// All of them, by peer.
    public static let all = Array(
        [
            opensslClient, gnutlsClient, nginxClient, apacheClient, haproxyClient, stunnelClient, goClient, javaClient,
            nodeClient, pythonClient, rustlsClient, boringsslClient, opensslServer, gnutlsServer, curlServer,
            chromiumServer,
            nginxServer, haproxyServer, stunnelServer, goServer, javaServer, nodeServer, pythonServer, rustlsServer,
            boringsslServer,
        ].joined()
    )

    /// The file of `Fixtures/Captures`: `nginx-client-hello-retry-request-tls13.journal`.
    public var file: String {
        "\(peer)-\(role)-\(scenario)-tls\(version.filter { $0 != "." }).journal"
    }

    /// The whole file.
    public var bytes: [UInt8] { Fixtures.resource("Captures/\(file)") }

    /// Where the file is, for tools that read it themselves.
    public var path: String { Fixtures.resourcePath("Captures/\(file)") }

    /// The file's name.
    public var description: String { file }
}
