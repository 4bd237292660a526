// Written by a script: see Fixtures/README.md.

extension ClientHelloFixture {
    /// Recordings of java.
    static let java: [ClientHelloFixture] = [
        ClientHelloFixture(
            file: "java-17.0.15-default.pcapng",
            client: "java",
            version: "17.0.15",
            command:
                "java -XX:TieredStopAtLevel=1 -cp java Peer role=client connect=127.0.0.1:PORT name=server.test does=echo ca=root.pem",
            offer: ClientHelloFixture.Offer(
                serverName: "server.test",
                applicationProtocols: [],
                versions: [0x0304, 0x0303],
                cipherSuiteCount: 37,
                groups: [0x001d, 0x0017, 0x0018, 0x0019, 0x001e, 0x0100, 0x0101, 0x0102, 0x0103, 0x0104],
                byteCount: 455
            ),
            clientHelloCount: 1,
            outcome: .negotiates(version: "1.3", cipherSuite: "TLS_AES_256_GCM_SHA384")
        ),
        ClientHelloFixture(
            file: "java-17.0.15-tls12.pcap",
            client: "java",
            version: "17.0.15",
            command:
                "java -XX:TieredStopAtLevel=1 -cp java Peer role=client connect=127.0.0.1:PORT name=server.test max=1.2 does=echo ca=root.pem",
            offer: ClientHelloFixture.Offer(
                serverName: "server.test",
                applicationProtocols: [],
                versions: [0x0303],
                cipherSuiteCount: 34,
                groups: [0x001d, 0x0017, 0x0018, 0x0019, 0x001e, 0x0100, 0x0101, 0x0102, 0x0103, 0x0104],
                byteCount: 298
            ),
            clientHelloCount: 1,
            outcome: .negotiates(version: "1.2", cipherSuite: "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384")
        ),
        ClientHelloFixture(
            file: "java-17.0.15-alpn.pcapng",
            client: "java",
            version: "17.0.15",
            command:
                "java -XX:TieredStopAtLevel=1 -cp java Peer role=client connect=127.0.0.1:PORT name=server.test alpn=h2,http/1.1 does=echo ca=root.pem",
            offer: ClientHelloFixture.Offer(
                serverName: "server.test",
                applicationProtocols: ["h2", "http/1.1"],
                versions: [0x0304, 0x0303],
                cipherSuiteCount: 37,
                groups: [0x001d, 0x0017, 0x0018, 0x0019, 0x001e, 0x0100, 0x0101, 0x0102, 0x0103, 0x0104],
                byteCount: 473
            ),
            clientHelloCount: 1,
            outcome: .negotiates(version: "1.3", cipherSuite: "TLS_AES_256_GCM_SHA384", applicationProtocol: "h2")
        ),
    ]
}
