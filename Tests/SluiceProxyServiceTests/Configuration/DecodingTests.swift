import Sluice
import SluicePreamble
import SluiceProxy
import SluiceProxyService
import Testing

/// What a good file means.
struct DecodingTests {
    @Test func `the least configuration has defaults for the rest`() throws {
        let configuration = try ConfigurationText.decode(ConfigurationText.least)
        var expected = ProxyConfiguration(
            listeners: [.init(name: "127.0.0.1:8443", address: .tcp(host: "127.0.0.1", port: 8443), routes: ["all"])],
            routes: [
                .init(
                    name: "all",
                    mode: .passThrough,
                    upstream: .init(servers: [.init(.tcp(host: "127.0.0.1", port: 443))])
                )
            ]
        )
        #expect(configuration == expected)
        expected.threads = 1
        #expect(configuration != expected)
    }

    @Test func `a listener is read`() throws {
        let configuration = try ConfigurationText.decode(
            """
            listeners:
              - name: in
                address: unix:/run/in.socket
                permissions: 0660
                entrance: plaintext
                proxy_protocol: any
                trusted_sources: [10.0.0.0/8, "::1"]
                routes: a, b
                backlog: 7
            routes:
              - {name: a, mode: originate, upstream: {servers: [a:1, "unix:/b"]}}
              - {name: b, mode: originate, upstream: {servers: [{address: "[::1]:5", weight: 3}]}}
            """
        )
        let listener = try #require(configuration.listeners.first)
        #expect(listener.address == .unix(path: "/run/in.socket", mode: 0o660))
        #expect(listener.entrance == .plaintext && listener.routes == ["a", "b"] && listener.backlog == 7)
        #expect(listener.proxyProtocol?.versions == [.v1, .v2])
        #expect(listener.proxyProtocol?.trustedSources.map(\.description) == ["10.0.0.0/8", "::1"])
        #expect(
            configuration.routes.map(\.upstream.servers) == [
                [.init(.tcp(host: "a", port: 1)), .init(.unix(path: "/b"))],
                [.init(.tcp(host: "::1", port: 5), weight: 3)],
            ]
        )
    }

    @Test func `a listener without routes has those of its entrance`() throws {
        let configuration = try ConfigurationText.decode(
            """
            listeners: [{address: ":1"}, {address: ":2", entrance: plaintext}]
            routes:
              - {name: a, mode: pass_through, upstream: {servers: a:1}}
              - {name: b, mode: originate, upstream: {servers: a:1}, upstream_tls: {server_name: b}}
              - {name: c, mode: pass_through, upstream: {servers: a:1}}
            """
        )
        #expect(configuration.listeners.map(\.routes) == [["a", "c"], ["b"]])
    }

    @Test func `the client's side of a route is read`() throws {
        let configuration = try ConfigurationText.decode(
            ConfigurationText.route(
                "mode: terminate",
                "match: {sni: [a.example, '*.b.example'], alpn: h2, clients: 192.0.2.0/24}",
                "certificates:",
                "  - {certificate: a.pem, key: /k/a.key, passphrase_file: a.pass, ocsp_staple: a.ocsp}",
                "client_auth: {mode: optional, ca: [x.pem, y.pem], crl: z.crl, names: ['*.c.example', 'email:a@b.example']}",
                "tls: {versions: 1.3, cipher_suites: TLS_AES_128_GCM_SHA256, groups: [X25519], alpn: [h2, http/1.1]}",
                "tickets: {keys: [new.key, old.key], lifetime: 1h, count: 1, rotation: 1d}",
                "upstream: {servers: a:1}"
            )
        )
        let route = try #require(configuration.routes.first)
        #expect(route.match.serverNames == [NamePattern("a.example"), NamePattern("*.b.example")])
        #expect(route.match.applicationProtocols == ["h2"])
        #expect(route.match.clientRanges == [AddressRange("192.0.2.0/24")])
        var identity = ProxyConfiguration.IdentityFiles(certificate: "a.pem", key: "/k/a.key")
        identity.passphrase = "a.pass"
        identity.ocspResponse = "a.ocsp"
        #expect(route.certificates == [identity])
        var requirements = ProxyConfiguration.ClientRequirements(roots: ["x.pem", "y.pem"])
        requirements.revocationLists = ["z.crl"]
        let names = ["*.c.example", "email:a@b.example"].compactMap { SubjectNamePattern($0) }
        requirements.names = RequiredNames(names)
        #expect(route.clientAuthentication == .optional(requirements))
        #expect(route.tls.versions == .tls13 ... .tls13 && route.tls.cipherSuites == ["TLS_AES_128_GCM_SHA256"])
        #expect(route.tls.groups == ["X25519"] && route.tls.applicationProtocols == ["h2", "http/1.1"])
        #expect(route.tickets.keys == ["new.key", "old.key"] && route.tickets.lifetime == .seconds(3600))
        #expect(route.tickets.count == 1 && route.tickets.rotation == .seconds(86_400))
    }

    @Test func `the upstream's side of a route is read`() throws {
        let configuration = try ConfigurationText.decode(
            ConfigurationText.route(
                "mode: originate",
                "upstream:",
                "  servers: [a:1, b:2]",
                "  balance: least_connections",
                "  connect_timeout: 500ms",
                "  attempts: 2",
                "  send_proxy: v2",
                "  starttls: postgres",
                "  health_check: {kind: tls, interval: 1s, timeout: 100ms, rise: 1, fall: 2}",
                "  ejection: {failures: 9, time: 2m}",
                "upstream_tls:",
                "  server_name: db.example",
                "  ca: [ca.pem]",
                "  crl: ca.crl",
                "  identity: {certificate: me.p12}",
                "  alpn: postgresql",
                "  versions: [1.2, 1.3]"
            ).replacing("pass_through", with: "originate")
        )
        let route = try #require(configuration.routes.first)
        #expect(route.upstream.balance == .leastConnections && route.upstream.attempts == 2)
        #expect(route.upstream.connectTimeout == .milliseconds(500))
        #expect(route.upstream.proxyProtocol == .v2 && route.upstream.startTLS == .postgresql)
        var check = ProxyConfiguration.HealthCheck(.tls)
        (check.interval, check.timeout, check.rise, check.fall) = (.seconds(1), .milliseconds(100), 1, 2)
        #expect(route.upstream.healthCheck == check)
        var ejection = ProxyConfiguration.Ejection()
        (ejection.failures, ejection.time) = (9, .seconds(120))
        #expect(route.upstream.ejection == ejection)
        #expect(route.upstreamTLS.serverName == .fixed("db.example"))
        #expect(route.upstreamTLS.verification == .roots(["ca.pem"]))
        #expect(route.upstreamTLS.revocationLists == ["ca.crl"])
        #expect(route.upstreamTLS.identity == .init(certificate: "me.p12"))
        #expect(route.upstreamTLS.tls.applicationProtocols == ["postgresql"])
        #expect(route.upstreamTLS.protocolOffer == .fixed)
    }

    @Test func `short forms are read`() throws {
        let configuration = try ConfigurationText.decode(
            ConfigurationText.route(
                "mode: bridge",
                "client_auth: none",
                "upstream: {servers: 'a:1, b:2', health_check: tcp, ejection: none, send_proxy: none}"
                    .replacing("'a:1, b:2'", with: "a:1"),
                "upstream_tls: {server_name: from_client, ca: system, alpn: from_client}"
            )
        )
        let route = try #require(configuration.routes.first)
        #expect(route.clientAuthentication == .none && route.upstream.healthCheck == .init(.tcp))
        #expect(route.upstream.ejection == nil && route.upstream.proxyProtocol == nil)
        #expect(route.upstreamTLS.serverName == .fromClient && route.upstreamTLS.protocolOffer == .fromClient)
        #expect(route.upstreamTLS.verification == .system && route.upstreamTLS.tls.applicationProtocols.isEmpty)
    }

    @Test func `a server's certificate is left unchecked only in so many words`() throws {
        let lines = ["mode: originate", "upstream: {servers: a:1}"]
        let text = ConfigurationText.route(lines[0], lines[1], "upstream_tls: {dangerously_skip_verification: yes}")
        #expect(try ConfigurationText.decode(text).routes.first?.upstreamTLS.verification == .dangerouslySkipped)
    }

    @Test func `bounds, log and operations are read`() throws {
        let configuration = try ConfigurationText.decode(
            ConfigurationText.least + """

                limits:
                  connections: 5
                  connections_per_address: 4
                  handshakes_per_second: none
                  client_hello: 4KiB
                  ring: 2KiB
                  buffer: 1MiB
                timeouts: {handshake: 1s, connect: 2s, idle: none, total: 1d, drain: 0, linger: 500ms}
                admin: {address: "unix:/run/admin", permissions: 600}
                log: {level: debug, format: json, destination: proxy.log}
                dangerously_log_keys: keys.txt
                record_failures: {directory: failed, bytes_max: 1MB, files_max: 3}
                threads: 2
                reuse_port: yes
                reload: {watch_files: no}
                """
        )
        #expect(configuration.limits.connectionsMax == 5 && configuration.limits.connectionsPerAddressMax == 4)
        #expect(configuration.limits.handshakesPerSecondMax == nil && configuration.limits.clientHelloBytesMax == 4096)
        #expect(configuration.limits.ringBytes == 2048 && configuration.limits.bufferBytesMax == 1_048_576)
        #expect(configuration.timeouts.handshake == .seconds(1) && configuration.timeouts.connect == .seconds(2))
        #expect(configuration.timeouts.idle == nil && configuration.timeouts.total == .seconds(86_400))
        #expect(configuration.timeouts.drain == .zero && configuration.timeouts.linger == .milliseconds(500))
        #expect(configuration.admin == .unix(path: "/run/admin", mode: 0o600))
        #expect(configuration.log.level == .debug && configuration.log.format == .json)
        #expect(configuration.log.destination == .file("proxy.log"))
        #expect(configuration.dangerouslyLoggedKeysPath == "keys.txt")
        #expect(configuration.failureRecording?.directory == "failed")
        #expect(configuration.failureRecording?.journalBytesMax == 1_000_000)
        #expect(configuration.failureRecording?.journalsMax == 3)
        #expect(
            configuration.threads == 2 && configuration.portSharing == .reusePort && configuration.fileWatching == nil
        )
    }

    @Test func `names of files are relative to the folder of the configuration`() throws {
        let text = ConfigurationText.least + "\nlog: {destination: a.log}\ndangerously_log_keys: /b.txt"
        let document = try ConfigurationDocument(yaml: Array(text.utf8), path: "/etc/sluice/proxy.yaml")
        #expect(document.configuration.log.destination == .file("/etc/sluice/a.log"))
        #expect(document.configuration.dangerouslyLoggedKeysPath == "/b.txt")
        #expect(document.path == "/etc/sluice/proxy.yaml")
    }

    @Test func `keys have places`() throws {
        let document = try ConfigurationDocument(yaml: Array(ConfigurationText.least.utf8), path: "p.yaml")
        #expect(document.place(of: "routes[0].mode").description == "p.yaml:5:11")
        #expect(document.place(of: "routes[0].upstream.servers[0].address").description == "p.yaml:6:25")
        #expect(document.place(of: "routes[0].certificates").description == "p.yaml:4:5")
        #expect(document.place(of: "limits.ring").description == "p.yaml")
    }

    @Test func `keys of a command line are its options`() throws {
        let configuration = try ConfigurationText.decode(ConfigurationText.least)
        let document = ConfigurationDocument(configuration, options: ["routes[0].mode": "--mode"])
        #expect(document.place(of: "routes[0].mode").description == "--mode")
        #expect(document.place(of: "routes[0].name").description == "the options")
    }
}
