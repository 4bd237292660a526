// Written by a script: see Fixtures/README.md.

extension CaptureFixture {
    /// Recordings of nginx.
    static let nginxClient: [CaptureFixture] = [
        CaptureFixture(
            peer: "nginx",
            peerVersion: "1.22.1",
            role: .client,
            scenario: "full",
            version: "1.2",
            peerCommand:
                "nginx with: listen 127.0.0.1:PORT ssl; ssl_protocols TLSv1.2; ssl_certificate server-ecdsa.pem; ssl_certificate_key server-ecdsa.key.pem",
            command: "sluice connect 127.0.0.1:PORT --server-name server.test --ca root.pem"
        ),
        CaptureFixture(
            peer: "nginx",
            peerVersion: "1.22.1",
            role: .client,
            scenario: "resumed",
            version: "1.2",
            peerCommand:
                "nginx with: listen 127.0.0.1:PORT ssl; ssl_protocols TLSv1.2; ssl_certificate server-ecdsa.pem; ssl_certificate_key server-ecdsa.key.pem",
            command: "sluice connect 127.0.0.1:PORT --server-name server.test --ca root.pem --session session"
        ),
        CaptureFixture(
            peer: "nginx",
            peerVersion: "1.22.1",
            role: .client,
            scenario: "alpn",
            version: "1.2",
            peerCommand:
                "nginx with: listen 127.0.0.1:PORT ssl http2; ssl_protocols TLSv1.2; ssl_certificate server-ecdsa.pem; ssl_certificate_key server-ecdsa.key.pem",
            command: "sluice connect 127.0.0.1:PORT --server-name server.test --ca root.pem --alpn http/1.1"
        ),
        CaptureFixture(
            peer: "nginx",
            peerVersion: "1.22.1",
            role: .client,
            scenario: "mtls",
            version: "1.2",
            peerCommand:
                "nginx with: listen 127.0.0.1:PORT ssl; ssl_protocols TLSv1.2; ssl_certificate server-ecdsa.pem; ssl_certificate_key server-ecdsa.key.pem; ssl_verify_client on; ssl_verify_depth 2; ssl_client_certificate root.pem",
            command:
                "sluice connect 127.0.0.1:PORT --server-name server.test --ca root.pem --cert client.pem --key client.key.pem"
        ),
        CaptureFixture(
            peer: "nginx",
            peerVersion: "1.22.1",
            role: .client,
            scenario: "wrong-host",
            version: "1.2",
            peerCommand:
                "nginx with: listen 127.0.0.1:PORT ssl; ssl_protocols TLSv1.2; ssl_certificate wrong-host.pem; ssl_certificate_key wrong-host.key.pem",
            command: "sluice connect 127.0.0.1:PORT --server-name server.test --ca root.pem"
        ),
        CaptureFixture(
            peer: "nginx",
            peerVersion: "1.22.1",
            role: .client,
            scenario: "full",
            version: "1.3",
            peerCommand:
                "nginx with: listen 127.0.0.1:PORT ssl; ssl_protocols TLSv1.3; ssl_certificate server-ecdsa.pem; ssl_certificate_key server-ecdsa.key.pem",
            command: "sluice connect 127.0.0.1:PORT --server-name server.test --ca root.pem"
        ),
        CaptureFixture(
            peer: "nginx",
            peerVersion: "1.22.1",
            role: .client,
            scenario: "resumed",
            version: "1.3",
            peerCommand:
                "nginx with: listen 127.0.0.1:PORT ssl; ssl_protocols TLSv1.3; ssl_certificate server-ecdsa.pem; ssl_certificate_key server-ecdsa.key.pem",
            command: "sluice connect 127.0.0.1:PORT --server-name server.test --ca root.pem --session session"
        ),
        CaptureFixture(
            peer: "nginx",
            peerVersion: "1.22.1",
            role: .client,
            scenario: "alpn",
            version: "1.3",
            peerCommand:
                "nginx with: listen 127.0.0.1:PORT ssl http2; ssl_protocols TLSv1.3; ssl_certificate server-ecdsa.pem; ssl_certificate_key server-ecdsa.key.pem",
            command: "sluice connect 127.0.0.1:PORT --server-name server.test --ca root.pem --alpn http/1.1"
        ),
        CaptureFixture(
            peer: "nginx",
            peerVersion: "1.22.1",
            role: .client,
            scenario: "mtls",
            version: "1.3",
            peerCommand:
                "nginx with: listen 127.0.0.1:PORT ssl; ssl_protocols TLSv1.3; ssl_certificate server-ecdsa.pem; ssl_certificate_key server-ecdsa.key.pem; ssl_verify_client on; ssl_verify_depth 2; ssl_client_certificate root.pem",
            command:
                "sluice connect 127.0.0.1:PORT --server-name server.test --ca root.pem --cert client.pem --key client.key.pem"
        ),
        CaptureFixture(
            peer: "nginx",
            peerVersion: "1.22.1",
            role: .client,
            scenario: "wrong-host",
            version: "1.3",
            peerCommand:
                "nginx with: listen 127.0.0.1:PORT ssl; ssl_protocols TLSv1.3; ssl_certificate wrong-host.pem; ssl_certificate_key wrong-host.key.pem",
            command: "sluice connect 127.0.0.1:PORT --server-name server.test --ca root.pem"
        ),
        CaptureFixture(
            peer: "nginx",
            peerVersion: "1.22.1",
            role: .client,
            scenario: "hello-retry-request",
            version: "1.3",
            peerCommand:
                "nginx with: listen 127.0.0.1:PORT ssl; ssl_protocols TLSv1.3; ssl_certificate server-ecdsa.pem; ssl_certificate_key server-ecdsa.key.pem; ssl_ecdh_curve secp384r1",
            command: "sluice connect 127.0.0.1:PORT --server-name server.test --ca root.pem"
        ),
        CaptureFixture(
            peer: "nginx",
            peerVersion: "1.22.1",
            role: .client,
            scenario: "rsa",
            version: "1.3",
            peerCommand:
                "nginx with: listen 127.0.0.1:PORT ssl; ssl_protocols TLSv1.3; ssl_certificate server-rsa.pem; ssl_certificate_key server-rsa.key.pem",
            command: "sluice connect 127.0.0.1:PORT --server-name server.test --ca root.pem"
        ),
        CaptureFixture(
            peer: "nginx",
            peerVersion: "1.22.1",
            role: .client,
            scenario: "no-client-certificate",
            version: "1.2",
            peerCommand:
                "nginx with: listen 127.0.0.1:PORT ssl; ssl_protocols TLSv1.2; ssl_certificate server-ecdsa.pem; ssl_certificate_key server-ecdsa.key.pem; ssl_verify_client on; ssl_verify_depth 2; ssl_client_certificate root.pem",
            command: "sluice connect 127.0.0.1:PORT --server-name server.test --ca root.pem"
        ),
        CaptureFixture(
            peer: "nginx",
            peerVersion: "1.22.1",
            role: .client,
            scenario: "tired-of-waiting",
            version: "1.2",
            peerCommand:
                "nginx with: listen 127.0.0.1:PORT ssl; ssl_protocols TLSv1.2; ssl_certificate server-ecdsa.pem; ssl_certificate_key server-ecdsa.key.pem; keepalive_timeout 300ms",
            command: "sluice connect 127.0.0.1:PORT --server-name server.test --ca root.pem"
        ),
        CaptureFixture(
            peer: "nginx",
            peerVersion: "1.22.1",
            role: .client,
            scenario: "closed-without-answer",
            version: "1.2",
            peerCommand:
                "nginx with: listen 127.0.0.1:PORT ssl; ssl_protocols TLSv1.2; ssl_certificate server-ecdsa.pem; ssl_certificate_key server-ecdsa.key.pem",
            command: "sluice connect 127.0.0.1:PORT --server-name server.test --ca root.pem"
        ),
        CaptureFixture(
            peer: "nginx",
            peerVersion: "1.22.1",
            role: .client,
            scenario: "no-client-certificate",
            version: "1.3",
            peerCommand:
                "nginx with: listen 127.0.0.1:PORT ssl; ssl_protocols TLSv1.3; ssl_certificate server-ecdsa.pem; ssl_certificate_key server-ecdsa.key.pem; ssl_verify_client on; ssl_verify_depth 2; ssl_client_certificate root.pem",
            command: "sluice connect 127.0.0.1:PORT --server-name server.test --ca root.pem"
        ),
        CaptureFixture(
            peer: "nginx",
            peerVersion: "1.22.1",
            role: .client,
            scenario: "tired-of-waiting",
            version: "1.3",
            peerCommand:
                "nginx with: listen 127.0.0.1:PORT ssl; ssl_protocols TLSv1.3; ssl_certificate server-ecdsa.pem; ssl_certificate_key server-ecdsa.key.pem; keepalive_timeout 300ms",
            command: "sluice connect 127.0.0.1:PORT --server-name server.test --ca root.pem"
        ),
        CaptureFixture(
            peer: "nginx",
            peerVersion: "1.22.1",
            role: .client,
            scenario: "closed-without-answer",
            version: "1.3",
            peerCommand:
                "nginx with: listen 127.0.0.1:PORT ssl; ssl_protocols TLSv1.3; ssl_certificate server-ecdsa.pem; ssl_certificate_key server-ecdsa.key.pem",
            command: "sluice connect 127.0.0.1:PORT --server-name server.test --ca root.pem"
        ),
        CaptureFixture(
            peer: "nginx",
            peerVersion: "1.22.1",
            role: .client,
            scenario: "server-name-refused",
            version: "1.3",
            peerCommand:
                "nginx with: listen 127.0.0.1:PORT ssl; ssl_protocols TLSv1.3; ssl_certificate server-ecdsa.pem; ssl_certificate_key server-ecdsa.key.pem; ssl_reject_handshake on",
            command: "sluice connect 127.0.0.1:PORT --server-name server.test --ca root.pem"
        ),
        CaptureFixture(
            peer: "nginx",
            peerVersion: "1.22.1",
            role: .client,
            scenario: "long-chain",
            version: "1.2",
            peerCommand:
                "nginx with: listen 127.0.0.1:PORT ssl; ssl_protocols TLSv1.2; ssl_certificate long-chain.pem; ssl_certificate_key long-chain.key.pem",
            command: "sluice connect 127.0.0.1:PORT --server-name server.test --ca root.pem"
        ),
        CaptureFixture(
            peer: "nginx",
            peerVersion: "1.22.1",
            role: .client,
            scenario: "no-tls",
            version: "1.3",
            peerCommand:
                "nginx with: listen 127.0.0.1:PORT ; ssl_protocols TLSv1.3; ssl_certificate server-ecdsa.pem; ssl_certificate_key server-ecdsa.key.pem",
            command: "sluice connect 127.0.0.1:PORT --server-name server.test --ca root.pem"
        ),
    ]
}
