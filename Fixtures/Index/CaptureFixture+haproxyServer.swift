// Written by a script: see Fixtures/README.md.

extension CaptureFixture {
    /// Recordings of haproxy.
    static let haproxyServer: [CaptureFixture] = [
        CaptureFixture(
            peer: "haproxy",
            peerVersion: "2.6.12",
            role: .server,
            scenario: "full",
            version: "1.2",
            peerCommand:
                "haproxy with: server peer 127.0.0.1:PORT ssl verify required ca-file root.pem sni str(server.test) ssl-min-ver TLSv1.2 ssl-max-ver TLSv1.2",
            command: "sluice serve --listen 127.0.0.1:PORT --cert server-ecdsa.pem --key server-ecdsa.key.pem --www"
        ),
        CaptureFixture(
            peer: "haproxy",
            peerVersion: "2.6.12",
            role: .server,
            scenario: "full",
            version: "1.3",
            peerCommand:
                "haproxy with: server peer 127.0.0.1:PORT ssl verify required ca-file root.pem sni str(server.test) ssl-min-ver TLSv1.3 ssl-max-ver TLSv1.3",
            command: "sluice serve --listen 127.0.0.1:PORT --cert server-ecdsa.pem --key server-ecdsa.key.pem --www"
        ),
    ]
}
