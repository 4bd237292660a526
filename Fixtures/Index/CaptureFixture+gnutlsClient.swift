// Written by a script: see Fixtures/README.md.

extension CaptureFixture {
    /// Recordings of gnutls.
    static let gnutlsClient: [CaptureFixture] = [
        CaptureFixture(
            peer: "gnutls",
            peerVersion: "3.7.9",
            role: .client,
            scenario: "full",
            version: "1.2",
            peerCommand:
                "gnutls-serv --port PORT --x509certfile server-ecdsa.pem --x509keyfile server-ecdsa.key.pem --priority NORMAL:-VERS-ALL:+VERS-TLS1.2 --echo",
            command: "sluice connect 127.0.0.1:PORT --server-name server.test --ca root.pem"
        ),
        CaptureFixture(
            peer: "gnutls",
            peerVersion: "3.7.9",
            role: .client,
            scenario: "resumed",
            version: "1.2",
            peerCommand:
                "gnutls-serv --port PORT --x509certfile server-ecdsa.pem --x509keyfile server-ecdsa.key.pem --priority NORMAL:-VERS-ALL:+VERS-TLS1.2 --echo",
            command: "sluice connect 127.0.0.1:PORT --server-name server.test --ca root.pem --session session"
        ),
        CaptureFixture(
            peer: "gnutls",
            peerVersion: "3.7.9",
            role: .client,
            scenario: "alpn",
            version: "1.2",
            peerCommand:
                "gnutls-serv --port PORT --x509certfile server-ecdsa.pem --x509keyfile server-ecdsa.key.pem --priority NORMAL:-VERS-ALL:+VERS-TLS1.2 --echo --alpn h2",
            command: "sluice connect 127.0.0.1:PORT --server-name server.test --ca root.pem --alpn h2,http/1.1"
        ),
        CaptureFixture(
            peer: "gnutls",
            peerVersion: "3.7.9",
            role: .client,
            scenario: "mtls",
            version: "1.2",
            peerCommand:
                "gnutls-serv --port PORT --x509certfile server-ecdsa.pem --x509keyfile server-ecdsa.key.pem --priority NORMAL:-VERS-ALL:+VERS-TLS1.2 --echo --require-client-cert --x509cafile root.pem",
            command:
                "sluice connect 127.0.0.1:PORT --server-name server.test --ca root.pem --cert client.pem --key client.key.pem"
        ),
        CaptureFixture(
            peer: "gnutls",
            peerVersion: "3.7.9",
            role: .client,
            scenario: "rsa",
            version: "1.2",
            peerCommand:
                "gnutls-serv --port PORT --x509certfile server-rsa.pem --x509keyfile server-rsa.key.pem --priority NORMAL:-VERS-ALL:+VERS-TLS1.2 --echo",
            command: "sluice connect 127.0.0.1:PORT --server-name server.test --ca root.pem"
        ),
        CaptureFixture(
            peer: "gnutls",
            peerVersion: "3.7.9",
            role: .client,
            scenario: "unknown-ca",
            version: "1.2",
            peerCommand:
                "gnutls-serv --port PORT --x509certfile server-ecdsa.pem --x509keyfile server-ecdsa.key.pem --priority NORMAL:-VERS-ALL:+VERS-TLS1.2 --echo",
            command: "sluice connect 127.0.0.1:PORT --server-name server.test --ca stranger.pem"
        ),
        CaptureFixture(
            peer: "gnutls",
            peerVersion: "3.7.9",
            role: .client,
            scenario: "full",
            version: "1.3",
            peerCommand:
                "gnutls-serv --port PORT --x509certfile server-ecdsa.pem --x509keyfile server-ecdsa.key.pem --priority NORMAL:-VERS-ALL:+VERS-TLS1.3 --echo",
            command: "sluice connect 127.0.0.1:PORT --server-name server.test --ca root.pem"
        ),
        CaptureFixture(
            peer: "gnutls",
            peerVersion: "3.7.9",
            role: .client,
            scenario: "resumed",
            version: "1.3",
            peerCommand:
                "gnutls-serv --port PORT --x509certfile server-ecdsa.pem --x509keyfile server-ecdsa.key.pem --priority NORMAL:-VERS-ALL:+VERS-TLS1.3 --echo",
            command: "sluice connect 127.0.0.1:PORT --server-name server.test --ca root.pem --session session"
        ),
        CaptureFixture(
            peer: "gnutls",
            peerVersion: "3.7.9",
            role: .client,
            scenario: "alpn",
            version: "1.3",
            peerCommand:
                "gnutls-serv --port PORT --x509certfile server-ecdsa.pem --x509keyfile server-ecdsa.key.pem --priority NORMAL:-VERS-ALL:+VERS-TLS1.3 --echo --alpn h2",
            command: "sluice connect 127.0.0.1:PORT --server-name server.test --ca root.pem --alpn h2,http/1.1"
        ),
        CaptureFixture(
            peer: "gnutls",
            peerVersion: "3.7.9",
            role: .client,
            scenario: "mtls",
            version: "1.3",
            peerCommand:
                "gnutls-serv --port PORT --x509certfile server-ecdsa.pem --x509keyfile server-ecdsa.key.pem --priority NORMAL:-VERS-ALL:+VERS-TLS1.3 --echo --require-client-cert --x509cafile root.pem",
            command:
                "sluice connect 127.0.0.1:PORT --server-name server.test --ca root.pem --cert client.pem --key client.key.pem"
        ),
        CaptureFixture(
            peer: "gnutls",
            peerVersion: "3.7.9",
            role: .client,
            scenario: "rsa",
            version: "1.3",
            peerCommand:
                "gnutls-serv --port PORT --x509certfile server-rsa.pem --x509keyfile server-rsa.key.pem --priority NORMAL:-VERS-ALL:+VERS-TLS1.3 --echo",
            command: "sluice connect 127.0.0.1:PORT --server-name server.test --ca root.pem"
        ),
        CaptureFixture(
            peer: "gnutls",
            peerVersion: "3.7.9",
            role: .client,
            scenario: "unknown-ca",
            version: "1.3",
            peerCommand:
                "gnutls-serv --port PORT --x509certfile server-ecdsa.pem --x509keyfile server-ecdsa.key.pem --priority NORMAL:-VERS-ALL:+VERS-TLS1.3 --echo",
            command: "sluice connect 127.0.0.1:PORT --server-name server.test --ca stranger.pem"
        ),
        CaptureFixture(
            peer: "gnutls",
            peerVersion: "3.7.9",
            role: .client,
            scenario: "hello-retry-request",
            version: "1.3",
            peerCommand:
                "gnutls-serv --port PORT --x509certfile server-ecdsa.pem --x509keyfile server-ecdsa.key.pem --priority NORMAL:-VERS-ALL:+VERS-TLS1.3:-GROUP-ALL:+GROUP-SECP384R1 --echo",
            command: "sluice connect 127.0.0.1:PORT --server-name server.test --ca root.pem"
        ),
    ]
}
