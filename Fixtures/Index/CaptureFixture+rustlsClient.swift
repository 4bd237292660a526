// Written by a script: see Fixtures/README.md.

extension CaptureFixture {
    /// Recordings of rustls.
    static let rustlsClient: [CaptureFixture] = [
        CaptureFixture(
            peer: "rustls",
            peerVersion: "pyrtls 0.1.3",
            role: .client,
            scenario: "full",
            version: "1.2",
            peerCommand:
                "rustls/bin/python Fixtures/Peers/rustls/peer.py role=server does=echo min=1.2 max=1.2 cert=server-ecdsa.pem key=server-ecdsa.key.pem",
            command: "sluice connect 127.0.0.1:PORT --server-name server.test --ca root.pem --tls-min 1.2 --tls-max 1.2"
        ),
        CaptureFixture(
            peer: "rustls",
            peerVersion: "pyrtls 0.1.3",
            role: .client,
            scenario: "resumed",
            version: "1.2",
            peerCommand:
                "rustls/bin/python Fixtures/Peers/rustls/peer.py role=server does=echo min=1.2 max=1.2 cert=server-ecdsa.pem key=server-ecdsa.key.pem",
            command:
                "sluice connect 127.0.0.1:PORT --server-name server.test --ca root.pem --tls-min 1.2 --tls-max 1.2 --session session"
        ),
        CaptureFixture(
            peer: "rustls",
            peerVersion: "pyrtls 0.1.3",
            role: .client,
            scenario: "alpn",
            version: "1.2",
            peerCommand:
                "rustls/bin/python Fixtures/Peers/rustls/peer.py role=server does=echo min=1.2 max=1.2 cert=server-ecdsa.pem key=server-ecdsa.key.pem alpn=h2",
            command:
                "sluice connect 127.0.0.1:PORT --server-name server.test --ca root.pem --tls-min 1.2 --tls-max 1.2 --alpn h2,http/1.1"
        ),
        CaptureFixture(
            peer: "rustls",
            peerVersion: "pyrtls 0.1.3",
            role: .client,
            scenario: "no-common-protocol",
            version: "1.2",
            peerCommand:
                "rustls/bin/python Fixtures/Peers/rustls/peer.py role=server does=echo min=1.2 max=1.2 cert=server-ecdsa.pem key=server-ecdsa.key.pem alpn=imap",
            command:
                "sluice connect 127.0.0.1:PORT --server-name server.test --ca root.pem --tls-min 1.2 --tls-max 1.2 --alpn h2,http/1.1"
        ),
        CaptureFixture(
            peer: "rustls",
            peerVersion: "pyrtls 0.1.3",
            role: .client,
            scenario: "full",
            version: "1.3",
            peerCommand:
                "rustls/bin/python Fixtures/Peers/rustls/peer.py role=server does=echo min=1.3 max=1.3 cert=server-ecdsa.pem key=server-ecdsa.key.pem",
            command: "sluice connect 127.0.0.1:PORT --server-name server.test --ca root.pem --tls-min 1.3 --tls-max 1.3"
        ),
        CaptureFixture(
            peer: "rustls",
            peerVersion: "pyrtls 0.1.3",
            role: .client,
            scenario: "resumed",
            version: "1.3",
            peerCommand:
                "rustls/bin/python Fixtures/Peers/rustls/peer.py role=server does=echo min=1.3 max=1.3 cert=server-ecdsa.pem key=server-ecdsa.key.pem",
            command:
                "sluice connect 127.0.0.1:PORT --server-name server.test --ca root.pem --tls-min 1.3 --tls-max 1.3 --session session"
        ),
        CaptureFixture(
            peer: "rustls",
            peerVersion: "pyrtls 0.1.3",
            role: .client,
            scenario: "alpn",
            version: "1.3",
            peerCommand:
                "rustls/bin/python Fixtures/Peers/rustls/peer.py role=server does=echo min=1.3 max=1.3 cert=server-ecdsa.pem key=server-ecdsa.key.pem alpn=h2",
            command:
                "sluice connect 127.0.0.1:PORT --server-name server.test --ca root.pem --tls-min 1.3 --tls-max 1.3 --alpn h2,http/1.1"
        ),
        CaptureFixture(
            peer: "rustls",
            peerVersion: "pyrtls 0.1.3",
            role: .client,
            scenario: "no-common-protocol",
            version: "1.3",
            peerCommand:
                "rustls/bin/python Fixtures/Peers/rustls/peer.py role=server does=echo min=1.3 max=1.3 cert=server-ecdsa.pem key=server-ecdsa.key.pem alpn=imap",
            command:
                "sluice connect 127.0.0.1:PORT --server-name server.test --ca root.pem --tls-min 1.3 --tls-max 1.3 --alpn h2,http/1.1"
        ),
        CaptureFixture(
            peer: "rustls",
            peerVersion: "pyrtls 0.1.3",
            role: .client,
            scenario: "wrong-host",
            version: "1.3",
            peerCommand:
                "rustls/bin/python Fixtures/Peers/rustls/peer.py role=server does=echo min=1.3 max=1.3 cert=wrong-host.pem key=wrong-host.key.pem",
            command: "sluice connect 127.0.0.1:PORT --server-name server.test --ca root.pem"
        ),
    ]
}
