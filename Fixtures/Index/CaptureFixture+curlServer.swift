// Written by a script: see Fixtures/README.md.

extension CaptureFixture {
    /// Recordings of curl.
    static let curlServer: [CaptureFixture] = [
        CaptureFixture(
            peer: "curl",
            peerVersion: "7.88.1",
            role: .server,
            scenario: "full",
            version: "1.2",
            peerCommand:
                "curl -sS --max-time 10 --cacert root.pem --tls-max 1.2 --tlsv1.2 --connect-to ::127.0.0.1:PORT https://server.test:PORT/",
            command: "sluice serve --listen 127.0.0.1:PORT --cert server-ecdsa.pem --key server-ecdsa.key.pem --www"
        ),
        CaptureFixture(
            peer: "curl",
            peerVersion: "7.88.1",
            role: .server,
            scenario: "alpn",
            version: "1.2",
            peerCommand:
                "curl -sS --max-time 10 --cacert root.pem --tls-max 1.2 --tlsv1.2 --connect-to ::127.0.0.1:PORT --http1.1 https://server.test:PORT/",
            command:
                "sluice serve --listen 127.0.0.1:PORT --cert server-ecdsa.pem --key server-ecdsa.key.pem --www --alpn http/1.1"
        ),
        CaptureFixture(
            peer: "curl",
            peerVersion: "7.88.1",
            role: .server,
            scenario: "mtls",
            version: "1.2",
            peerCommand:
                "curl -sS --max-time 10 --cacert root.pem --tls-max 1.2 --tlsv1.2 --connect-to ::127.0.0.1:PORT --cert client.pem --key client.key.pem https://server.test:PORT/",
            command:
                "sluice serve --listen 127.0.0.1:PORT --cert server-ecdsa.pem --key server-ecdsa.key.pem --www --client-ca root.pem --require-client-cert"
        ),
        CaptureFixture(
            peer: "curl",
            peerVersion: "7.88.1",
            role: .server,
            scenario: "wrong-host",
            version: "1.2",
            peerCommand:
                "curl -sS --max-time 10 --cacert root.pem --tls-max 1.2 --tlsv1.2 --connect-to ::127.0.0.1:PORT https://elsewhere.test:PORT/",
            command: "sluice serve --listen 127.0.0.1:PORT --cert server-ecdsa.pem --key server-ecdsa.key.pem --www"
        ),
        CaptureFixture(
            peer: "curl",
            peerVersion: "7.88.1",
            role: .server,
            scenario: "full",
            version: "1.3",
            peerCommand:
                "curl -sS --max-time 10 --cacert root.pem --tls-max 1.3 --tlsv1.3 --connect-to ::127.0.0.1:PORT https://server.test:PORT/",
            command: "sluice serve --listen 127.0.0.1:PORT --cert server-ecdsa.pem --key server-ecdsa.key.pem --www"
        ),
        CaptureFixture(
            peer: "curl",
            peerVersion: "7.88.1",
            role: .server,
            scenario: "resumed",
            version: "1.3",
            peerCommand:
                "curl -sS --max-time 10 --cacert root.pem --tls-max 1.3 --tlsv1.3 --connect-to ::127.0.0.1:PORT -H 'Connection: close' https://server.test:PORT/ https://server.test:PORT/",
            command: "sluice serve --listen 127.0.0.1:PORT --cert server-ecdsa.pem --key server-ecdsa.key.pem --www"
        ),
        CaptureFixture(
            peer: "curl",
            peerVersion: "7.88.1",
            role: .server,
            scenario: "alpn",
            version: "1.3",
            peerCommand:
                "curl -sS --max-time 10 --cacert root.pem --tls-max 1.3 --tlsv1.3 --connect-to ::127.0.0.1:PORT --http1.1 https://server.test:PORT/",
            command:
                "sluice serve --listen 127.0.0.1:PORT --cert server-ecdsa.pem --key server-ecdsa.key.pem --www --alpn http/1.1"
        ),
        CaptureFixture(
            peer: "curl",
            peerVersion: "7.88.1",
            role: .server,
            scenario: "mtls",
            version: "1.3",
            peerCommand:
                "curl -sS --max-time 10 --cacert root.pem --tls-max 1.3 --tlsv1.3 --connect-to ::127.0.0.1:PORT --cert client.pem --key client.key.pem https://server.test:PORT/",
            command:
                "sluice serve --listen 127.0.0.1:PORT --cert server-ecdsa.pem --key server-ecdsa.key.pem --www --client-ca root.pem --require-client-cert"
        ),
        CaptureFixture(
            peer: "curl",
            peerVersion: "7.88.1",
            role: .server,
            scenario: "wrong-host",
            version: "1.3",
            peerCommand:
                "curl -sS --max-time 10 --cacert root.pem --tls-max 1.3 --tlsv1.3 --connect-to ::127.0.0.1:PORT https://elsewhere.test:PORT/",
            command: "sluice serve --listen 127.0.0.1:PORT --cert server-ecdsa.pem --key server-ecdsa.key.pem --www"
        ),
    ]
}
