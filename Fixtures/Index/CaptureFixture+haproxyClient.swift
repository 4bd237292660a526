// Written by a script: see Fixtures/README.md.

extension CaptureFixture {
    /// Recordings of haproxy.
    static let haproxyClient: [CaptureFixture] = [
        CaptureFixture(
            peer: "haproxy",
            peerVersion: "2.6.12",
            role: .client,
            scenario: "full",
            version: "1.2",
            peerCommand:
                "haproxy with: bind 127.0.0.1:PORT ssl crt server-ecdsa.pem ssl-min-ver TLSv1.2 ssl-max-ver TLSv1.2 ; http-request return status 200 content-type text/plain string hello",
            command: "sluice connect 127.0.0.1:PORT --server-name server.test --ca root.pem"
        ),
        CaptureFixture(
            peer: "haproxy",
            peerVersion: "2.6.12",
            role: .client,
            scenario: "resumed",
            version: "1.2",
            peerCommand:
                "haproxy with: bind 127.0.0.1:PORT ssl crt server-ecdsa.pem ssl-min-ver TLSv1.2 ssl-max-ver TLSv1.2 ; http-request return status 200 content-type text/plain string hello",
            command: "sluice connect 127.0.0.1:PORT --server-name server.test --ca root.pem --session session"
        ),
        CaptureFixture(
            peer: "haproxy",
            peerVersion: "2.6.12",
            role: .client,
            scenario: "alpn",
            version: "1.2",
            peerCommand:
                "haproxy with: bind 127.0.0.1:PORT ssl crt server-ecdsa.pem ssl-min-ver TLSv1.2 ssl-max-ver TLSv1.2 alpn h2,http/1.1; http-request return status 200 content-type text/plain string hello",
            command: "sluice connect 127.0.0.1:PORT --server-name server.test --ca root.pem --alpn http/1.1"
        ),
        CaptureFixture(
            peer: "haproxy",
            peerVersion: "2.6.12",
            role: .client,
            scenario: "mtls",
            version: "1.2",
            peerCommand:
                "haproxy with: bind 127.0.0.1:PORT ssl crt server-ecdsa.pem ssl-min-ver TLSv1.2 ssl-max-ver TLSv1.2 verify required ca-file root.pem; http-request return status 200 content-type text/plain string hello",
            command:
                "sluice connect 127.0.0.1:PORT --server-name server.test --ca root.pem --cert client.pem --key client.key.pem"
        ),
        CaptureFixture(
            peer: "haproxy",
            peerVersion: "2.6.12",
            role: .client,
            scenario: "wrong-host",
            version: "1.2",
            peerCommand:
                "haproxy with: bind 127.0.0.1:PORT ssl crt wrong-host.pem ssl-min-ver TLSv1.2 ssl-max-ver TLSv1.2 ; http-request return status 200 content-type text/plain string hello",
            command: "sluice connect 127.0.0.1:PORT --server-name server.test --ca root.pem"
        ),
        CaptureFixture(
            peer: "haproxy",
            peerVersion: "2.6.12",
            role: .client,
            scenario: "full",
            version: "1.3",
            peerCommand:
                "haproxy with: bind 127.0.0.1:PORT ssl crt server-ecdsa.pem ssl-min-ver TLSv1.3 ssl-max-ver TLSv1.3 ; http-request return status 200 content-type text/plain string hello",
            command: "sluice connect 127.0.0.1:PORT --server-name server.test --ca root.pem"
        ),
        CaptureFixture(
            peer: "haproxy",
            peerVersion: "2.6.12",
            role: .client,
            scenario: "resumed",
            version: "1.3",
            peerCommand:
                "haproxy with: bind 127.0.0.1:PORT ssl crt server-ecdsa.pem ssl-min-ver TLSv1.3 ssl-max-ver TLSv1.3 ; http-request return status 200 content-type text/plain string hello",
            command: "sluice connect 127.0.0.1:PORT --server-name server.test --ca root.pem --session session"
        ),
        CaptureFixture(
            peer: "haproxy",
            peerVersion: "2.6.12",
            role: .client,
            scenario: "alpn",
            version: "1.3",
            peerCommand:
                "haproxy with: bind 127.0.0.1:PORT ssl crt server-ecdsa.pem ssl-min-ver TLSv1.3 ssl-max-ver TLSv1.3 alpn h2,http/1.1; http-request return status 200 content-type text/plain string hello",
            command: "sluice connect 127.0.0.1:PORT --server-name server.test --ca root.pem --alpn http/1.1"
        ),
        CaptureFixture(
            peer: "haproxy",
            peerVersion: "2.6.12",
            role: .client,
            scenario: "mtls",
            version: "1.3",
            peerCommand:
                "haproxy with: bind 127.0.0.1:PORT ssl crt server-ecdsa.pem ssl-min-ver TLSv1.3 ssl-max-ver TLSv1.3 verify required ca-file root.pem; http-request return status 200 content-type text/plain string hello",
            command:
                "sluice connect 127.0.0.1:PORT --server-name server.test --ca root.pem --cert client.pem --key client.key.pem"
        ),
        CaptureFixture(
            peer: "haproxy",
            peerVersion: "2.6.12",
            role: .client,
            scenario: "wrong-host",
            version: "1.3",
            peerCommand:
                "haproxy with: bind 127.0.0.1:PORT ssl crt wrong-host.pem ssl-min-ver TLSv1.3 ssl-max-ver TLSv1.3 ; http-request return status 200 content-type text/plain string hello",
            command: "sluice connect 127.0.0.1:PORT --server-name server.test --ca root.pem"
        ),
        CaptureFixture(
            peer: "haproxy",
            peerVersion: "2.6.12",
            role: .client,
            scenario: "hello-retry-request",
            version: "1.3",
            peerCommand:
                "haproxy with: bind 127.0.0.1:PORT ssl crt server-ecdsa.pem ssl-min-ver TLSv1.3 ssl-max-ver TLSv1.3 curves P-384; http-request return status 200 content-type text/plain string hello",
            command: "sluice connect 127.0.0.1:PORT --server-name server.test --ca root.pem"
        ),
        CaptureFixture(
            peer: "haproxy",
            peerVersion: "2.6.12",
            role: .client,
            scenario: "rsa",
            version: "1.3",
            peerCommand:
                "haproxy with: bind 127.0.0.1:PORT ssl crt server-rsa.pem ssl-min-ver TLSv1.3 ssl-max-ver TLSv1.3 ; http-request return status 200 content-type text/plain string hello",
            command: "sluice connect 127.0.0.1:PORT --server-name server.test --ca root.pem"
        ),
        CaptureFixture(
            peer: "haproxy",
            peerVersion: "2.6.12",
            role: .client,
            scenario: "closed-without-answer",
            version: "1.2",
            peerCommand:
                "haproxy with: bind 127.0.0.1:PORT ssl crt server-ecdsa.pem ssl-min-ver TLSv1.2 ssl-max-ver TLSv1.2 ; http-request reject",
            command: "sluice connect 127.0.0.1:PORT --server-name server.test --ca root.pem"
        ),
        CaptureFixture(
            peer: "haproxy",
            peerVersion: "2.6.12",
            role: .client,
            scenario: "closed-without-answer",
            version: "1.3",
            peerCommand:
                "haproxy with: bind 127.0.0.1:PORT ssl crt server-ecdsa.pem ssl-min-ver TLSv1.3 ssl-max-ver TLSv1.3 ; http-request reject",
            command: "sluice connect 127.0.0.1:PORT --server-name server.test --ca root.pem"
        ),
        CaptureFixture(
            peer: "haproxy",
            peerVersion: "2.6.12",
            role: .client,
            scenario: "closed-on-hello",
            version: "1.3",
            peerCommand:
                "haproxy with: bind 127.0.0.1:PORT ; mode tcp; tcp-request inspect-delay 5s; tcp-request content reject if { req.len gt 100 }",
            command: "sluice connect 127.0.0.1:PORT --server-name server.test --ca root.pem"
        ),
    ]
}
