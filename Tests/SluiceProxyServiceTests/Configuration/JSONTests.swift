import SluiceProxyService
import SluiceReplay
import Testing

/// The configuration as the admin server shows it.
struct JSONTests {
    @Test(arguments: [
        ConfigurationText.least,
        ConfigurationText.least + """

            limits: {connections: 5, connections_per_address: 4, handshakes_per_second: 3, ring: 2KiB}
            timeouts: {handshake: 1s, idle: none, total: 1d, drain: 0, linger: 500ms}
            admin: {address: "unix:/run/admin", permissions: 0600}
            log: {level: debug, format: json, destination: /var/log/proxy.log}
            dangerously_log_keys: /tmp/keys.txt
            record_failures: {directory: /tmp/failed, bytes_max: 1MB, files_max: 3}
            threads: 2
            reuse_port: yes
            reload: {watch_files: no}
            """,
        ConfigurationText.route(
            "mode: bridge",
            "match: {sni: [a.example, '*.b.example'], alpn: h2, clients: 192.0.2.0/24}",
            "certificates: [{certificate: /a.pem, key: /k/a.key, passphrase_file: /a.pass, ocsp_staple: /a.ocsp}]",
            "client_auth: {mode: optional, ca: [/x.pem], crl: /z.crl, names: ['*.c.example', 'email:a@b.example']}",
            "tls: {versions: 1.3, cipher_suites: TLS_AES_128_GCM_SHA256, groups: [X25519], alpn: [h2, http/1.1]}",
            "tickets: {keys: [/new.key], lifetime: 1h, count: 1, rotation: 1d}",
            "upstream:",
            "  servers: [a:1, {address: 'unix:/b', weight: 2}]",
            "  balance: least_connections",
            "  connect_timeout: 500ms",
            "  send_proxy: v2",
            "  starttls: smtp",
            "  health_check: {kind: tls, interval: 1s, timeout: 100ms}",
            "  ejection: none",
            "upstream_tls: {server_name: db.example, ca: [/ca.pem], crl: /c, identity: {certificate: /me}, alpn: from_client}"
        ),
        """
        listeners:
          - {address: "unix:/a", permissions: 0600, proxy_protocol: any, routes: a}
          - {address: ":1", entrance: plaintext, proxy_protocol: v1, trusted_sources: 10.0.0.0/8, routes: [b, c]}
        routes:
          - {name: a, mode: terminate, client_auth: none, certificates: {certificate: /a}, upstream: {servers: a:1}}
          - {name: b, mode: originate, upstream: {servers: a:1}, upstream_tls: {dangerously_skip_verification: yes}}
          - {name: c, mode: originate, upstream: {servers: a:1}, upstream_tls: {server_name: x, alpn: [a, b]}}
        """,
    ])
    func `it is JSON, and as a configuration file says the same`(text: String) throws {
        let configuration = try ConfigurationText.decode(text)
        let json = configuration.json
        #expect(throws: Never.self) { try JSONValue(Array(json.utf8)[...], line: 1) }
        #expect(try ConfigurationText.decode(json) == configuration)
    }
}
