// Written by a script: see Fixtures/README.md.

extension CaptureFixture {
    /// Recordings of go.
    static let goClient: [CaptureFixture] = [
        CaptureFixture(
            peer: "go",
            peerVersion: "1.19.8",
            role: .client,
            scenario: "full",
            version: "1.2",
            peerCommand: "go-peer role=server does=echo min=1.2 max=1.2 cert=server-ecdsa.pem key=server-ecdsa.key.pem",
            command: "sluice connect 127.0.0.1:PORT --server-name server.test --ca root.pem"
        ),
        CaptureFixture(
            peer: "go",
            peerVersion: "1.19.8",
            role: .client,
            scenario: "resumed",
            version: "1.2",
            peerCommand: "go-peer role=server does=echo min=1.2 max=1.2 cert=server-ecdsa.pem key=server-ecdsa.key.pem",
            command: "sluice connect 127.0.0.1:PORT --server-name server.test --ca root.pem --session session"
        ),
        CaptureFixture(
            peer: "go",
            peerVersion: "1.19.8",
            role: .client,
            scenario: "alpn",
            version: "1.2",
            peerCommand:
                "go-peer role=server does=echo min=1.2 max=1.2 cert=server-ecdsa.pem key=server-ecdsa.key.pem alpn=h2",
            command: "sluice connect 127.0.0.1:PORT --server-name server.test --ca root.pem --alpn h2,http/1.1"
        ),
        CaptureFixture(
            peer: "go",
            peerVersion: "1.19.8",
            role: .client,
            scenario: "mtls",
            version: "1.2",
            peerCommand:
                "go-peer role=server does=echo min=1.2 max=1.2 cert=server-ecdsa.pem key=server-ecdsa.key.pem auth=required ca=root.pem",
            command:
                "sluice connect 127.0.0.1:PORT --server-name server.test --ca root.pem --cert client.pem --key client.key.pem"
        ),
        CaptureFixture(
            peer: "go",
            peerVersion: "1.19.8",
            role: .client,
            scenario: "vanished",
            version: "1.2",
            peerCommand:
                "go-peer role=server does=vanish min=1.2 max=1.2 cert=server-ecdsa.pem key=server-ecdsa.key.pem bytes=100",
            command: "sluice connect 127.0.0.1:PORT --server-name server.test --ca root.pem"
        ),
        CaptureFixture(
            peer: "go",
            peerVersion: "1.19.8",
            role: .client,
            scenario: "full",
            version: "1.3",
            peerCommand: "go-peer role=server does=echo min=1.3 max=1.3 cert=server-ecdsa.pem key=server-ecdsa.key.pem",
            command: "sluice connect 127.0.0.1:PORT --server-name server.test --ca root.pem"
        ),
        CaptureFixture(
            peer: "go",
            peerVersion: "1.19.8",
            role: .client,
            scenario: "resumed",
            version: "1.3",
            peerCommand: "go-peer role=server does=echo min=1.3 max=1.3 cert=server-ecdsa.pem key=server-ecdsa.key.pem",
            command: "sluice connect 127.0.0.1:PORT --server-name server.test --ca root.pem --session session"
        ),
        CaptureFixture(
            peer: "go",
            peerVersion: "1.19.8",
            role: .client,
            scenario: "alpn",
            version: "1.3",
            peerCommand:
                "go-peer role=server does=echo min=1.3 max=1.3 cert=server-ecdsa.pem key=server-ecdsa.key.pem alpn=h2",
            command: "sluice connect 127.0.0.1:PORT --server-name server.test --ca root.pem --alpn h2,http/1.1"
        ),
        CaptureFixture(
            peer: "go",
            peerVersion: "1.19.8",
            role: .client,
            scenario: "mtls",
            version: "1.3",
            peerCommand:
                "go-peer role=server does=echo min=1.3 max=1.3 cert=server-ecdsa.pem key=server-ecdsa.key.pem auth=required ca=root.pem",
            command:
                "sluice connect 127.0.0.1:PORT --server-name server.test --ca root.pem --cert client.pem --key client.key.pem"
        ),
        CaptureFixture(
            peer: "go",
            peerVersion: "1.19.8",
            role: .client,
            scenario: "vanished",
            version: "1.3",
            peerCommand:
                "go-peer role=server does=vanish min=1.3 max=1.3 cert=server-ecdsa.pem key=server-ecdsa.key.pem bytes=100",
            command: "sluice connect 127.0.0.1:PORT --server-name server.test --ca root.pem"
        ),
        CaptureFixture(
            peer: "go",
            peerVersion: "1.19.8",
            role: .client,
            scenario: "hello-retry-request",
            version: "1.3",
            peerCommand:
                "go-peer role=server does=echo min=1.3 max=1.3 cert=server-ecdsa.pem key=server-ecdsa.key.pem group=P-384",
            command: "sluice connect 127.0.0.1:PORT --server-name server.test --ca root.pem"
        ),
        CaptureFixture(
            peer: "go",
            peerVersion: "1.19.8",
            role: .client,
            scenario: "25-kilobytes",
            version: "1.3",
            peerCommand:
                "go-peer role=server does=send min=1.3 max=1.3 cert=server-ecdsa.pem key=server-ecdsa.key.pem bytes=25000",
            command: "sluice connect 127.0.0.1:PORT --server-name server.test --ca root.pem"
        ),
    ]
}
