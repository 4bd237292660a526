// Written by a script: see Fixtures/README.md.

extension CaptureFixture {
    /// Recordings of nginx.
    static let nginxServer: [CaptureFixture] = [
        CaptureFixture(
            peer: "nginx",
            peerVersion: "1.22.1",
            role: .server,
            scenario: "full",
            version: "1.2",
            peerCommand:
                "nginx with: proxy_pass https://127.0.0.1:PORT; proxy_ssl_protocols TLSv1.2; proxy_ssl_verify on; proxy_ssl_trusted_certificate root.pem; proxy_ssl_name server.test; proxy_ssl_server_name on; proxy_ssl_verify_depth 2",
            command: "sluice serve --listen 127.0.0.1:PORT --cert server-ecdsa.pem --key server-ecdsa.key.pem --www"
        ),
        CaptureFixture(
            peer: "nginx",
            peerVersion: "1.22.1",
            role: .server,
            scenario: "full",
            version: "1.3",
            peerCommand:
                "nginx with: proxy_pass https://127.0.0.1:PORT; proxy_ssl_protocols TLSv1.3; proxy_ssl_verify on; proxy_ssl_trusted_certificate root.pem; proxy_ssl_name server.test; proxy_ssl_server_name on; proxy_ssl_verify_depth 2",
            command: "sluice serve --listen 127.0.0.1:PORT --cert server-ecdsa.pem --key server-ecdsa.key.pem --www"
        ),
    ]
}
