// Written by a script: see Fixtures/README.md.

extension CaptureFixture {
    /// Recordings of java.
    static let javaServer: [CaptureFixture] = [
        CaptureFixture(
            peer: "java",
            peerVersion: "17.0.15",
            role: .server,
            scenario: "full",
            version: "1.2",
            peerCommand:
                "java -XX:TieredStopAtLevel=1 -cp java Peer role=client connect=127.0.0.1:PORT name=server.test ca=root.pem does=echo min=1.2 max=1.2 bytes=100",
            command: "sluice serve --listen 127.0.0.1:PORT --cert server-ecdsa.pem --key server-ecdsa.key.pem"
        ),
        CaptureFixture(
            peer: "java",
            peerVersion: "17.0.15",
            role: .server,
            scenario: "alpn",
            version: "1.2",
            peerCommand:
                "java -XX:TieredStopAtLevel=1 -cp java Peer role=client connect=127.0.0.1:PORT name=server.test ca=root.pem does=echo min=1.2 max=1.2 bytes=100 alpn=h2,http/1.1",
            command:
                "sluice serve --listen 127.0.0.1:PORT --cert server-ecdsa.pem --key server-ecdsa.key.pem --alpn h2,http/1.1"
        ),
        CaptureFixture(
            peer: "java",
            peerVersion: "17.0.15",
            role: .server,
            scenario: "unknown-ca",
            version: "1.2",
            peerCommand:
                "java -XX:TieredStopAtLevel=1 -cp java Peer role=client connect=127.0.0.1:PORT name=server.test ca=stranger.pem does=echo min=1.2 max=1.2 bytes=100",
            command: "sluice serve --listen 127.0.0.1:PORT --cert server-ecdsa.pem --key server-ecdsa.key.pem"
        ),
        CaptureFixture(
            peer: "java",
            peerVersion: "17.0.15",
            role: .server,
            scenario: "resumed",
            version: "1.2",
            peerCommand:
                "java -XX:TieredStopAtLevel=1 -cp java Peer role=client connect=127.0.0.1:PORT name=server.test ca=root.pem does=echo min=1.2 max=1.2 bytes=100 times=2",
            command: "sluice serve --listen 127.0.0.1:PORT --cert server-ecdsa.pem --key server-ecdsa.key.pem"
        ),
        CaptureFixture(
            peer: "java",
            peerVersion: "17.0.15",
            role: .server,
            scenario: "mtls",
            version: "1.2",
            peerCommand:
                "java -XX:TieredStopAtLevel=1 -cp java Peer role=client connect=127.0.0.1:PORT name=server.test ca=root.pem does=echo min=1.2 max=1.2 bytes=100 cert=client.pem key=client.key.pem",
            command:
                "sluice serve --listen 127.0.0.1:PORT --cert server-ecdsa.pem --key server-ecdsa.key.pem --client-ca root.pem --require-client-cert"
        ),
        CaptureFixture(
            peer: "java",
            peerVersion: "17.0.15",
            role: .server,
            scenario: "no-client-certificate",
            version: "1.2",
            peerCommand:
                "java -XX:TieredStopAtLevel=1 -cp java Peer role=client connect=127.0.0.1:PORT name=server.test ca=root.pem does=echo min=1.2 max=1.2 bytes=100",
            command:
                "sluice serve --listen 127.0.0.1:PORT --cert server-ecdsa.pem --key server-ecdsa.key.pem --client-ca root.pem --require-client-cert"
        ),
        CaptureFixture(
            peer: "java",
            peerVersion: "17.0.15",
            role: .server,
            scenario: "full",
            version: "1.3",
            peerCommand:
                "java -XX:TieredStopAtLevel=1 -cp java Peer role=client connect=127.0.0.1:PORT name=server.test ca=root.pem does=echo min=1.3 max=1.3 bytes=100",
            command: "sluice serve --listen 127.0.0.1:PORT --cert server-ecdsa.pem --key server-ecdsa.key.pem"
        ),
        CaptureFixture(
            peer: "java",
            peerVersion: "17.0.15",
            role: .server,
            scenario: "alpn",
            version: "1.3",
            peerCommand:
                "java -XX:TieredStopAtLevel=1 -cp java Peer role=client connect=127.0.0.1:PORT name=server.test ca=root.pem does=echo min=1.3 max=1.3 bytes=100 alpn=h2,http/1.1",
            command:
                "sluice serve --listen 127.0.0.1:PORT --cert server-ecdsa.pem --key server-ecdsa.key.pem --alpn h2,http/1.1"
        ),
        CaptureFixture(
            peer: "java",
            peerVersion: "17.0.15",
            role: .server,
            scenario: "unknown-ca",
            version: "1.3",
            peerCommand:
                "java -XX:TieredStopAtLevel=1 -cp java Peer role=client connect=127.0.0.1:PORT name=server.test ca=stranger.pem does=echo min=1.3 max=1.3 bytes=100",
            command: "sluice serve --listen 127.0.0.1:PORT --cert server-ecdsa.pem --key server-ecdsa.key.pem"
        ),
        CaptureFixture(
            peer: "java",
            peerVersion: "17.0.15",
            role: .server,
            scenario: "resumed",
            version: "1.3",
            peerCommand:
                "java -XX:TieredStopAtLevel=1 -cp java Peer role=client connect=127.0.0.1:PORT name=server.test ca=root.pem does=echo min=1.3 max=1.3 bytes=100 times=2",
            command: "sluice serve --listen 127.0.0.1:PORT --cert server-ecdsa.pem --key server-ecdsa.key.pem"
        ),
        CaptureFixture(
            peer: "java",
            peerVersion: "17.0.15",
            role: .server,
            scenario: "mtls",
            version: "1.3",
            peerCommand:
                "java -XX:TieredStopAtLevel=1 -cp java Peer role=client connect=127.0.0.1:PORT name=server.test ca=root.pem does=echo min=1.3 max=1.3 bytes=100 cert=client.pem key=client.key.pem",
            command:
                "sluice serve --listen 127.0.0.1:PORT --cert server-ecdsa.pem --key server-ecdsa.key.pem --client-ca root.pem --require-client-cert"
        ),
        CaptureFixture(
            peer: "java",
            peerVersion: "17.0.15",
            role: .server,
            scenario: "no-client-certificate",
            version: "1.3",
            peerCommand:
                "java -XX:TieredStopAtLevel=1 -cp java Peer role=client connect=127.0.0.1:PORT name=server.test ca=root.pem does=echo min=1.3 max=1.3 bytes=100",
            command:
                "sluice serve --listen 127.0.0.1:PORT --cert server-ecdsa.pem --key server-ecdsa.key.pem --client-ca root.pem --require-client-cert"
        ),
        CaptureFixture(
            peer: "java",
            peerVersion: "17.0.15",
            role: .server,
            scenario: "hello-retry-request",
            version: "1.3",
            peerCommand:
                "java -XX:TieredStopAtLevel=1 -cp java Peer role=client connect=127.0.0.1:PORT name=server.test ca=root.pem does=echo min=1.3 max=1.3 bytes=100",
            command:
                "sluice serve --listen 127.0.0.1:PORT --cert server-ecdsa.pem --key server-ecdsa.key.pem --groups P-384"
        ),
        CaptureFixture(
            peer: "java",
            peerVersion: "17.0.15",
            role: .server,
            scenario: "rsa",
            version: "1.3",
            peerCommand:
                "java -XX:TieredStopAtLevel=1 -cp java Peer role=client connect=127.0.0.1:PORT name=server.test ca=root.pem does=echo min=1.3 max=1.3 bytes=100",
            command: "sluice serve --listen 127.0.0.1:PORT --cert server-rsa.pem --key server-rsa.key.pem"
        ),
    ]
}
