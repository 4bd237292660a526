// Written by a script: see Fixtures/README.md.

extension ClientHelloFixture {
    /// Recordings of boringssl.
    static let boringssl: [ClientHelloFixture] = [
        ClientHelloFixture(
            file: "boringssl-swift-nio-ssl-2.37.6-default.pcapng",
            client: "boringssl",
            version: "swift-nio-ssl 2.37.6",
            command:
                "boringssl/debug/boringssl-peer role=client connect=127.0.0.1:PORT name=server.test does=echo ca=root.pem",
            offer: ClientHelloFixture.Offer(
                serverName: "server.test",
                applicationProtocols: [],
                versions: [0x0304, 0x0303],
                cipherSuiteCount: 17,
                groups: [0x11ec, 0x001d, 0x0017, 0x0018],
                byteCount: 1465
            ),
            clientHelloCount: 1,
            outcome: .negotiates(version: "1.3", cipherSuite: "TLS_AES_256_GCM_SHA384")
        ),
        ClientHelloFixture(
            file: "boringssl-swift-nio-ssl-2.37.6-tls12-alpn.pcap",
            client: "boringssl",
            version: "swift-nio-ssl 2.37.6",
            command:
                "boringssl/debug/boringssl-peer role=client connect=127.0.0.1:PORT name=server.test max=1.2 alpn=http/1.1,h2 does=echo ca=root.pem",
            offer: ClientHelloFixture.Offer(
                serverName: "server.test",
                applicationProtocols: ["http/1.1", "h2"],
                versions: [0x0303],
                cipherSuiteCount: 14,
                groups: [0x001d, 0x0017, 0x0018],
                byteCount: 166
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
