// Written by a script: see Fixtures/README.md.

extension ClientHelloFixture {
    /// Recordings of openssl.
    static let openssl: [ClientHelloFixture] = [
        ClientHelloFixture(
            file: "openssl-3.0.19-default.pcapng",
            client: "openssl",
            version: "3.0.19",
            command: "openssl s_client -connect 127.0.0.1:PORT -servername server.test",
            offer: ClientHelloFixture.Offer(
                serverName: "server.test",
                applicationProtocols: [],
                versions: [0x0304, 0x0303, 0x0302, 0x0301],
                cipherSuiteCount: 31,
                groups: [0x001d, 0x0017, 0x001e, 0x0019, 0x0018, 0x0100, 0x0101, 0x0102, 0x0103, 0x0104],
                byteCount: 312
            ),
            clientHelloCount: 1,
            outcome: .negotiates(version: "1.3", cipherSuite: "TLS_AES_256_GCM_SHA384")
        ),
        ClientHelloFixture(
            file: "openssl-3.0.19-no-name.pcap",
            client: "openssl",
            version: "3.0.19",
            command: "openssl s_client -connect 127.0.0.1:PORT -noservername",
            offer: ClientHelloFixture.Offer(
                serverName: nil,
                applicationProtocols: [],
                versions: [0x0304, 0x0303, 0x0302, 0x0301],
                cipherSuiteCount: 31,
                groups: [0x001d, 0x0017, 0x001e, 0x0019, 0x0018, 0x0100, 0x0101, 0x0102, 0x0103, 0x0104],
                byteCount: 292
            ),
            clientHelloCount: 1,
            outcome: .negotiates(version: "1.3", cipherSuite: "TLS_AES_256_GCM_SHA384")
        ),
        ClientHelloFixture(
            file: "openssl-3.0.19-tls12.pcap",
            client: "openssl",
            version: "3.0.19",
            command: "openssl s_client -connect 127.0.0.1:PORT -servername server.test -tls1_2",
            offer: ClientHelloFixture.Offer(
                serverName: "server.test",
                applicationProtocols: [],
                versions: [0x0303],
                cipherSuiteCount: 28,
                groups: [0x001d, 0x0017, 0x001e, 0x0019, 0x0018],
                byteCount: 203
            ),
            clientHelloCount: 1,
            outcome: .negotiates(version: "1.2", cipherSuite: "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384")
        ),
        ClientHelloFixture(
            file: "openssl-3.0.19-tls13-chacha.pcapng",
            client: "openssl",
            version: "3.0.19",
            command:
                "openssl s_client -connect 127.0.0.1:PORT -servername server.test -tls1_3 -ciphersuites TLS_CHACHA20_POLY1305_SHA256",
            offer: ClientHelloFixture.Offer(
                serverName: "server.test",
                applicationProtocols: [],
                versions: [0x0304],
                cipherSuiteCount: 2,
                groups: [0x001d, 0x0017, 0x001e, 0x0019, 0x0018, 0x0100, 0x0101, 0x0102, 0x0103, 0x0104],
                byteCount: 236
            ),
            clientHelloCount: 1,
            outcome: .negotiates(version: "1.3", cipherSuite: "TLS_CHACHA20_POLY1305_SHA256")
        ),
        ClientHelloFixture(
            file: "openssl-3.0.19-alpn.pcapng",
            client: "openssl",
            version: "3.0.19",
            command: "openssl s_client -connect 127.0.0.1:PORT -servername server.test -alpn http/1.0,http/1.1",
            offer: ClientHelloFixture.Offer(
                serverName: "server.test",
                applicationProtocols: ["http/1.0", "http/1.1"],
                versions: [0x0304, 0x0303, 0x0302, 0x0301],
                cipherSuiteCount: 31,
                groups: [0x001d, 0x0017, 0x001e, 0x0019, 0x0018, 0x0100, 0x0101, 0x0102, 0x0103, 0x0104],
                byteCount: 336
            ),
            clientHelloCount: 1,
            outcome: .negotiates(version: "1.3", cipherSuite: "TLS_AES_256_GCM_SHA384", applicationProtocol: "http/1.1")
        ),
        ClientHelloFixture(
            file: "openssl-3.0.19-alpn-stranger.pcapng",
            client: "openssl",
            version: "3.0.19",
            command: "openssl s_client -connect 127.0.0.1:PORT -servername server.test -alpn imap",
            offer: ClientHelloFixture.Offer(
                serverName: "server.test",
                applicationProtocols: ["imap"],
                versions: [0x0304, 0x0303, 0x0302, 0x0301],
                cipherSuiteCount: 31,
                groups: [0x001d, 0x0017, 0x001e, 0x0019, 0x0018, 0x0100, 0x0101, 0x0102, 0x0103, 0x0104],
                byteCount: 323
            ),
            clientHelloCount: 1,
            outcome: .refuses(alert: "no_application_protocol")
        ),
        ClientHelloFixture(
            file: "openssl-3.0.19-alpn-many.pcapng",
            client: "openssl",
            version: "3.0.19",
            command:
                "openssl s_client -connect 127.0.0.1:PORT -servername server.test -alpn protocol-0000,…,protocol-0299,h2",
            offer: ClientHelloFixture.Offer(
                serverName: "server.test",
                applicationProtocols: (0..<300).map { "protocol-\(String($0 + 10_000).dropFirst())" } + ["h2"],
                versions: [0x0304, 0x0303, 0x0302, 0x0301],
                cipherSuiteCount: 31,
                groups: [0x001d, 0x0017, 0x001e, 0x0019, 0x0018, 0x0100, 0x0101, 0x0102, 0x0103, 0x0104],
                byteCount: 4521
            ),
            clientHelloCount: 1,
            outcome: .negotiates(version: "1.3", cipherSuite: "TLS_AES_256_GCM_SHA384", applicationProtocol: "h2")
        ),
        ClientHelloFixture(
            file: "openssl-3.0.19-tls11.pcapng",
            client: "openssl",
            version: "3.0.19",
            command: "openssl s_client -connect 127.0.0.1:PORT -servername server.test -tls1_1 -cipher ALL:@SECLEVEL=0",
            offer: ClientHelloFixture.Offer(
                serverName: "server.test",
                applicationProtocols: [],
                versions: [0x0302],
                cipherSuiteCount: 23,
                groups: [0x001d, 0x0017, 0x001e, 0x0019, 0x0018],
                byteCount: 147
            ),
            clientHelloCount: 1,
            outcome: .refuses(alert: "protocol_version")
        ),
        ClientHelloFixture(
            file: "openssl-3.0.19-tls12-no-common-suite.pcap",
            client: "openssl",
            version: "3.0.19",
            command: "openssl s_client -connect 127.0.0.1:PORT -servername server.test -tls1_2 -cipher AES128-SHA",
            offer: ClientHelloFixture.Offer(
                serverName: "server.test",
                applicationProtocols: [],
                versions: [0x0303],
                cipherSuiteCount: 2,
                groups: [],
                byteCount: 127
            ),
            clientHelloCount: 1,
            outcome: .refuses(alert: "handshake_failure")
        ),
    ]
}
