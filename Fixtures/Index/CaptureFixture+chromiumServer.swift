// Written by a script: see Fixtures/README.md.

extension CaptureFixture {
    /// Recordings of chromium.
    static let chromiumServer: [CaptureFixture] = [
        CaptureFixture(
            peer: "chromium",
            peerVersion: "156.0.8078.79",
            role: .server,
            scenario: "full",
            version: "1.3",
            peerCommand:
                "chromium --headless --no-sandbox --disable-gpu --no-first-run --disable-sync --disable-background-networking --disable-component-update --user-data-dir=PROFILE '--host-resolver-rules=MAP * 127.0.0.1' --ignore-certificate-errors --dump-dom https://server.test:PORT/",
            command:
                "sluice serve --listen 127.0.0.1:PORT --cert server-ecdsa.pem --key server-ecdsa.key.pem --www --alpn http/1.1"
        ),
        CaptureFixture(
            peer: "chromium",
            peerVersion: "156.0.8078.79",
            role: .server,
            scenario: "hello-retry-request",
            version: "1.3",
            peerCommand:
                "chromium --headless --no-sandbox --disable-gpu --no-first-run --disable-sync --disable-background-networking --disable-component-update --user-data-dir=PROFILE '--host-resolver-rules=MAP * 127.0.0.1' --ignore-certificate-errors --dump-dom https://server.test:PORT/",
            command:
                "sluice serve --listen 127.0.0.1:PORT --cert server-ecdsa.pem --key server-ecdsa.key.pem --www --alpn http/1.1 --groups P-384"
        ),
        CaptureFixture(
            peer: "chromium",
            peerVersion: "156.0.8078.79",
            role: .server,
            scenario: "unknown-ca",
            version: "1.3",
            peerCommand:
                "chromium --headless --no-sandbox --disable-gpu --no-first-run --disable-sync --disable-background-networking --disable-component-update --user-data-dir=PROFILE '--host-resolver-rules=MAP * 127.0.0.1' --dump-dom https://server.test:PORT/",
            command:
                "sluice serve --listen 127.0.0.1:PORT --cert server-ecdsa.pem --key server-ecdsa.key.pem --www --alpn http/1.1"
        ),
    ]
}
