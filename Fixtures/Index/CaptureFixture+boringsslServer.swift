// Written by a script: see Fixtures/README.md.

extension CaptureFixture {
    /// Recordings of boringssl.
    static let boringsslServer: [CaptureFixture] = [
        CaptureFixture(
            peer: "boringssl",
            peerVersion: "swift-nio-ssl 2.37.6",
            role: .server,
            scenario: "full",
            version: "1.2",
            peerCommand:
                "boringssl/debug/boringssl-peer role=client connect=127.0.0.1:PORT name=server.test ca=root.pem does=echo min=1.2 max=1.2 bytes=100",
            command: "sluice serve --listen 127.0.0.1:PORT --cert server-ecdsa.pem --key server-ecdsa.key.pem"
        ),
        CaptureFixture(
            peer: "boringssl",
            peerVersion: "swift-nio-ssl 2.37.6",
            role: .server,
            scenario: "alpn",
            version: "1.2",
            peerCommand:
                "boringssl/debug/boringssl-peer role=client connect=127.0.0.1:PORT name=server.test ca=root.pem does=echo min=1.2 max=1.2 bytes=100 alpn=h2,http/1.1",
            command:
                "sluice serve --listen 127.0.0.1:PORT --cert server-ecdsa.pem --key server-ecdsa.key.pem --alpn h2,http/1.1"
        ),
        CaptureFixture(
            peer: "boringssl",
            peerVersion: "swift-nio-ssl 2.37.6",
            role: .server,
            scenario: "unknown-ca",
            version: "1.2",
            peerCommand:
                "boringssl/debug/boringssl-peer role=client connect=127.0.0.1:PORT name=server.test ca=stranger.pem does=echo min=1.2 max=1.2 bytes=100",
            command: "sluice serve --listen 127.0.0.1:PORT --cert server-ecdsa.pem --key server-ecdsa.key.pem"
        ),
        CaptureFixture(
            peer: "boringssl",
            peerVersion: "swift-nio-ssl 2.37.6",
            role: .server,
            scenario: "mtls",
            version: "1.2",
            peerCommand:
                "boringssl/debug/boringssl-peer role=client connect=127.0.0.1:PORT name=server.test ca=root.pem does=echo min=1.2 max=1.2 bytes=100 cert=client.pem key=client.key.pem",
            command:
                "sluice serve --listen 127.0.0.1:PORT --cert server-ecdsa.pem --key server-ecdsa.key.pem --client-ca root.pem --require-client-cert"
        ),
        CaptureFixture(
            peer: "boringssl",
            peerVersion: "swift-nio-ssl 2.37.6",
            role: .server,
            scenario: "no-client-certificate",
            version: "1.2",
            peerCommand:
                "boringssl/debug/boringssl-peer role=client connect=127.0.0.1:PORT name=server.test ca=root.pem does=echo min=1.2 max=1.2 bytes=100",
            command:
                "sluice serve --listen 127.0.0.1:PORT --cert server-ecdsa.pem --key server-ecdsa.key.pem --client-ca root.pem --require-client-cert"
        ),
        CaptureFixture(
            peer: "boringssl",
            peerVersion: "swift-nio-ssl 2.37.6",
            role: .server,
            scenario: "full",
            version: "1.3",
            peerCommand:
                "boringssl/debug/boringssl-peer role=client connect=127.0.0.1:PORT name=server.test ca=root.pem does=echo min=1.3 max=1.3 bytes=100",
            command: "sluice serve --listen 127.0.0.1:PORT --cert server-ecdsa.pem --key server-ecdsa.key.pem"
        ),
        CaptureFixture(
            peer: "boringssl",
            peerVersion: "swift-nio-ssl 2.37.6",
            role: .server,
            scenario: "alpn",
            version: "1.3",
            peerCommand:
                "boringssl/debug/boringssl-peer role=client connect=127.0.0.1:PORT name=server.test ca=root.pem does=echo min=1.3 max=1.3 bytes=100 alpn=h2,http/1.1",
            command:
                "sluice serve --listen 127.0.0.1:PORT --cert server-ecdsa.pem --key server-ecdsa.key.pem --alpn h2,http/1.1"
        ),
        CaptureFixture(
            peer: "boringssl",
            peerVersion: "swift-nio-ssl 2.37.6",
            role: .server,
            scenario: "unknown-ca",
            version: "1.3",
            peerCommand:
                "boringssl/debug/boringssl-peer role=client connect=127.0.0.1:PORT name=server.test ca=stranger.pem does=echo min=1.3 max=1.3 bytes=100",
            command: "sluice serve --listen 127.0.0.1:PORT --cert server-ecdsa.pem --key server-ecdsa.key.pem"
        ),
        CaptureFixture(
            peer: "boringssl",
            peerVersion: "swift-nio-ssl 2.37.6",
            role: .server,
            scenario: "mtls",
            version: "1.3",
            peerCommand:
                "boringssl/debug/boringssl-peer role=client connect=127.0.0.1:PORT name=server.test ca=root.pem does=echo min=1.3 max=1.3 bytes=100 cert=client.pem key=client.key.pem",
            command:
                "sluice serve --listen 127.0.0.1:PORT --cert server-ecdsa.pem --key server-ecdsa.key.pem --client-ca root.pem --require-client-cert"
        ),
        CaptureFixture(
            peer: "boringssl",
            peerVersion: "swift-nio-ssl 2.37.6",
            role: .server,
            scenario: "no-client-certificate",
            version: "1.3",
            peerCommand:
                "boringssl/debug/boringssl-peer role=client connect=127.0.0.1:PORT name=server.test ca=root.pem does=echo min=1.3 max=1.3 bytes=100",
            command:
                "sluice serve --listen 127.0.0.1:PORT --cert server-ecdsa.pem --key server-ecdsa.key.pem --client-ca root.pem --require-client-cert"
        ),
        CaptureFixture(
            peer: "boringssl",
            peerVersion: "swift-nio-ssl 2.37.6",
            role: .server,
            scenario: "hello-retry-request",
            version: "1.3",
            peerCommand:
                "boringssl/debug/boringssl-peer role=client connect=127.0.0.1:PORT name=server.test ca=root.pem does=echo min=1.3 max=1.3 bytes=100",
            command:
                "sluice serve --listen 127.0.0.1:PORT --cert server-ecdsa.pem --key server-ecdsa.key.pem --groups P-384"
        ),
        CaptureFixture(
            peer: "boringssl",
            peerVersion: "swift-nio-ssl 2.37.6",
            role: .server,
            scenario: "rsa",
            version: "1.3",
            peerCommand:
                "boringssl/debug/boringssl-peer role=client connect=127.0.0.1:PORT name=server.test ca=root.pem does=echo min=1.3 max=1.3 bytes=100",
            command: "sluice serve --listen 127.0.0.1:PORT --cert server-rsa.pem --key server-rsa.key.pem"
        ),
    ]
}
