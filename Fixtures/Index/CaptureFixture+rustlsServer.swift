// Written by a script: see Fixtures/README.md.

extension CaptureFixture {
    /// Recordings of rustls.
    static let rustlsServer: [CaptureFixture] = [
        CaptureFixture(
            peer: "rustls",
            peerVersion: "pyrtls 0.1.3",
            role: .server,
            scenario: "full",
            version: "1.3",
            peerCommand:
                "rustls/bin/python Fixtures/Peers/rustls/peer.py role=client connect=127.0.0.1:PORT name=server.test ca=root.pem does=echo min=1.3 max=1.3 bytes=100",
            command: "sluice serve --listen 127.0.0.1:PORT --cert server-ecdsa.pem --key server-ecdsa.key.pem"
        ),
        CaptureFixture(
            peer: "rustls",
            peerVersion: "pyrtls 0.1.3",
            role: .server,
            scenario: "alpn",
            version: "1.3",
            peerCommand:
                "rustls/bin/python Fixtures/Peers/rustls/peer.py role=client connect=127.0.0.1:PORT name=server.test ca=root.pem does=echo min=1.3 max=1.3 bytes=100 alpn=h2,http/1.1",
            command:
                "sluice serve --listen 127.0.0.1:PORT --cert server-ecdsa.pem --key server-ecdsa.key.pem --alpn h2,http/1.1"
        ),
        CaptureFixture(
            peer: "rustls",
            peerVersion: "pyrtls 0.1.3",
            role: .server,
            scenario: "unknown-ca",
            version: "1.3",
            peerCommand:
                "rustls/bin/python Fixtures/Peers/rustls/peer.py role=client connect=127.0.0.1:PORT name=server.test ca=stranger.pem does=echo min=1.3 max=1.3 bytes=100",
            command: "sluice serve --listen 127.0.0.1:PORT --cert server-ecdsa.pem --key server-ecdsa.key.pem"
        ),
        CaptureFixture(
            peer: "rustls",
            peerVersion: "pyrtls 0.1.3",
            role: .server,
            scenario: "resumed",
            version: "1.3",
            peerCommand:
                "rustls/bin/python Fixtures/Peers/rustls/peer.py role=client connect=127.0.0.1:PORT name=server.test ca=root.pem does=echo min=1.3 max=1.3 bytes=100 times=2",
            command: "sluice serve --listen 127.0.0.1:PORT --cert server-ecdsa.pem --key server-ecdsa.key.pem"
        ),
    ]
}
