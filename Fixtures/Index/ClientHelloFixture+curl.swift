// Written by a script: see Fixtures/README.md.

extension ClientHelloFixture {
    /// Recordings of curl.
    static let curl: [ClientHelloFixture] = [
        ClientHelloFixture(
            file: "curl-7.88.1-default.pcapng",
            client: "curl",
            version: "7.88.1",
            command: "curl -s --max-time 10 --connect-to ::127.0.0.1:PORT https://server.test:PORT/",
            offer: ClientHelloFixture.Offer(
                serverName: "server.test",
                applicationProtocols: ["h2", "http/1.1"],
                versions: [0x0304, 0x0303, 0x0302, 0x0301],
                cipherSuiteCount: 31,
                groups: [0x001d, 0x0017, 0x001e, 0x0019, 0x0018, 0x0100, 0x0101, 0x0102, 0x0103, 0x0104],
                byteCount: 512
            ),
            clientHelloCount: 1,
            outcome: .negotiates(version: "1.3", cipherSuite: "TLS_AES_256_GCM_SHA384", applicationProtocol: "h2")
        ),
        ClientHelloFixture(
            file: "curl-7.88.1-tls12.pcap",
            client: "curl",
            version: "7.88.1",
            command: "curl -s --max-time 10 --tls-max 1.2 --connect-to ::127.0.0.1:PORT https://server.test:PORT/",
            offer: ClientHelloFixture.Offer(
                serverName: "server.test",
                applicationProtocols: ["h2", "http/1.1"],
                versions: [0x0303],
                cipherSuiteCount: 28,
                groups: [0x001d, 0x0017, 0x001e, 0x0019, 0x0018],
                byteCount: 217
            ),
            clientHelloCount: 1,
            outcome: .negotiates(
                version: "1.2",
                cipherSuite: "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384",
                applicationProtocol: "h2"
            )
        ),
        ClientHelloFixture(
            file: "curl-7.88.1-http1.1.pcapng",
            client: "curl",
            version: "7.88.1",
            command: "curl -s --max-time 10 --http1.1 --connect-to ::127.0.0.1:PORT https://server.test:PORT/",
            offer: ClientHelloFixture.Offer(
                serverName: "server.test",
                applicationProtocols: ["http/1.1"],
                versions: [0x0304, 0x0303, 0x0302, 0x0301],
                cipherSuiteCount: 31,
                groups: [0x001d, 0x0017, 0x001e, 0x0019, 0x0018, 0x0100, 0x0101, 0x0102, 0x0103, 0x0104],
                byteCount: 512
            ),
            clientHelloCount: 1,
            outcome: .negotiates(version: "1.3", cipherSuite: "TLS_AES_256_GCM_SHA384", applicationProtocol: "http/1.1")
        ),
        ClientHelloFixture(
            file: "curl-7.88.1-ip.pcapng",
            client: "curl",
            version: "7.88.1",
            command: "curl -s --max-time 10 --connect-to ::127.0.0.1:PORT https://127.0.0.1:PORT/",
            offer: ClientHelloFixture.Offer(
                serverName: nil,
                applicationProtocols: ["h2", "http/1.1"],
                versions: [0x0304, 0x0303, 0x0302, 0x0301],
                cipherSuiteCount: 31,
                groups: [0x001d, 0x0017, 0x001e, 0x0019, 0x0018, 0x0100, 0x0101, 0x0102, 0x0103, 0x0104],
                byteCount: 512
            ),
            clientHelloCount: 1,
            outcome: .negotiates(version: "1.3", cipherSuite: "TLS_AES_256_GCM_SHA384", applicationProtocol: "h2")
        ),
        ClientHelloFixture(
            file: "curl-7.88.1-retry.pcapng",
            client: "curl",
            version: "7.88.1",
            command:
                "curl -s --max-time 10 --connect-to ::127.0.0.1:PORT https://server.test:PORT/, answered by openssl s_server -groups P-521",
            offer: ClientHelloFixture.Offer(
                serverName: "server.test",
                applicationProtocols: ["h2", "http/1.1"],
                versions: [0x0304, 0x0303, 0x0302, 0x0301],
                cipherSuiteCount: 31,
                groups: [0x001d, 0x0017, 0x001e, 0x0019, 0x0018, 0x0100, 0x0101, 0x0102, 0x0103, 0x0104],
                byteCount: 512
            ),
            clientHelloCount: 2,
            outcome: .negotiates(version: "1.3", cipherSuite: "TLS_AES_256_GCM_SHA384", applicationProtocol: "h2")
        ),
    ]
}
