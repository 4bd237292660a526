// Written by a script: see Fixtures/README.md.

extension ClientHelloFixture {
    /// Recordings of chromium.
    static let chromium: [ClientHelloFixture] = [
        ClientHelloFixture(
            file: "chromium-156.0.8078.79-default.pcapng",
            client: "chromium",
            version: "156.0.8078.79",
            command:
                "chromium --headless --no-sandbox --disable-gpu --user-data-dir=DIRECTORY/chromium --disable-background-networking --disable-component-update --no-first-run --disable-sync '--host-resolver-rules=MAP * 127.0.0.1' https://server.test:PORT/",
            offer: ClientHelloFixture.Offer(
                serverName: "server.test",
                applicationProtocols: ["h2", "http/1.1"],
                versions: [0xdada, 0x0304, 0x0303],
                cipherSuiteCount: 16,
                groups: [0xcaca, 0x11ec, 0x001d, 0x0017, 0x0018],
                byteCount: 1914
            ),
            clientHelloCount: 1,
            outcome: .negotiates(version: "1.3", cipherSuite: "TLS_AES_256_GCM_SHA384", applicationProtocol: "h2")
        ),
        ClientHelloFixture(
            file: "chromium-156.0.8078.79-ip.pcap",
            client: "chromium",
            version: "156.0.8078.79",
            command:
                "chromium --headless --no-sandbox --disable-gpu --user-data-dir=DIRECTORY/chromium --disable-background-networking --disable-component-update --no-first-run --disable-sync '--host-resolver-rules=MAP * 127.0.0.1' https://127.0.0.1:PORT/",
            offer: ClientHelloFixture.Offer(
                serverName: nil,
                applicationProtocols: ["h2", "http/1.1"],
                versions: [0x1a1a, 0x0304, 0x0303],
                cipherSuiteCount: 16,
                groups: [0x2a2a, 0x11ec, 0x001d, 0x0017, 0x0018],
                byteCount: 1894
            ),
            clientHelloCount: 1,
            outcome: .negotiates(version: "1.3", cipherSuite: "TLS_AES_256_GCM_SHA384", applicationProtocol: "h2")
        ),
    ]
}
