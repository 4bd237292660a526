// Written by a script: see Fixtures/README.md.

extension CaptureFixture {
    /// Recordings of gnutls.
    static let gnutlsServer: [CaptureFixture] = [
        CaptureFixture(
            peer: "gnutls",
            peerVersion: "3.7.9",
            role: .server,
            scenario: "full",
            version: "1.2",
            peerCommand:
                "gnutls-cli 127.0.0.1 --port PORT --sni-hostname server.test --verify-hostname server.test --x509cafile root.pem --priority NORMAL:-VERS-ALL:+VERS-TLS1.2",
            command: "sluice serve --listen 127.0.0.1:PORT --cert server-ecdsa.pem --key server-ecdsa.key.pem"
        ),
        CaptureFixture(
            peer: "gnutls",
            peerVersion: "3.7.9",
            role: .server,
            scenario: "resumed",
            version: "1.2",
            peerCommand:
                "gnutls-cli 127.0.0.1 --port PORT --sni-hostname server.test --verify-hostname server.test --x509cafile root.pem --priority NORMAL:-VERS-ALL:+VERS-TLS1.2 --resume",
            command: "sluice serve --listen 127.0.0.1:PORT --cert server-ecdsa.pem --key server-ecdsa.key.pem"
        ),
        CaptureFixture(
            peer: "gnutls",
            peerVersion: "3.7.9",
            role: .server,
            scenario: "alpn",
            version: "1.2",
            peerCommand:
                "gnutls-cli 127.0.0.1 --port PORT --sni-hostname server.test --verify-hostname server.test --x509cafile root.pem --priority NORMAL:-VERS-ALL:+VERS-TLS1.2 --alpn h2",
            command:
                "sluice serve --listen 127.0.0.1:PORT --cert server-ecdsa.pem --key server-ecdsa.key.pem --alpn h2,http/1.1"
        ),
        CaptureFixture(
            peer: "gnutls",
            peerVersion: "3.7.9",
            role: .server,
            scenario: "mtls",
            version: "1.2",
            peerCommand:
                "gnutls-cli 127.0.0.1 --port PORT --sni-hostname server.test --verify-hostname server.test --x509cafile root.pem --priority NORMAL:-VERS-ALL:+VERS-TLS1.2 --x509certfile client.pem --x509keyfile client.key.pem",
            command:
                "sluice serve --listen 127.0.0.1:PORT --cert server-ecdsa.pem --key server-ecdsa.key.pem --client-ca root.pem --require-client-cert"
        ),
        CaptureFixture(
            peer: "gnutls",
            peerVersion: "3.7.9",
            role: .server,
            scenario: "unknown-ca",
            version: "1.2",
            peerCommand:
                "gnutls-cli 127.0.0.1 --port PORT --sni-hostname server.test --verify-hostname server.test --x509cafile stranger.pem --priority NORMAL:-VERS-ALL:+VERS-TLS1.2",
            command: "sluice serve --listen 127.0.0.1:PORT --cert server-ecdsa.pem --key server-ecdsa.key.pem"
        ),
        CaptureFixture(
            peer: "gnutls",
            peerVersion: "3.7.9",
            role: .server,
            scenario: "full",
            version: "1.3",
            peerCommand:
                "gnutls-cli 127.0.0.1 --port PORT --sni-hostname server.test --verify-hostname server.test --x509cafile root.pem --priority NORMAL:-VERS-ALL:+VERS-TLS1.3",
            command: "sluice serve --listen 127.0.0.1:PORT --cert server-ecdsa.pem --key server-ecdsa.key.pem"
        ),
        CaptureFixture(
            peer: "gnutls",
            peerVersion: "3.7.9",
            role: .server,
            scenario: "resumed",
            version: "1.3",
            peerCommand:
                "gnutls-cli 127.0.0.1 --port PORT --sni-hostname server.test --verify-hostname server.test --x509cafile root.pem --priority NORMAL:-VERS-ALL:+VERS-TLS1.3 --resume",
            command: "sluice serve --listen 127.0.0.1:PORT --cert server-ecdsa.pem --key server-ecdsa.key.pem"
        ),
        CaptureFixture(
            peer: "gnutls",
            peerVersion: "3.7.9",
            role: .server,
            scenario: "alpn",
            version: "1.3",
            peerCommand:
                "gnutls-cli 127.0.0.1 --port PORT --sni-hostname server.test --verify-hostname server.test --x509cafile root.pem --priority NORMAL:-VERS-ALL:+VERS-TLS1.3 --alpn h2",
            command:
                "sluice serve --listen 127.0.0.1:PORT --cert server-ecdsa.pem --key server-ecdsa.key.pem --alpn h2,http/1.1"
        ),
        CaptureFixture(
            peer: "gnutls",
            peerVersion: "3.7.9",
            role: .server,
            scenario: "mtls",
            version: "1.3",
            peerCommand:
                "gnutls-cli 127.0.0.1 --port PORT --sni-hostname server.test --verify-hostname server.test --x509cafile root.pem --priority NORMAL:-VERS-ALL:+VERS-TLS1.3 --x509certfile client.pem --x509keyfile client.key.pem",
            command:
                "sluice serve --listen 127.0.0.1:PORT --cert server-ecdsa.pem --key server-ecdsa.key.pem --client-ca root.pem --require-client-cert"
        ),
        CaptureFixture(
            peer: "gnutls",
            peerVersion: "3.7.9",
            role: .server,
            scenario: "unknown-ca",
            version: "1.3",
            peerCommand:
                "gnutls-cli 127.0.0.1 --port PORT --sni-hostname server.test --verify-hostname server.test --x509cafile stranger.pem --priority NORMAL:-VERS-ALL:+VERS-TLS1.3",
            command: "sluice serve --listen 127.0.0.1:PORT --cert server-ecdsa.pem --key server-ecdsa.key.pem"
        ),
        CaptureFixture(
            peer: "gnutls",
            peerVersion: "3.7.9",
            role: .server,
            scenario: "hello-retry-request",
            version: "1.3",
            peerCommand:
                "gnutls-cli 127.0.0.1 --port PORT --sni-hostname server.test --verify-hostname server.test --x509cafile root.pem --priority NORMAL:-VERS-ALL:+VERS-TLS1.3",
            command:
                "sluice serve --listen 127.0.0.1:PORT --cert server-ecdsa.pem --key server-ecdsa.key.pem --groups P-384"
        ),
    ]
}
