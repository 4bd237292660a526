// Written by a script: see Fixtures/README.md.

extension ClientHelloFixture {
    /// Recordings of gnutls.
    static let gnutls: [ClientHelloFixture] = [
        ClientHelloFixture(
            file: "gnutls-3.7.9-resumption.pcapng",
            client: "gnutls",
            version: "3.7.9",
            command:
                "gnutls-cli 127.0.0.1 --port PORT --insecure --sni-hostname server.test --resume, answered by openssl s_server",
            offer: ClientHelloFixture.Offer(
                serverName: "server.test",
                applicationProtocols: [],
                versions: [0x0304, 0x0303, 0x0302, 0x0301],
                cipherSuiteCount: 29,
                groups: [0x0017, 0x0018, 0x0019, 0x001d, 0x001e, 0x0100, 0x0101, 0x0102, 0x0103, 0x0104],
                byteCount: 659
            ),
            clientHelloCount: 1,
            outcome: .negotiates(version: "1.3", cipherSuite: "TLS_AES_256_GCM_SHA384")
        ),
        ClientHelloFixture(
            file: "gnutls-3.7.9-default.pcapng",
            client: "gnutls",
            version: "3.7.9",
            command: "gnutls-cli 127.0.0.1 --port PORT --insecure --sni-hostname server.test",
            offer: ClientHelloFixture.Offer(
                serverName: "server.test",
                applicationProtocols: [],
                versions: [0x0304, 0x0303, 0x0302, 0x0301],
                cipherSuiteCount: 29,
                groups: [0x0017, 0x0018, 0x0019, 0x001d, 0x001e, 0x0100, 0x0101, 0x0102, 0x0103, 0x0104],
                byteCount: 388
            ),
            clientHelloCount: 1,
            outcome: .negotiates(version: "1.3", cipherSuite: "TLS_AES_256_GCM_SHA384")
        ),
        ClientHelloFixture(
            file: "gnutls-3.7.9-tls12.pcap",
            client: "gnutls",
            version: "3.7.9",
            command:
                "gnutls-cli 127.0.0.1 --port PORT --insecure --sni-hostname server.test --priority NORMAL:-VERS-TLS1.3",
            offer: ClientHelloFixture.Offer(
                serverName: "server.test",
                applicationProtocols: [],
                versions: [0x0303],
                cipherSuiteCount: 25,
                groups: [0x0017, 0x0018, 0x0019, 0x001d, 0x001e, 0x0100, 0x0101, 0x0102, 0x0103, 0x0104],
                byteCount: 217
            ),
            clientHelloCount: 1,
            outcome: .negotiates(version: "1.2", cipherSuite: "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384")
        ),
        ClientHelloFixture(
            file: "gnutls-3.7.9-alpn.pcapng",
            client: "gnutls",
            version: "3.7.9",
            command: "gnutls-cli 127.0.0.1 --port PORT --insecure --sni-hostname server.test --alpn http/1.1 --alpn h2",
            offer: ClientHelloFixture.Offer(
                serverName: "server.test",
                applicationProtocols: ["http/1.1", "h2"],
                versions: [0x0304, 0x0303, 0x0302, 0x0301],
                cipherSuiteCount: 29,
                groups: [0x0017, 0x0018, 0x0019, 0x001d, 0x001e, 0x0100, 0x0101, 0x0102, 0x0103, 0x0104],
                byteCount: 406
            ),
            clientHelloCount: 1,
            outcome: .negotiates(version: "1.3", cipherSuite: "TLS_AES_256_GCM_SHA384", applicationProtocol: "h2")
        ),
    ]
}
