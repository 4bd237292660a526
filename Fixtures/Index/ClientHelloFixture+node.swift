// Written by a script: see Fixtures/README.md.

extension ClientHelloFixture {
    /// Recordings of node.
    static let node: [ClientHelloFixture] = [
        ClientHelloFixture(
            file: "node-20.20.2-default.pcapng",
            client: "node",
            version: "20.20.2",
            command: "node peer.js role=client connect=127.0.0.1:PORT name=server.test does=echo ca=root.pem",
            offer: ClientHelloFixture.Offer(
                serverName: "server.test",
                applicationProtocols: [],
                versions: [0x0304, 0x0303],
                cipherSuiteCount: 59,
                groups: [0x001d, 0x0017, 0x001e, 0x0019, 0x0018, 0x0100, 0x0101, 0x0102, 0x0103, 0x0104],
                byteCount: 364
            ),
            clientHelloCount: 1,
            outcome: .negotiates(version: "1.3", cipherSuite: "TLS_AES_256_GCM_SHA384")
        ),
        ClientHelloFixture(
            file: "node-20.20.2-tls12-alpn.pcap",
            client: "node",
            version: "20.20.2",
            command:
                "node peer.js role=client connect=127.0.0.1:PORT name=server.test max=1.2 alpn=h2,http/1.1 does=echo ca=root.pem",
            offer: ClientHelloFixture.Offer(
                serverName: "server.test",
                applicationProtocols: ["h2", "http/1.1"],
                versions: [0x0303],
                cipherSuiteCount: 56,
                groups: [0x001d, 0x0017, 0x001e, 0x0019, 0x0018],
                byteCount: 277
            ),
            clientHelloCount: 1,
            outcome: .negotiates(
                version: "1.2",
                cipherSuite: "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384",
                applicationProtocol: "h2"
            )
        ),
    ]
}
