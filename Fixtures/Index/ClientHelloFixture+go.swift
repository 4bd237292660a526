// Written by a script: see Fixtures/README.md.

extension ClientHelloFixture {
    /// Recordings of go.
    static let go: [ClientHelloFixture] = [
        ClientHelloFixture(
            file: "go-1.19.8-default.pcapng",
            client: "go",
            version: "1.19.8",
            command: "go-peer role=client connect=127.0.0.1:PORT name=server.test does=echo ca=root.pem",
            offer: ClientHelloFixture.Offer(
                serverName: "server.test",
                applicationProtocols: [],
                versions: [0x0304, 0x0303],
                cipherSuiteCount: 19,
                groups: [0x001d, 0x0017, 0x0018, 0x0019],
                byteCount: 264
            ),
            clientHelloCount: 1,
            outcome: .negotiates(version: "1.3", cipherSuite: "TLS_AES_256_GCM_SHA384")
        ),
        ClientHelloFixture(
            file: "go-1.19.8-tls12.pcap",
            client: "go",
            version: "1.19.8",
            command: "go-peer role=client connect=127.0.0.1:PORT name=server.test max=1.2 does=echo ca=root.pem",
            offer: ClientHelloFixture.Offer(
                serverName: "server.test",
                applicationProtocols: [],
                versions: [0x0303],
                cipherSuiteCount: 16,
                groups: [0x001d, 0x0017, 0x0018, 0x0019],
                byteCount: 208
            ),
            clientHelloCount: 1,
            outcome: .negotiates(version: "1.2", cipherSuite: "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384")
        ),
        ClientHelloFixture(
            file: "go-1.19.8-alpn.pcapng",
            client: "go",
            version: "1.19.8",
            command:
                "go-peer role=client connect=127.0.0.1:PORT name=server.test alpn=h2,http/1.1 does=echo ca=root.pem",
            offer: ClientHelloFixture.Offer(
                serverName: "server.test",
                applicationProtocols: ["h2", "http/1.1"],
                versions: [0x0304, 0x0303],
                cipherSuiteCount: 19,
                groups: [0x001d, 0x0017, 0x0018, 0x0019],
                byteCount: 282
            ),
            clientHelloCount: 1,
            outcome: .negotiates(version: "1.3", cipherSuite: "TLS_AES_256_GCM_SHA384", applicationProtocol: "h2")
        ),
    ]
}
