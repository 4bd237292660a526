// Written by a script: see Fixtures/README.md.

extension CaptureFixture {
    /// Recordings of stunnel.
    static let stunnelClient: [CaptureFixture] = [
        CaptureFixture(
            peer: "stunnel",
            peerVersion: "5.68",
            role: .client,
            scenario: "full",
            version: "1.2",
            peerCommand:
                "stunnel with: accept = 127.0.0.1:PORT; sslVersion = TLSv1.2; cert = server-ecdsa.pem; key = server-ecdsa.key.pem; exec = /bin/cat",
            command: "sluice connect 127.0.0.1:PORT --server-name server.test --ca root.pem"
        ),
        CaptureFixture(
            peer: "stunnel",
            peerVersion: "5.68",
            role: .client,
            scenario: "resumed",
            version: "1.2",
            peerCommand:
                "stunnel with: accept = 127.0.0.1:PORT; sslVersion = TLSv1.2; cert = server-ecdsa.pem; key = server-ecdsa.key.pem; exec = /bin/cat",
            command: "sluice connect 127.0.0.1:PORT --server-name server.test --ca root.pem --session session"
        ),
        CaptureFixture(
            peer: "stunnel",
            peerVersion: "5.68",
            role: .client,
            scenario: "mtls",
            version: "1.2",
            peerCommand:
                "stunnel with: accept = 127.0.0.1:PORT; sslVersion = TLSv1.2; cert = server-ecdsa.pem; key = server-ecdsa.key.pem; exec = /bin/cat; verifyChain = yes; CAfile = root.pem",
            command:
                "sluice connect 127.0.0.1:PORT --server-name server.test --ca root.pem --cert client.pem --key client.key.pem"
        ),
        CaptureFixture(
            peer: "stunnel",
            peerVersion: "5.68",
            role: .client,
            scenario: "no-client-certificate",
            version: "1.2",
            peerCommand:
                "stunnel with: accept = 127.0.0.1:PORT; sslVersion = TLSv1.2; cert = server-ecdsa.pem; key = server-ecdsa.key.pem; exec = /bin/cat; verifyChain = yes; CAfile = root.pem",
            command: "sluice connect 127.0.0.1:PORT --server-name server.test --ca root.pem"
        ),
        CaptureFixture(
            peer: "stunnel",
            peerVersion: "5.68",
            role: .client,
            scenario: "full",
            version: "1.3",
            peerCommand:
                "stunnel with: accept = 127.0.0.1:PORT; sslVersion = TLSv1.3; cert = server-ecdsa.pem; key = server-ecdsa.key.pem; exec = /bin/cat",
            command: "sluice connect 127.0.0.1:PORT --server-name server.test --ca root.pem"
        ),
        CaptureFixture(
            peer: "stunnel",
            peerVersion: "5.68",
            role: .client,
            scenario: "resumed",
            version: "1.3",
            peerCommand:
                "stunnel with: accept = 127.0.0.1:PORT; sslVersion = TLSv1.3; cert = server-ecdsa.pem; key = server-ecdsa.key.pem; exec = /bin/cat",
            command: "sluice connect 127.0.0.1:PORT --server-name server.test --ca root.pem --session session"
        ),
        CaptureFixture(
            peer: "stunnel",
            peerVersion: "5.68",
            role: .client,
            scenario: "mtls",
            version: "1.3",
            peerCommand:
                "stunnel with: accept = 127.0.0.1:PORT; sslVersion = TLSv1.3; cert = server-ecdsa.pem; key = server-ecdsa.key.pem; exec = /bin/cat; verifyChain = yes; CAfile = root.pem",
            command:
                "sluice connect 127.0.0.1:PORT --server-name server.test --ca root.pem --cert client.pem --key client.key.pem"
        ),
        CaptureFixture(
            peer: "stunnel",
            peerVersion: "5.68",
            role: .client,
            scenario: "no-client-certificate",
            version: "1.3",
            peerCommand:
                "stunnel with: accept = 127.0.0.1:PORT; sslVersion = TLSv1.3; cert = server-ecdsa.pem; key = server-ecdsa.key.pem; exec = /bin/cat; verifyChain = yes; CAfile = root.pem",
            command: "sluice connect 127.0.0.1:PORT --server-name server.test --ca root.pem"
        ),
        CaptureFixture(
            peer: "stunnel",
            peerVersion: "5.68",
            role: .client,
            scenario: "hello-retry-request",
            version: "1.3",
            peerCommand:
                "stunnel with: accept = 127.0.0.1:PORT; sslVersion = TLSv1.3; cert = server-ecdsa.pem; key = server-ecdsa.key.pem; exec = /bin/cat; curves = P-384",
            command: "sluice connect 127.0.0.1:PORT --server-name server.test --ca root.pem"
        ),
    ]
}
