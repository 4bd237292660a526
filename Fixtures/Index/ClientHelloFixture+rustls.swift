// Written by a script: see Fixtures/README.md.

extension ClientHelloFixture {
    /// Recordings of rustls.
    static let rustls: [ClientHelloFixture] = [
        ClientHelloFixture(
            file: "rustls-pyrtls-0.1.3-default.pcapng",
            client: "rustls",
            version: "pyrtls 0.1.3",
            command:
                "rustls/bin/python Fixtures/Peers/rustls/peer.py role=client connect=127.0.0.1:PORT name=server.test does=echo ca=root.pem",
            offer: ClientHelloFixture.Offer(
                serverName: "server.test",
                applicationProtocols: [],
                versions: [0x0304, 0x0303],
                cipherSuiteCount: 10,
                groups: [0x001d, 0x0017, 0x0018],
                byteCount: 233
            ),
            clientHelloCount: 1,
            outcome: .negotiates(version: "1.3", cipherSuite: "TLS_AES_256_GCM_SHA384")
        )
    ]
}
