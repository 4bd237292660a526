// Written by a script: see Fixtures/README.md.

extension CaptureFixture {
    /// Recordings of apache.
    static let apacheClient: [CaptureFixture] = [
        CaptureFixture(
            peer: "apache",
            peerVersion: "2.4.71",
            role: .client,
            scenario: "full",
            version: "1.2",
            peerCommand:
                "apache2 with: Listen 127.0.0.1:PORT; SSLEngine on; SSLSessionCache shmcb:DIRECTORY/sessions(65536); SSLProtocol TLSv1.2; SSLCertificateFile server-ecdsa.pem; SSLCertificateKeyFile server-ecdsa.key.pem",
            command: "sluice connect 127.0.0.1:PORT --server-name server.test --ca root.pem"
        ),
        CaptureFixture(
            peer: "apache",
            peerVersion: "2.4.71",
            role: .client,
            scenario: "resumed",
            version: "1.2",
            peerCommand:
                "apache2 with: Listen 127.0.0.1:PORT; SSLEngine on; SSLSessionCache shmcb:DIRECTORY/sessions(65536); SSLProtocol TLSv1.2; SSLCertificateFile server-ecdsa.pem; SSLCertificateKeyFile server-ecdsa.key.pem",
            command: "sluice connect 127.0.0.1:PORT --server-name server.test --ca root.pem --session session"
        ),
        CaptureFixture(
            peer: "apache",
            peerVersion: "2.4.71",
            role: .client,
            scenario: "alpn",
            version: "1.2",
            peerCommand:
                "apache2 with: Listen 127.0.0.1:PORT; SSLEngine on; SSLSessionCache shmcb:DIRECTORY/sessions(65536); SSLProtocol TLSv1.2; SSLCertificateFile server-ecdsa.pem; SSLCertificateKeyFile server-ecdsa.key.pem; Protocols h2 http/1.1",
            command: "sluice connect 127.0.0.1:PORT --server-name server.test --ca root.pem --alpn http/1.1"
        ),
        CaptureFixture(
            peer: "apache",
            peerVersion: "2.4.71",
            role: .client,
            scenario: "mtls",
            version: "1.2",
            peerCommand:
                "apache2 with: Listen 127.0.0.1:PORT; SSLEngine on; SSLSessionCache shmcb:DIRECTORY/sessions(65536); SSLProtocol TLSv1.2; SSLCertificateFile server-ecdsa.pem; SSLCertificateKeyFile server-ecdsa.key.pem; SSLVerifyClient require; SSLVerifyDepth 2; SSLCACertificateFile root.pem",
            command:
                "sluice connect 127.0.0.1:PORT --server-name server.test --ca root.pem --cert client.pem --key client.key.pem"
        ),
        CaptureFixture(
            peer: "apache",
            peerVersion: "2.4.71",
            role: .client,
            scenario: "wrong-host",
            version: "1.2",
            peerCommand:
                "apache2 with: Listen 127.0.0.1:PORT; SSLEngine on; SSLSessionCache shmcb:DIRECTORY/sessions(65536); SSLProtocol TLSv1.2; SSLCertificateFile wrong-host.pem; SSLCertificateKeyFile wrong-host.key.pem",
            command: "sluice connect 127.0.0.1:PORT --server-name server.test --ca root.pem"
        ),
        CaptureFixture(
            peer: "apache",
            peerVersion: "2.4.71",
            role: .client,
            scenario: "full",
            version: "1.3",
            peerCommand:
                "apache2 with: Listen 127.0.0.1:PORT; SSLEngine on; SSLSessionCache shmcb:DIRECTORY/sessions(65536); SSLProtocol TLSv1.3; SSLCertificateFile server-ecdsa.pem; SSLCertificateKeyFile server-ecdsa.key.pem",
            command: "sluice connect 127.0.0.1:PORT --server-name server.test --ca root.pem"
        ),
        CaptureFixture(
            peer: "apache",
            peerVersion: "2.4.71",
            role: .client,
            scenario: "resumed",
            version: "1.3",
            peerCommand:
                "apache2 with: Listen 127.0.0.1:PORT; SSLEngine on; SSLSessionCache shmcb:DIRECTORY/sessions(65536); SSLProtocol TLSv1.3; SSLCertificateFile server-ecdsa.pem; SSLCertificateKeyFile server-ecdsa.key.pem",
            command: "sluice connect 127.0.0.1:PORT --server-name server.test --ca root.pem --session session"
        ),
        CaptureFixture(
            peer: "apache",
            peerVersion: "2.4.71",
            role: .client,
            scenario: "alpn",
            version: "1.3",
            peerCommand:
                "apache2 with: Listen 127.0.0.1:PORT; SSLEngine on; SSLSessionCache shmcb:DIRECTORY/sessions(65536); SSLProtocol TLSv1.3; SSLCertificateFile server-ecdsa.pem; SSLCertificateKeyFile server-ecdsa.key.pem; Protocols h2 http/1.1",
            command: "sluice connect 127.0.0.1:PORT --server-name server.test --ca root.pem --alpn http/1.1"
        ),
        CaptureFixture(
            peer: "apache",
            peerVersion: "2.4.71",
            role: .client,
            scenario: "mtls",
            version: "1.3",
            peerCommand:
                "apache2 with: Listen 127.0.0.1:PORT; SSLEngine on; SSLSessionCache shmcb:DIRECTORY/sessions(65536); SSLProtocol TLSv1.3; SSLCertificateFile server-ecdsa.pem; SSLCertificateKeyFile server-ecdsa.key.pem; SSLVerifyClient require; SSLVerifyDepth 2; SSLCACertificateFile root.pem",
            command:
                "sluice connect 127.0.0.1:PORT --server-name server.test --ca root.pem --cert client.pem --key client.key.pem"
        ),
        CaptureFixture(
            peer: "apache",
            peerVersion: "2.4.71",
            role: .client,
            scenario: "wrong-host",
            version: "1.3",
            peerCommand:
                "apache2 with: Listen 127.0.0.1:PORT; SSLEngine on; SSLSessionCache shmcb:DIRECTORY/sessions(65536); SSLProtocol TLSv1.3; SSLCertificateFile wrong-host.pem; SSLCertificateKeyFile wrong-host.key.pem",
            command: "sluice connect 127.0.0.1:PORT --server-name server.test --ca root.pem"
        ),
        CaptureFixture(
            peer: "apache",
            peerVersion: "2.4.71",
            role: .client,
            scenario: "hello-retry-request",
            version: "1.3",
            peerCommand:
                "apache2 with: Listen 127.0.0.1:PORT; SSLEngine on; SSLSessionCache shmcb:DIRECTORY/sessions(65536); SSLProtocol TLSv1.3; SSLCertificateFile server-ecdsa.pem; SSLCertificateKeyFile server-ecdsa.key.pem; SSLOpenSSLConfCmd Groups P-384",
            command: "sluice connect 127.0.0.1:PORT --server-name server.test --ca root.pem"
        ),
        CaptureFixture(
            peer: "apache",
            peerVersion: "2.4.71",
            role: .client,
            scenario: "rsa",
            version: "1.3",
            peerCommand:
                "apache2 with: Listen 127.0.0.1:PORT; SSLEngine on; SSLSessionCache shmcb:DIRECTORY/sessions(65536); SSLProtocol TLSv1.3; SSLCertificateFile server-rsa.pem; SSLCertificateKeyFile server-rsa.key.pem",
            command: "sluice connect 127.0.0.1:PORT --server-name server.test --ca root.pem"
        ),
    ]
}
