// Written by a script: see Fixtures/README.md.

extension CaptureFixture {
    /// Recordings of python.
    static let pythonClient: [CaptureFixture] = [
        CaptureFixture(
            peer: "python",
            peerVersion: "3.11.7",
            role: .client,
            scenario: "full",
            version: "1.2",
            peerCommand:
                "python3 peer.py role=server does=echo min=1.2 max=1.2 cert=server-ecdsa.pem key=server-ecdsa.key.pem",
            command: "sluice connect 127.0.0.1:PORT --server-name server.test --ca root.pem"
        ),
        CaptureFixture(
            peer: "python",
            peerVersion: "3.11.7",
            role: .client,
            scenario: "resumed",
            version: "1.2",
            peerCommand:
                "python3 peer.py role=server does=echo min=1.2 max=1.2 cert=server-ecdsa.pem key=server-ecdsa.key.pem",
            command: "sluice connect 127.0.0.1:PORT --server-name server.test --ca root.pem --session session"
        ),
        CaptureFixture(
            peer: "python",
            peerVersion: "3.11.7",
            role: .client,
            scenario: "alpn",
            version: "1.2",
            peerCommand:
                "python3 peer.py role=server does=echo min=1.2 max=1.2 cert=server-ecdsa.pem key=server-ecdsa.key.pem alpn=h2",
            command: "sluice connect 127.0.0.1:PORT --server-name server.test --ca root.pem --alpn h2,http/1.1"
        ),
        CaptureFixture(
            peer: "python",
            peerVersion: "3.11.7",
            role: .client,
            scenario: "mtls",
            version: "1.2",
            peerCommand:
                "python3 peer.py role=server does=echo min=1.2 max=1.2 cert=server-ecdsa.pem key=server-ecdsa.key.pem auth=required ca=root.pem",
            command:
                "sluice connect 127.0.0.1:PORT --server-name server.test --ca root.pem --cert client.pem --key client.key.pem"
        ),
        CaptureFixture(
            peer: "python",
            peerVersion: "3.11.7",
            role: .client,
            scenario: "vanished",
            version: "1.2",
            peerCommand:
                "python3 peer.py role=server does=vanish min=1.2 max=1.2 cert=server-ecdsa.pem key=server-ecdsa.key.pem bytes=100",
            command: "sluice connect 127.0.0.1:PORT --server-name server.test --ca root.pem"
        ),
        CaptureFixture(
            peer: "python",
            peerVersion: "3.11.7",
            role: .client,
            scenario: "full",
            version: "1.3",
            peerCommand:
                "python3 peer.py role=server does=echo min=1.3 max=1.3 cert=server-ecdsa.pem key=server-ecdsa.key.pem",
            command: "sluice connect 127.0.0.1:PORT --server-name server.test --ca root.pem"
        ),
        CaptureFixture(
            peer: "python",
            peerVersion: "3.11.7",
            role: .client,
            scenario: "resumed",
            version: "1.3",
            peerCommand:
                "python3 peer.py role=server does=echo min=1.3 max=1.3 cert=server-ecdsa.pem key=server-ecdsa.key.pem",
            command: "sluice connect 127.0.0.1:PORT --server-name server.test --ca root.pem --session session"
        ),
        CaptureFixture(
            peer: "python",
            peerVersion: "3.11.7",
            role: .client,
            scenario: "alpn",
            version: "1.3",
            peerCommand:
                "python3 peer.py role=server does=echo min=1.3 max=1.3 cert=server-ecdsa.pem key=server-ecdsa.key.pem alpn=h2",
            command: "sluice connect 127.0.0.1:PORT --server-name server.test --ca root.pem --alpn h2,http/1.1"
        ),
        CaptureFixture(
            peer: "python",
            peerVersion: "3.11.7",
            role: .client,
            scenario: "mtls",
            version: "1.3",
            peerCommand:
                "python3 peer.py role=server does=echo min=1.3 max=1.3 cert=server-ecdsa.pem key=server-ecdsa.key.pem auth=required ca=root.pem",
            command:
                "sluice connect 127.0.0.1:PORT --server-name server.test --ca root.pem --cert client.pem --key client.key.pem"
        ),
        CaptureFixture(
            peer: "python",
            peerVersion: "3.11.7",
            role: .client,
            scenario: "vanished",
            version: "1.3",
            peerCommand:
                "python3 peer.py role=server does=vanish min=1.3 max=1.3 cert=server-ecdsa.pem key=server-ecdsa.key.pem bytes=100",
            command: "sluice connect 127.0.0.1:PORT --server-name server.test --ca root.pem"
        ),
        CaptureFixture(
            peer: "python",
            peerVersion: "3.11.7",
            role: .client,
            scenario: "hello-retry-request",
            version: "1.3",
            peerCommand:
                "python3 peer.py role=server does=echo min=1.3 max=1.3 cert=server-ecdsa.pem key=server-ecdsa.key.pem group=P-384",
            command: "sluice connect 127.0.0.1:PORT --server-name server.test --ca root.pem"
        ),
    ]
}
