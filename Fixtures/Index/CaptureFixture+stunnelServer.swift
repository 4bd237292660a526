// Written by a script: see Fixtures/README.md.

extension CaptureFixture {
    /// Recordings of stunnel.
    static let stunnelServer: [CaptureFixture] = [
        CaptureFixture(
            peer: "stunnel",
            peerVersion: "5.68",
            role: .server,
            scenario: "full",
            version: "1.2",
            peerCommand:
                "stunnel with: client = yes; accept = 127.0.0.1:FRONT; connect = 127.0.0.1:PORT; sslVersion = TLSv1.2; CAfile = root.pem; verifyChain = yes; checkHost = server.test; sni = server.test",
            command: "sluice serve --listen 127.0.0.1:PORT --cert server-ecdsa.pem --key server-ecdsa.key.pem"
        ),
        CaptureFixture(
            peer: "stunnel",
            peerVersion: "5.68",
            role: .server,
            scenario: "full",
            version: "1.3",
            peerCommand:
                "stunnel with: client = yes; accept = 127.0.0.1:FRONT; connect = 127.0.0.1:PORT; sslVersion = TLSv1.3; CAfile = root.pem; verifyChain = yes; checkHost = server.test; sni = server.test",
            command: "sluice serve --listen 127.0.0.1:PORT --cert server-ecdsa.pem --key server-ecdsa.key.pem"
        ),
    ]
}
