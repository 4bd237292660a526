// Written by a script: see Fixtures/README.md.

extension CaptureFixture {
    /// Recordings of java.
    static let javaClient: [CaptureFixture] = [
        CaptureFixture(
            peer: "java",
            peerVersion: "17.0.15",
            role: .client,
            scenario: "full",
            version: "1.2",
            peerCommand:
                "java -XX:TieredStopAtLevel=1 -cp java Peer role=server does=echo min=1.2 max=1.2 cert=server-ecdsa.pem key=server-ecdsa.key.pem",
            command: "sluice connect 127.0.0.1:PORT --server-name server.test --ca root.pem"
        ),
        CaptureFixture(
            peer: "java",
            peerVersion: "17.0.15",
            role: .client,
            scenario: "resumed",
            version: "1.2",
            peerCommand:
                "java -XX:TieredStopAtLevel=1 -cp java Peer role=server does=echo min=1.2 max=1.2 cert=server-ecdsa.pem key=server-ecdsa.key.pem",
            command: "sluice connect 127.0.0.1:PORT --server-name server.test --ca root.pem --session session"
        ),
        CaptureFixture(
            peer: "java",
            peerVersion: "17.0.15",
            role: .client,
            scenario: "alpn",
            version: "1.2",
            peerCommand:
                "java -XX:TieredStopAtLevel=1 -cp java Peer role=server does=echo min=1.2 max=1.2 cert=server-ecdsa.pem key=server-ecdsa.key.pem alpn=h2",
            command: "sluice connect 127.0.0.1:PORT --server-name server.test --ca root.pem --alpn h2,http/1.1"
        ),
        CaptureFixture(
            peer: "java",
            peerVersion: "17.0.15",
            role: .client,
            scenario: "mtls",
            version: "1.2",
            peerCommand:
                "java -XX:TieredStopAtLevel=1 -cp java Peer role=server does=echo min=1.2 max=1.2 cert=server-ecdsa.pem key=server-ecdsa.key.pem auth=required ca=root.pem",
            command:
                "sluice connect 127.0.0.1:PORT --server-name server.test --ca root.pem --cert client.pem --key client.key.pem"
        ),
        CaptureFixture(
            peer: "java",
            peerVersion: "17.0.15",
            role: .client,
            scenario: "closes-first",
            version: "1.2",
            peerCommand:
                "java -XX:TieredStopAtLevel=1 -cp java Peer role=server does=send min=1.2 max=1.2 cert=server-ecdsa.pem key=server-ecdsa.key.pem bytes=100",
            command: "sluice connect 127.0.0.1:PORT --server-name server.test --ca root.pem"
        ),
        CaptureFixture(
            peer: "java",
            peerVersion: "17.0.15",
            role: .client,
            scenario: "full",
            version: "1.3",
            peerCommand:
                "java -XX:TieredStopAtLevel=1 -cp java Peer role=server does=echo min=1.3 max=1.3 cert=server-ecdsa.pem key=server-ecdsa.key.pem",
            command: "sluice connect 127.0.0.1:PORT --server-name server.test --ca root.pem"
        ),
        CaptureFixture(
            peer: "java",
            peerVersion: "17.0.15",
            role: .client,
            scenario: "resumed",
            version: "1.3",
            peerCommand:
                "java -XX:TieredStopAtLevel=1 -cp java Peer role=server does=echo min=1.3 max=1.3 cert=server-ecdsa.pem key=server-ecdsa.key.pem",
            command: "sluice connect 127.0.0.1:PORT --server-name server.test --ca root.pem --session session"
        ),
        CaptureFixture(
            peer: "java",
            peerVersion: "17.0.15",
            role: .client,
            scenario: "alpn",
            version: "1.3",
            peerCommand:
                "java -XX:TieredStopAtLevel=1 -cp java Peer role=server does=echo min=1.3 max=1.3 cert=server-ecdsa.pem key=server-ecdsa.key.pem alpn=h2",
            command: "sluice connect 127.0.0.1:PORT --server-name server.test --ca root.pem --alpn h2,http/1.1"
        ),
        CaptureFixture(
            peer: "java",
            peerVersion: "17.0.15",
            role: .client,
            scenario: "mtls",
            version: "1.3",
            peerCommand:
                "java -XX:TieredStopAtLevel=1 -cp java Peer role=server does=echo min=1.3 max=1.3 cert=server-ecdsa.pem key=server-ecdsa.key.pem auth=required ca=root.pem",
            command:
                "sluice connect 127.0.0.1:PORT --server-name server.test --ca root.pem --cert client.pem --key client.key.pem"
        ),
        CaptureFixture(
            peer: "java",
            peerVersion: "17.0.15",
            role: .client,
            scenario: "closes-first",
            version: "1.3",
            peerCommand:
                "java -XX:TieredStopAtLevel=1 -cp java Peer role=server does=send min=1.3 max=1.3 cert=server-ecdsa.pem key=server-ecdsa.key.pem bytes=100",
            command: "sluice connect 127.0.0.1:PORT --server-name server.test --ca root.pem"
        ),
        CaptureFixture(
            peer: "java",
            peerVersion: "17.0.15",
            role: .client,
            scenario: "hello-retry-request",
            version: "1.3",
            peerCommand:
                "java -XX:TieredStopAtLevel=1 -cp java Peer role=server does=echo min=1.3 max=1.3 cert=server-ecdsa.pem key=server-ecdsa.key.pem group=P-384",
            command: "sluice connect 127.0.0.1:PORT --server-name server.test --ca root.pem"
        ),
    ]
}
