import Fixtures
import Sluice
import SluiceProxyService
import Testing

/// What `--check` says.
struct ReportTests {
    @Test func `a report says what the proxy would do`() throws {
        let folder = try ConfigurationFolder(
            "server-ecdsa.pem",
            "server-ecdsa.key.pem",
            "expired.pem",
            "expired.key.pem",
            "client.pem",
            "client.key.pem",
            "root.pem"
        )
        let text = """
            listeners:
              - {name: https, address: 0.0.0.0:443, proxy_protocol: v2, trusted_sources: 10.0.0.0/8}
            routes:
              - name: shop
                mode: bridge
                match: {sni: server.test, alpn: h2}
                certificates:
                  - {certificate: server-ecdsa.pem, key: server-ecdsa.key.pem}
                  - {certificate: expired.pem, key: expired.key.pem}
                client_auth: {mode: required, ca: root.pem, names: 'uri:spiffe://sluice.test/*'}
                tls: {versions: 1.3, alpn: [h2, http/1.1]}
                upstream:
                  servers: [10.0.0.1:443, {address: 10.0.0.2:443, weight: 2}]
                  connect_timeout: 1s
                  send_proxy: v2
                  health_check: tcp
                upstream_tls:
                  server_name: backend.test
                  ca: root.pem
                  identity: {certificate: client.pem, key: client.key.pem}
                  alpn: from_client
            """
        let now = UnixTime(secondsSince1970: Fixtures.now)
        let report = try folder.load(text).report(at: now).replacing(folder.path, with: "")
        #expect(
            report == """
                listener https at 0.0.0.0:443
                  clients       speak TLS
                  PROXY header  version 2 from 10.0.0.0/8
                  routes        shop
                route shop: bridge, TLS in and TLS out
                  clients       ask for server.test; offer h2
                  certificate   CN=server-ecdsa,O=Sluice Test (ECDSA P-256); for server.test, localhost, 127.0.0.1, ::1; 63916 days left
                  certificate   CN=expired,O=Sluice Test (ECDSA P-256); for server.test, localhost, 127.0.0.1, ::1; EXPIRED
                  client auth   required; under root.pem; for uri:spiffe://sluice.test/*
                  TLS           TLS 1.3; ALPN h2, http/1.1
                  tickets       2 for each session; resumed for 2h; a key in memory, new every 8h
                  servers       10.0.0.1:443, 10.0.0.2:443 (weight 2); in turn
                  connecting    2 tries of 1s; PROXY header version 2
                  health        TCP probe every 10s, 2 up and 3 down; left out for 10s and more after 5 failures in a row
                  upstream TLS  as backend.test, under root.pem; TLS 1.2 and TLS 1.3; ALPN as agreed on with the client
                  identity      CN=client,O=Sluice Test (ECDSA P-256); for spiffe://sluice.test/client, client@sluice.test; 63916 days left
                in all
                  limits        10000 connections; ClientHello up to 16KiB
                  memory        rings of 17KiB, two for each side with TLS; buffers of 64KiB each way
                  timeouts      handshake 10s; connect 5s; idle 5m; total none; drain 30s
                  threads       one on each processor
                  admin         nowhere
                  log           info and above as text to stderr
                  reload        on SIGHUP; when files change, looked at every 5s
                a warning:
                  proxy.yaml:9:23: routes[0].certificates[1].certificate: CN=expired,O=Sluice Test has expired: 2001-01-01T00:00:00Z

                """
        )
    }

    @Test func `a report of the least configuration has no warnings`() throws {
        let folder = try ConfigurationFolder()
        let report = try folder.load(ConfigurationText.least).report(at: 0)
        #expect(report.contains("route all: pass through, the client's TLS untouched\n  clients       all\n"))
        #expect(report.hasSuffix("no warnings\n"))
    }
}
