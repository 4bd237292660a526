// Written by a script: see Fixtures/README.md.

extension CaptureFixture {
    /// Recordings of openssl.
    static let opensslClient: [CaptureFixture] = [
        CaptureFixture(
            peer: "openssl",
            peerVersion: "3.0.19",
            role: .client,
            scenario: "full",
            version: "1.2",
            peerCommand:
                "openssl s_server -accept 127.0.0.1:0 -cert server-ecdsa.pem -key server-ecdsa.key.pem -tls1_2 -www -cert_chain rest.pem",
            command: "sluice connect 127.0.0.1:PORT --server-name server.test --ca root.pem"
        ),
        CaptureFixture(
            peer: "openssl",
            peerVersion: "3.0.19",
            role: .client,
            scenario: "resumed",
            version: "1.2",
            peerCommand:
                "openssl s_server -accept 127.0.0.1:0 -cert server-ecdsa.pem -key server-ecdsa.key.pem -tls1_2 -www -cert_chain rest.pem",
            command: "sluice connect 127.0.0.1:PORT --server-name server.test --ca root.pem --session session"
        ),
        CaptureFixture(
            peer: "openssl",
            peerVersion: "3.0.19",
            role: .client,
            scenario: "alpn",
            version: "1.2",
            peerCommand:
                "openssl s_server -accept 127.0.0.1:0 -cert server-ecdsa.pem -key server-ecdsa.key.pem -tls1_2 -www -alpn http/1.1 -cert_chain rest.pem",
            command: "sluice connect 127.0.0.1:PORT --server-name server.test --ca root.pem --alpn h2,http/1.1"
        ),
        CaptureFixture(
            peer: "openssl",
            peerVersion: "3.0.19",
            role: .client,
            scenario: "mtls",
            version: "1.2",
            peerCommand:
                "openssl s_server -accept 127.0.0.1:0 -cert server-ecdsa.pem -key server-ecdsa.key.pem -tls1_2 -www -Verify 3 -verify_return_error -CAfile root.pem -cert_chain rest.pem",
            command:
                "sluice connect 127.0.0.1:PORT --server-name server.test --ca root.pem --cert client.pem --key client.key.pem"
        ),
        CaptureFixture(
            peer: "openssl",
            peerVersion: "3.0.19",
            role: .client,
            scenario: "rsa",
            version: "1.2",
            peerCommand:
                "openssl s_server -accept 127.0.0.1:0 -cert server-rsa.pem -key server-rsa.key.pem -tls1_2 -www -cert_chain rest.pem",
            command: "sluice connect 127.0.0.1:PORT --server-name server.test --ca root.pem"
        ),
        CaptureFixture(
            peer: "openssl",
            peerVersion: "3.0.19",
            role: .client,
            scenario: "ed25519",
            version: "1.2",
            peerCommand:
                "openssl s_server -accept 127.0.0.1:0 -cert server-ed25519.pem -key server-ed25519.key.pem -tls1_2 -www -cert_chain rest.pem",
            command: "sluice connect 127.0.0.1:PORT --server-name server.test --ca root.pem"
        ),
        CaptureFixture(
            peer: "openssl",
            peerVersion: "3.0.19",
            role: .client,
            scenario: "long-chain",
            version: "1.2",
            peerCommand:
                "openssl s_server -accept 127.0.0.1:0 -cert long-chain.pem -key long-chain.key.pem -tls1_2 -www -cert_chain rest.pem",
            command: "sluice connect 127.0.0.1:PORT --server-name server.test --ca root.pem"
        ),
        CaptureFixture(
            peer: "openssl",
            peerVersion: "3.0.19",
            role: .client,
            scenario: "small-records",
            version: "1.2",
            peerCommand:
                "openssl s_server -accept 127.0.0.1:0 -cert server-ecdsa.pem -key server-ecdsa.key.pem -tls1_2 -www -max_send_frag 512 -cert_chain rest.pem",
            command: "sluice connect 127.0.0.1:PORT --server-name server.test --ca root.pem"
        ),
        CaptureFixture(
            peer: "openssl",
            peerVersion: "3.0.19",
            role: .client,
            scenario: "half-closed",
            version: "1.2",
            peerCommand:
                "openssl s_server -accept 127.0.0.1:0 -cert server-ecdsa.pem -key server-ecdsa.key.pem -tls1_2 -cert_chain rest.pem",
            command: "sluice connect 127.0.0.1:PORT --server-name server.test --ca root.pem"
        ),
        CaptureFixture(
            peer: "openssl",
            peerVersion: "3.0.19",
            role: .client,
            scenario: "unknown-ca",
            version: "1.2",
            peerCommand:
                "openssl s_server -accept 127.0.0.1:0 -cert server-ecdsa.pem -key server-ecdsa.key.pem -tls1_2 -www -cert_chain rest.pem",
            command: "sluice connect 127.0.0.1:PORT --server-name server.test --ca stranger.pem"
        ),
        CaptureFixture(
            peer: "openssl",
            peerVersion: "3.0.19",
            role: .client,
            scenario: "wrong-host",
            version: "1.2",
            peerCommand:
                "openssl s_server -accept 127.0.0.1:0 -cert wrong-host.pem -key wrong-host.key.pem -tls1_2 -www -cert_chain rest.pem",
            command: "sluice connect 127.0.0.1:PORT --server-name server.test --ca root.pem"
        ),
        CaptureFixture(
            peer: "openssl",
            peerVersion: "3.0.19",
            role: .client,
            scenario: "expired",
            version: "1.2",
            peerCommand:
                "openssl s_server -accept 127.0.0.1:0 -cert expired.pem -key expired.key.pem -tls1_2 -www -cert_chain rest.pem",
            command: "sluice connect 127.0.0.1:PORT --server-name server.test --ca root.pem"
        ),
        CaptureFixture(
            peer: "openssl",
            peerVersion: "3.0.19",
            role: .client,
            scenario: "no-client-certificate",
            version: "1.2",
            peerCommand:
                "openssl s_server -accept 127.0.0.1:0 -cert server-ecdsa.pem -key server-ecdsa.key.pem -tls1_2 -www -Verify 3 -verify_return_error -CAfile root.pem -cert_chain rest.pem",
            command: "sluice connect 127.0.0.1:PORT --server-name server.test --ca root.pem"
        ),
        CaptureFixture(
            peer: "openssl",
            peerVersion: "3.0.19",
            role: .client,
            scenario: "no-common-protocol",
            version: "1.2",
            peerCommand:
                "openssl s_server -accept 127.0.0.1:0 -cert server-ecdsa.pem -key server-ecdsa.key.pem -tls1_2 -www -alpn imap -cert_chain rest.pem",
            command: "sluice connect 127.0.0.1:PORT --server-name server.test --ca root.pem --alpn h2,http/1.1"
        ),
        CaptureFixture(
            peer: "openssl",
            peerVersion: "3.0.19",
            role: .client,
            scenario: "truncated",
            version: "1.2",
            peerCommand:
                "openssl s_server -accept 127.0.0.1:0 -cert server-ecdsa.pem -key server-ecdsa.key.pem -tls1_2 -cert_chain rest.pem",
            command: "sluice connect 127.0.0.1:PORT --server-name server.test --ca root.pem"
        ),
        CaptureFixture(
            peer: "openssl",
            peerVersion: "3.0.19",
            role: .client,
            scenario: "no-common-version",
            version: "1.2",
            peerCommand:
                "openssl s_server -accept 127.0.0.1:0 -cert server-ecdsa.pem -key server-ecdsa.key.pem -tls1_2 -www -cert_chain rest.pem",
            command: "sluice connect 127.0.0.1:PORT --server-name server.test --ca root.pem --tls-min 1.3 --tls-max 1.3"
        ),
        CaptureFixture(
            peer: "openssl",
            peerVersion: "3.0.19",
            role: .client,
            scenario: "full",
            version: "1.3",
            peerCommand:
                "openssl s_server -accept 127.0.0.1:0 -cert server-ecdsa.pem -key server-ecdsa.key.pem -tls1_3 -www -cert_chain rest.pem",
            command: "sluice connect 127.0.0.1:PORT --server-name server.test --ca root.pem"
        ),
        CaptureFixture(
            peer: "openssl",
            peerVersion: "3.0.19",
            role: .client,
            scenario: "resumed",
            version: "1.3",
            peerCommand:
                "openssl s_server -accept 127.0.0.1:0 -cert server-ecdsa.pem -key server-ecdsa.key.pem -tls1_3 -www -cert_chain rest.pem",
            command: "sluice connect 127.0.0.1:PORT --server-name server.test --ca root.pem --session session"
        ),
        CaptureFixture(
            peer: "openssl",
            peerVersion: "3.0.19",
            role: .client,
            scenario: "alpn",
            version: "1.3",
            peerCommand:
                "openssl s_server -accept 127.0.0.1:0 -cert server-ecdsa.pem -key server-ecdsa.key.pem -tls1_3 -www -alpn http/1.1 -cert_chain rest.pem",
            command: "sluice connect 127.0.0.1:PORT --server-name server.test --ca root.pem --alpn h2,http/1.1"
        ),
        CaptureFixture(
            peer: "openssl",
            peerVersion: "3.0.19",
            role: .client,
            scenario: "mtls",
            version: "1.3",
            peerCommand:
                "openssl s_server -accept 127.0.0.1:0 -cert server-ecdsa.pem -key server-ecdsa.key.pem -tls1_3 -www -Verify 3 -verify_return_error -CAfile root.pem -cert_chain rest.pem",
            command:
                "sluice connect 127.0.0.1:PORT --server-name server.test --ca root.pem --cert client.pem --key client.key.pem"
        ),
        CaptureFixture(
            peer: "openssl",
            peerVersion: "3.0.19",
            role: .client,
            scenario: "rsa",
            version: "1.3",
            peerCommand:
                "openssl s_server -accept 127.0.0.1:0 -cert server-rsa.pem -key server-rsa.key.pem -tls1_3 -www -cert_chain rest.pem",
            command: "sluice connect 127.0.0.1:PORT --server-name server.test --ca root.pem"
        ),
        CaptureFixture(
            peer: "openssl",
            peerVersion: "3.0.19",
            role: .client,
            scenario: "ed25519",
            version: "1.3",
            peerCommand:
                "openssl s_server -accept 127.0.0.1:0 -cert server-ed25519.pem -key server-ed25519.key.pem -tls1_3 -www -cert_chain rest.pem",
            command: "sluice connect 127.0.0.1:PORT --server-name server.test --ca root.pem"
        ),
        CaptureFixture(
            peer: "openssl",
            peerVersion: "3.0.19",
            role: .client,
            scenario: "long-chain",
            version: "1.3",
            peerCommand:
                "openssl s_server -accept 127.0.0.1:0 -cert long-chain.pem -key long-chain.key.pem -tls1_3 -www -cert_chain rest.pem",
            command: "sluice connect 127.0.0.1:PORT --server-name server.test --ca root.pem"
        ),
        CaptureFixture(
            peer: "openssl",
            peerVersion: "3.0.19",
            role: .client,
            scenario: "small-records",
            version: "1.3",
            peerCommand:
                "openssl s_server -accept 127.0.0.1:0 -cert server-ecdsa.pem -key server-ecdsa.key.pem -tls1_3 -www -max_send_frag 512 -cert_chain rest.pem",
            command: "sluice connect 127.0.0.1:PORT --server-name server.test --ca root.pem"
        ),
        CaptureFixture(
            peer: "openssl",
            peerVersion: "3.0.19",
            role: .client,
            scenario: "half-closed",
            version: "1.3",
            peerCommand:
                "openssl s_server -accept 127.0.0.1:0 -cert server-ecdsa.pem -key server-ecdsa.key.pem -tls1_3 -cert_chain rest.pem",
            command: "sluice connect 127.0.0.1:PORT --server-name server.test --ca root.pem"
        ),
        CaptureFixture(
            peer: "openssl",
            peerVersion: "3.0.19",
            role: .client,
            scenario: "unknown-ca",
            version: "1.3",
            peerCommand:
                "openssl s_server -accept 127.0.0.1:0 -cert server-ecdsa.pem -key server-ecdsa.key.pem -tls1_3 -www -cert_chain rest.pem",
            command: "sluice connect 127.0.0.1:PORT --server-name server.test --ca stranger.pem"
        ),
        CaptureFixture(
            peer: "openssl",
            peerVersion: "3.0.19",
            role: .client,
            scenario: "wrong-host",
            version: "1.3",
            peerCommand:
                "openssl s_server -accept 127.0.0.1:0 -cert wrong-host.pem -key wrong-host.key.pem -tls1_3 -www -cert_chain rest.pem",
            command: "sluice connect 127.0.0.1:PORT --server-name server.test --ca root.pem"
        ),
        CaptureFixture(
            peer: "openssl",
            peerVersion: "3.0.19",
            role: .client,
            scenario: "expired",
            version: "1.3",
            peerCommand:
                "openssl s_server -accept 127.0.0.1:0 -cert expired.pem -key expired.key.pem -tls1_3 -www -cert_chain rest.pem",
            command: "sluice connect 127.0.0.1:PORT --server-name server.test --ca root.pem"
        ),
        CaptureFixture(
            peer: "openssl",
            peerVersion: "3.0.19",
            role: .client,
            scenario: "no-client-certificate",
            version: "1.3",
            peerCommand:
                "openssl s_server -accept 127.0.0.1:0 -cert server-ecdsa.pem -key server-ecdsa.key.pem -tls1_3 -www -Verify 3 -verify_return_error -CAfile root.pem -cert_chain rest.pem",
            command: "sluice connect 127.0.0.1:PORT --server-name server.test --ca root.pem"
        ),
        CaptureFixture(
            peer: "openssl",
            peerVersion: "3.0.19",
            role: .client,
            scenario: "no-common-protocol",
            version: "1.3",
            peerCommand:
                "openssl s_server -accept 127.0.0.1:0 -cert server-ecdsa.pem -key server-ecdsa.key.pem -tls1_3 -www -alpn imap -cert_chain rest.pem",
            command: "sluice connect 127.0.0.1:PORT --server-name server.test --ca root.pem --alpn h2,http/1.1"
        ),
        CaptureFixture(
            peer: "openssl",
            peerVersion: "3.0.19",
            role: .client,
            scenario: "truncated",
            version: "1.3",
            peerCommand:
                "openssl s_server -accept 127.0.0.1:0 -cert server-ecdsa.pem -key server-ecdsa.key.pem -tls1_3 -cert_chain rest.pem",
            command: "sluice connect 127.0.0.1:PORT --server-name server.test --ca root.pem"
        ),
        CaptureFixture(
            peer: "openssl",
            peerVersion: "3.0.19",
            role: .client,
            scenario: "no-common-version",
            version: "1.3",
            peerCommand:
                "openssl s_server -accept 127.0.0.1:0 -cert server-ecdsa.pem -key server-ecdsa.key.pem -tls1_3 -www -cert_chain rest.pem",
            command: "sluice connect 127.0.0.1:PORT --server-name server.test --ca root.pem --tls-min 1.2 --tls-max 1.2"
        ),
        CaptureFixture(
            peer: "openssl",
            peerVersion: "3.0.19",
            role: .client,
            scenario: "hello-retry-request",
            version: "1.3",
            peerCommand:
                "openssl s_server -accept 127.0.0.1:0 -cert server-ecdsa.pem -key server-ecdsa.key.pem -tls1_3 -www -groups P-384 -cert_chain rest.pem",
            command: "sluice connect 127.0.0.1:PORT --server-name server.test --ca root.pem"
        ),
        CaptureFixture(
            peer: "openssl",
            peerVersion: "3.0.19",
            role: .client,
            scenario: "key-update",
            version: "1.3",
            peerCommand:
                "openssl s_server -accept 127.0.0.1:0 -cert server-ecdsa.pem -key server-ecdsa.key.pem -tls1_3 -cert_chain rest.pem",
            command: "sluice connect 127.0.0.1:PORT --server-name server.test --ca root.pem --trace"
        ),
        CaptureFixture(
            peer: "openssl",
            peerVersion: "3.0.19",
            role: .client,
            scenario: "session-id",
            version: "1.2",
            peerCommand:
                "openssl s_server -accept 127.0.0.1:0 -cert server-ecdsa.pem -key server-ecdsa.key.pem -tls1_2 -www -no_ticket -cert_chain rest.pem",
            command: "sluice connect 127.0.0.1:PORT --server-name server.test --ca root.pem --session session"
        ),
        CaptureFixture(
            peer: "openssl",
            peerVersion: "3.0.19",
            role: .client,
            scenario: "no-shared-cipher",
            version: "1.2",
            peerCommand:
                "openssl s_server -accept 127.0.0.1:0 -cert server-ecdsa.pem -key server-ecdsa.key.pem -tls1_2 -cipher ECDHE-ECDSA-AES128-GCM-SHA256 -cert_chain rest.pem",
            command:
                "sluice connect 127.0.0.1:PORT --server-name server.test --ca root.pem --ciphers TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384"
        ),
        CaptureFixture(
            peer: "openssl",
            peerVersion: "3.0.19",
            role: .client,
            scenario: "no-shared-cipher",
            version: "1.3",
            peerCommand:
                "openssl s_server -accept 127.0.0.1:0 -cert server-ecdsa.pem -key server-ecdsa.key.pem -tls1_3 -ciphersuites TLS_AES_128_GCM_SHA256 -cert_chain rest.pem",
            command:
                "sluice connect 127.0.0.1:PORT --server-name server.test --ca root.pem --ciphers TLS_AES_256_GCM_SHA384"
        ),
        CaptureFixture(
            peer: "openssl",
            peerVersion: "3.0.19",
            role: .client,
            scenario: "no-shared-group",
            version: "1.3",
            peerCommand:
                "openssl s_server -accept 127.0.0.1:0 -cert server-ecdsa.pem -key server-ecdsa.key.pem -tls1_3 -groups P-384 -cert_chain rest.pem",
            command: "sluice connect 127.0.0.1:PORT --server-name server.test --ca root.pem --groups X25519"
        ),
    ]
}
