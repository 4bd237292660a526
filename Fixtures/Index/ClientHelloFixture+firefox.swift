// Written by a script: see Fixtures/README.md.

extension ClientHelloFixture {
    /// Recordings of firefox.
    static let firefox: [ClientHelloFixture] = [
        ClientHelloFixture(
            file: "firefox-153.7.0-default.pcapng",
            client: "firefox",
            version: "153.7.0",
            command: "firefox-esr --headless --no-remote --profile DIRECTORY https://server.test:PORT/",
            offer: ClientHelloFixture.Offer(
                serverName: "server.test",
                applicationProtocols: ["h2", "http/1.1"],
                versions: [0x0304, 0x0303],
                cipherSuiteCount: 16,
                groups: [0x11ec, 0x001d, 0x0017, 0x0018, 0x0019, 0x0100, 0x0101],
                byteCount: 1889
            ),
            clientHelloCount: 1,
            outcome: .negotiates(version: "1.3", cipherSuite: "TLS_AES_256_GCM_SHA384", applicationProtocol: "h2")
        ),
        ClientHelloFixture(
            file: "firefox-153.7.0-ip.pcapng",
            client: "firefox",
            version: "153.7.0",
            command: "firefox-esr --headless --no-remote --profile DIRECTORY https://127.0.0.1:PORT/",
            offer: ClientHelloFixture.Offer(
                serverName: nil,
                applicationProtocols: ["h2", "http/1.1"],
                versions: [0x0304, 0x0303],
                cipherSuiteCount: 16,
                groups: [0x11ec, 0x001d, 0x0017, 0x0018, 0x0019, 0x0100, 0x0101],
                byteCount: 1869
            ),
            clientHelloCount: 1,
            outcome: .negotiates(version: "1.3", cipherSuite: "TLS_AES_256_GCM_SHA384", applicationProtocol: "h2")
        ),
    ]
}
