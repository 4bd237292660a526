// Written by a script: see Fixtures/README.md.

extension ClientHelloFixture {
    /// Recordings of python.
    static let python: [ClientHelloFixture] = [
        ClientHelloFixture(
            file: "python-3.11.7-default.pcapng",
            client: "python",
            version: "3.11.7",
            command: "python3 peer.py role=client connect=127.0.0.1:PORT name=server.test does=echo ca=root.pem",
            offer: ClientHelloFixture.Offer(
                serverName: "server.test",
                applicationProtocols: [],
                versions: [0x0304, 0x0303],
                cipherSuiteCount: 18,
                groups: [0x001d, 0x0017, 0x001e, 0x0019, 0x0018, 0x0100, 0x0101, 0x0102, 0x0103, 0x0104],
                byteCount: 512
            ),
            clientHelloCount: 1,
            outcome: .negotiates(version: "1.3", cipherSuite: "TLS_AES_256_GCM_SHA384")
        ),
        ClientHelloFixture(
            file: "python-3.11.7-tls12.pcap",
            client: "python",
            version: "3.11.7",
            command:
                "python3 peer.py role=client connect=127.0.0.1:PORT name=server.test max=1.2 does=echo ca=root.pem",
            offer: ClientHelloFixture.Offer(
                serverName: "server.test",
                applicationProtocols: [],
                versions: [0x0303],
                cipherSuiteCount: 15,
                groups: [0x001d, 0x0017, 0x001e, 0x0019, 0x0018],
                byteCount: 177
            ),
            clientHelloCount: 1,
            outcome: .negotiates(version: "1.2", cipherSuite: "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384")
        ),
        ClientHelloFixture(
            file: "python-3.11.7-ip.pcapng",
            client: "python",
            version: "3.11.7",
            command:
                "python3 peer.py role=client connect=127.0.0.1:PORT name=127.0.0.1 alpn=http/1.1 does=echo ca=root.pem",
            offer: ClientHelloFixture.Offer(
                serverName: nil,
                applicationProtocols: ["http/1.1"],
                versions: [0x0304, 0x0303],
                cipherSuiteCount: 18,
                groups: [0x001d, 0x0017, 0x001e, 0x0019, 0x0018, 0x0100, 0x0101, 0x0102, 0x0103, 0x0104],
                byteCount: 512
            ),
            clientHelloCount: 1,
            outcome: .negotiates(version: "1.3", cipherSuite: "TLS_AES_256_GCM_SHA384", applicationProtocol: "http/1.1")
        ),
    ]
}
