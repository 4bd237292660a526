// Written by a script: see Fixtures/README.md.

extension CaptureFixture {
    /// Recordings of openssl.
    static let opensslServer: [CaptureFixture] = [
        CaptureFixture(
            peer: "openssl",
            peerVersion: "3.0.19",
            role: .server,
            scenario: "full",
            version: "1.2",
            peerCommand:
                "openssl s_client -connect 127.0.0.1:PORT -servername server.test -CAfile root.pem -verify_hostname server.test -verify_return_error -tls1_2",
            command: "sluice serve --listen 127.0.0.1:PORT --cert server-ecdsa.pem --key server-ecdsa.key.pem"
        ),
        CaptureFixture(
            peer: "openssl",
            peerVersion: "3.0.19",
            role: .server,
            scenario: "resumed",
            version: "1.2",
            peerCommand:
                "openssl s_client -connect 127.0.0.1:PORT -servername server.test -CAfile root.pem -verify_hostname server.test -verify_return_error -tls1_2 -sess_in session",
            command: "sluice serve --listen 127.0.0.1:PORT --cert server-ecdsa.pem --key server-ecdsa.key.pem"
        ),
        CaptureFixture(
            peer: "openssl",
            peerVersion: "3.0.19",
            role: .server,
            scenario: "alpn",
            version: "1.2",
            peerCommand:
                "openssl s_client -connect 127.0.0.1:PORT -servername server.test -CAfile root.pem -verify_hostname server.test -verify_return_error -tls1_2 -alpn http/1.1,h2",
            command:
                "sluice serve --listen 127.0.0.1:PORT --cert server-ecdsa.pem --key server-ecdsa.key.pem --alpn h2,http/1.1"
        ),
        CaptureFixture(
            peer: "openssl",
            peerVersion: "3.0.19",
            role: .server,
            scenario: "mtls",
            version: "1.2",
            peerCommand:
                "openssl s_client -connect 127.0.0.1:PORT -servername server.test -CAfile root.pem -verify_hostname server.test -verify_return_error -tls1_2 -cert client.pem -key client.key.pem -cert_chain intermediate.pem",
            command:
                "sluice serve --listen 127.0.0.1:PORT --cert server-ecdsa.pem --key server-ecdsa.key.pem --client-ca root.pem --require-client-cert"
        ),
        CaptureFixture(
            peer: "openssl",
            peerVersion: "3.0.19",
            role: .server,
            scenario: "rsa",
            version: "1.2",
            peerCommand:
                "openssl s_client -connect 127.0.0.1:PORT -servername server.test -CAfile root.pem -verify_hostname server.test -verify_return_error -tls1_2",
            command: "sluice serve --listen 127.0.0.1:PORT --cert server-rsa.pem --key server-rsa.key.pem"
        ),
        CaptureFixture(
            peer: "openssl",
            peerVersion: "3.0.19",
            role: .server,
            scenario: "ed25519",
            version: "1.2",
            peerCommand:
                "openssl s_client -connect 127.0.0.1:PORT -servername server.test -CAfile root.pem -verify_hostname server.test -verify_return_error -tls1_2",
            command: "sluice serve --listen 127.0.0.1:PORT --cert server-ed25519.pem --key server-ed25519.key.pem"
        ),
        CaptureFixture(
            peer: "openssl",
            peerVersion: "3.0.19",
            role: .server,
            scenario: "long-chain",
            version: "1.2",
            peerCommand:
                "openssl s_client -connect 127.0.0.1:PORT -servername server.test -CAfile root.pem -verify_hostname server.test -verify_return_error -tls1_2",
            command: "sluice serve --listen 127.0.0.1:PORT --cert long-chain.pem --key long-chain.key.pem"
        ),
        CaptureFixture(
            peer: "openssl",
            peerVersion: "3.0.19",
            role: .server,
            scenario: "small-records",
            version: "1.2",
            peerCommand:
                "openssl s_client -connect 127.0.0.1:PORT -servername server.test -CAfile root.pem -verify_hostname server.test -verify_return_error -tls1_2 -max_send_frag 512",
            command: "sluice serve --listen 127.0.0.1:PORT --cert server-ecdsa.pem --key server-ecdsa.key.pem"
        ),
        CaptureFixture(
            peer: "openssl",
            peerVersion: "3.0.19",
            role: .server,
            scenario: "vanished",
            version: "1.2",
            peerCommand:
                "openssl s_client -connect 127.0.0.1:PORT -servername server.test -CAfile root.pem -verify_hostname server.test -verify_return_error -tls1_2, killed",
            command: "sluice serve --listen 127.0.0.1:PORT --cert server-ecdsa.pem --key server-ecdsa.key.pem"
        ),
        CaptureFixture(
            peer: "openssl",
            peerVersion: "3.0.19",
            role: .server,
            scenario: "unknown-ca",
            version: "1.2",
            peerCommand:
                "openssl s_client -connect 127.0.0.1:PORT -servername server.test -CAfile stranger.pem -verify_hostname server.test -verify_return_error -tls1_2",
            command: "sluice serve --listen 127.0.0.1:PORT --cert server-ecdsa.pem --key server-ecdsa.key.pem"
        ),
        CaptureFixture(
            peer: "openssl",
            peerVersion: "3.0.19",
            role: .server,
            scenario: "wrong-host",
            version: "1.2",
            peerCommand:
                "openssl s_client -connect 127.0.0.1:PORT -servername elsewhere.test -CAfile root.pem -verify_hostname elsewhere.test -verify_return_error -tls1_2",
            command: "sluice serve --listen 127.0.0.1:PORT --cert server-ecdsa.pem --key server-ecdsa.key.pem"
        ),
        CaptureFixture(
            peer: "openssl",
            peerVersion: "3.0.19",
            role: .server,
            scenario: "no-client-certificate",
            version: "1.2",
            peerCommand:
                "openssl s_client -connect 127.0.0.1:PORT -servername server.test -CAfile root.pem -verify_hostname server.test -verify_return_error -tls1_2",
            command:
                "sluice serve --listen 127.0.0.1:PORT --cert server-ecdsa.pem --key server-ecdsa.key.pem --client-ca root.pem --require-client-cert"
        ),
        CaptureFixture(
            peer: "openssl",
            peerVersion: "3.0.19",
            role: .server,
            scenario: "no-common-protocol",
            version: "1.2",
            peerCommand:
                "openssl s_client -connect 127.0.0.1:PORT -servername server.test -CAfile root.pem -verify_hostname server.test -verify_return_error -tls1_2 -alpn imap",
            command:
                "sluice serve --listen 127.0.0.1:PORT --cert server-ecdsa.pem --key server-ecdsa.key.pem --alpn h2,http/1.1"
        ),
        CaptureFixture(
            peer: "openssl",
            peerVersion: "3.0.19",
            role: .server,
            scenario: "no-common-version",
            version: "1.2",
            peerCommand:
                "openssl s_client -connect 127.0.0.1:PORT -servername server.test -CAfile root.pem -verify_hostname server.test -verify_return_error -tls1_2",
            command:
                "sluice serve --listen 127.0.0.1:PORT --cert server-ecdsa.pem --key server-ecdsa.key.pem --tls-min 1.3 --tls-max 1.3"
        ),
        CaptureFixture(
            peer: "openssl",
            peerVersion: "3.0.19",
            role: .server,
            scenario: "full",
            version: "1.3",
            peerCommand:
                "openssl s_client -connect 127.0.0.1:PORT -servername server.test -CAfile root.pem -verify_hostname server.test -verify_return_error -tls1_3",
            command: "sluice serve --listen 127.0.0.1:PORT --cert server-ecdsa.pem --key server-ecdsa.key.pem"
        ),
        CaptureFixture(
            peer: "openssl",
            peerVersion: "3.0.19",
            role: .server,
            scenario: "resumed",
            version: "1.3",
            peerCommand:
                "openssl s_client -connect 127.0.0.1:PORT -servername server.test -CAfile root.pem -verify_hostname server.test -verify_return_error -tls1_3 -sess_in session",
            command: "sluice serve --listen 127.0.0.1:PORT --cert server-ecdsa.pem --key server-ecdsa.key.pem"
        ),
        CaptureFixture(
            peer: "openssl",
            peerVersion: "3.0.19",
            role: .server,
            scenario: "alpn",
            version: "1.3",
            peerCommand:
                "openssl s_client -connect 127.0.0.1:PORT -servername server.test -CAfile root.pem -verify_hostname server.test -verify_return_error -tls1_3 -alpn http/1.1,h2",
            command:
                "sluice serve --listen 127.0.0.1:PORT --cert server-ecdsa.pem --key server-ecdsa.key.pem --alpn h2,http/1.1"
        ),
        CaptureFixture(
            peer: "openssl",
            peerVersion: "3.0.19",
            role: .server,
            scenario: "mtls",
            version: "1.3",
            peerCommand:
                "openssl s_client -connect 127.0.0.1:PORT -servername server.test -CAfile root.pem -verify_hostname server.test -verify_return_error -tls1_3 -cert client.pem -key client.key.pem -cert_chain intermediate.pem",
            command:
                "sluice serve --listen 127.0.0.1:PORT --cert server-ecdsa.pem --key server-ecdsa.key.pem --client-ca root.pem --require-client-cert"
        ),
        CaptureFixture(
            peer: "openssl",
            peerVersion: "3.0.19",
            role: .server,
            scenario: "rsa",
            version: "1.3",
            peerCommand:
                "openssl s_client -connect 127.0.0.1:PORT -servername server.test -CAfile root.pem -verify_hostname server.test -verify_return_error -tls1_3",
            command: "sluice serve --listen 127.0.0.1:PORT --cert server-rsa.pem --key server-rsa.key.pem"
        ),
        CaptureFixture(
            peer: "openssl",
            peerVersion: "3.0.19",
            role: .server,
            scenario: "ed25519",
            version: "1.3",
            peerCommand:
                "openssl s_client -connect 127.0.0.1:PORT -servername server.test -CAfile root.pem -verify_hostname server.test -verify_return_error -tls1_3",
            command: "sluice serve --listen 127.0.0.1:PORT --cert server-ed25519.pem --key server-ed25519.key.pem"
        ),
        CaptureFixture(
            peer: "openssl",
            peerVersion: "3.0.19",
            role: .server,
            scenario: "long-chain",
            version: "1.3",
            peerCommand:
                "openssl s_client -connect 127.0.0.1:PORT -servername server.test -CAfile root.pem -verify_hostname server.test -verify_return_error -tls1_3",
            command: "sluice serve --listen 127.0.0.1:PORT --cert long-chain.pem --key long-chain.key.pem"
        ),
        CaptureFixture(
            peer: "openssl",
            peerVersion: "3.0.19",
            role: .server,
            scenario: "small-records",
            version: "1.3",
            peerCommand:
                "openssl s_client -connect 127.0.0.1:PORT -servername server.test -CAfile root.pem -verify_hostname server.test -verify_return_error -tls1_3 -max_send_frag 512",
            command: "sluice serve --listen 127.0.0.1:PORT --cert server-ecdsa.pem --key server-ecdsa.key.pem"
        ),
        CaptureFixture(
            peer: "openssl",
            peerVersion: "3.0.19",
            role: .server,
            scenario: "vanished",
            version: "1.3",
            peerCommand:
                "openssl s_client -connect 127.0.0.1:PORT -servername server.test -CAfile root.pem -verify_hostname server.test -verify_return_error -tls1_3, killed",
            command: "sluice serve --listen 127.0.0.1:PORT --cert server-ecdsa.pem --key server-ecdsa.key.pem"
        ),
        CaptureFixture(
            peer: "openssl",
            peerVersion: "3.0.19",
            role: .server,
            scenario: "unknown-ca",
            version: "1.3",
            peerCommand:
                "openssl s_client -connect 127.0.0.1:PORT -servername server.test -CAfile stranger.pem -verify_hostname server.test -verify_return_error -tls1_3",
            command: "sluice serve --listen 127.0.0.1:PORT --cert server-ecdsa.pem --key server-ecdsa.key.pem"
        ),
        CaptureFixture(
            peer: "openssl",
            peerVersion: "3.0.19",
            role: .server,
            scenario: "wrong-host",
            version: "1.3",
            peerCommand:
                "openssl s_client -connect 127.0.0.1:PORT -servername elsewhere.test -CAfile root.pem -verify_hostname elsewhere.test -verify_return_error -tls1_3",
            command: "sluice serve --listen 127.0.0.1:PORT --cert server-ecdsa.pem --key server-ecdsa.key.pem"
        ),
        CaptureFixture(
            peer: "openssl",
            peerVersion: "3.0.19",
            role: .server,
            scenario: "no-client-certificate",
            version: "1.3",
            peerCommand:
                "openssl s_client -connect 127.0.0.1:PORT -servername server.test -CAfile root.pem -verify_hostname server.test -verify_return_error -tls1_3",
            command:
                "sluice serve --listen 127.0.0.1:PORT --cert server-ecdsa.pem --key server-ecdsa.key.pem --client-ca root.pem --require-client-cert"
        ),
        CaptureFixture(
            peer: "openssl",
            peerVersion: "3.0.19",
            role: .server,
            scenario: "no-common-protocol",
            version: "1.3",
            peerCommand:
                "openssl s_client -connect 127.0.0.1:PORT -servername server.test -CAfile root.pem -verify_hostname server.test -verify_return_error -tls1_3 -alpn imap",
            command:
                "sluice serve --listen 127.0.0.1:PORT --cert server-ecdsa.pem --key server-ecdsa.key.pem --alpn h2,http/1.1"
        ),
        CaptureFixture(
            peer: "openssl",
            peerVersion: "3.0.19",
            role: .server,
            scenario: "no-common-version",
            version: "1.3",
            peerCommand:
                "openssl s_client -connect 127.0.0.1:PORT -servername server.test -CAfile root.pem -verify_hostname server.test -verify_return_error -tls1_3",
            command:
                "sluice serve --listen 127.0.0.1:PORT --cert server-ecdsa.pem --key server-ecdsa.key.pem --tls-min 1.2 --tls-max 1.2"
        ),
        CaptureFixture(
            peer: "openssl",
            peerVersion: "3.0.19",
            role: .server,
            scenario: "hello-retry-request",
            version: "1.3",
            peerCommand:
                "openssl s_client -connect 127.0.0.1:PORT -servername server.test -CAfile root.pem -verify_hostname server.test -verify_return_error -tls1_3",
            command:
                "sluice serve --listen 127.0.0.1:PORT --cert server-ecdsa.pem --key server-ecdsa.key.pem --groups P-384"
        ),
        CaptureFixture(
            peer: "openssl",
            peerVersion: "3.0.19",
            role: .server,
            scenario: "key-update",
            version: "1.3",
            peerCommand:
                "openssl s_client -connect 127.0.0.1:PORT -servername server.test -CAfile root.pem -verify_hostname server.test -verify_return_error -tls1_3, and the command K",
            command: "sluice serve --listen 127.0.0.1:PORT --cert server-ecdsa.pem --key server-ecdsa.key.pem"
        ),
        CaptureFixture(
            peer: "openssl",
            peerVersion: "3.0.19",
            role: .server,
            scenario: "no-shared-cipher",
            version: "1.2",
            peerCommand:
                "openssl s_client -connect 127.0.0.1:PORT -servername server.test -CAfile root.pem -verify_hostname server.test -verify_return_error -tls1_2 -cipher AES128-SHA",
            command: "sluice serve --listen 127.0.0.1:PORT --cert server-ecdsa.pem --key server-ecdsa.key.pem"
        ),
        CaptureFixture(
            peer: "openssl",
            peerVersion: "3.0.19",
            role: .server,
            scenario: "no-shared-cipher",
            version: "1.3",
            peerCommand:
                "openssl s_client -connect 127.0.0.1:PORT -servername server.test -CAfile root.pem -verify_hostname server.test -verify_return_error -tls1_3 -ciphersuites TLS_AES_128_GCM_SHA256",
            command:
                "sluice serve --listen 127.0.0.1:PORT --cert server-ecdsa.pem --key server-ecdsa.key.pem --ciphers TLS_AES_256_GCM_SHA384"
        ),
        CaptureFixture(
            peer: "openssl",
            peerVersion: "3.0.19",
            role: .server,
            scenario: "no-shared-group",
            version: "1.3",
            peerCommand:
                "openssl s_client -connect 127.0.0.1:PORT -servername server.test -CAfile root.pem -verify_hostname server.test -verify_return_error -tls1_3 -groups X25519",
            command:
                "sluice serve --listen 127.0.0.1:PORT --cert server-ecdsa.pem --key server-ecdsa.key.pem --groups P-384"
        ),
    ]
}
