import SluiceProxyService
import Testing

/// Configurations that can be read and make no sense.
struct CheckTests {
    private let folder: ConfigurationFolder

    init() throws {
        folder = try ConfigurationFolder("server-ecdsa.pem", "server-ecdsa.key.pem", "root.pem")
    }

    private static let certificates = "certificates: {certificate: server-ecdsa.pem, key: server-ecdsa.key.pem}"

    @Test(arguments: [
        (
            "mode: terminate", "upstream: {servers: a:1}", "",
            ["4:5: routes[0].certificates: mode terminate needs a certificate and its key"]
        ),
        (
            "mode: pass_through", certificates, "upstream: {servers: a:1}",
            [
                "6:19: routes[0].certificates: has no use: mode pass_through doesn't end the client's TLS; modes "
                    + "terminate and bridge do"
            ]
        ),
        (
            "mode: pass_through", "tls: {versions: 1.3}", "upstream: {servers: a:1}",
            [
                "6:10: routes[0].tls: has no use: mode pass_through doesn't end the client's TLS; modes terminate and "
                    + "bridge do"
            ]
        ),
        (
            "mode: pass_through", "upstream: {servers: [a:1, b:1, a:1]}", "",
            ["6:36: routes[0].upstream.servers[2]: a:1 is there already"]
        ),
        (
            "mode: pass_through", "upstream: {servers: a:1, starttls: smtp}", "",
            [
                "6:40: routes[0].upstream.starttls: mode pass_through doesn't begin TLS with the upstream; modes "
                    + "originate and bridge do"
            ]
        ),
        (
            "mode: pass_through", "upstream: {servers: a:1, health_check: {kind: tcp, interval: 1s}}", "",
            ["6:44: routes[0].upstream.health_check.timeout: a probe must end before the next begins: interval"]
        ),
        (
            "mode: pass_through", "upstream: {servers: a:1, health_check: tls}", "",
            [
                "4:5: routes[0].upstream_tls.server_name: a TLS probe has no client whose name it could ask for; name "
                    + "the server"
            ]
        ),
        (
            "mode: pass_through", "upstream_tls: {server_name: a}", "upstream: {servers: a:1}",
            [
                "6:19: routes[0].upstream_tls: has no use: mode pass_through doesn't begin TLS with the upstream, nor "
                    + "does a probe"
            ]
        ),
    ])
    func `what a mode needs must be there, and what it doesn't must not`(
        one: String,
        two: String,
        three: String,
        expected: [String]
    ) {
        let problems = folder.problems(ConfigurationText.route(one, two, three))
        #expect(problems == expected.map { "proxy.yaml:\($0)" })
    }

    @Test(arguments: [
        (
            "",
            [
                "listeners[0].routes[0]: all is for clients that speak plaintext: mode originate; this listener's speak TLS"
            ]
        ),
        (
            "match: {sni: a.example}",
            ["routes[0].match.sni: clients that speak plaintext say nothing of that; match clients"]
        ),
        (
            "match: {alpn: h2}",
            ["routes[0].match.alpn: clients that speak plaintext say nothing of that; match clients"]
        ),
        (
            "upstream_tls: {alpn: from_client, server_name: a}",
            ["routes[0].upstream_tls.alpn: only clients of mode bridge have agreed on a protocol; name it"]
        ),
        (
            "upstream_tls: {alpn: h2}",
            [
                "routes[0].upstream_tls.server_name: name the server that its certificate must be for; clients don't "
                    + "name any"
            ]
        ),
        (
            "upstream_tls: {server_name: a, identity: {certificate: server-ecdsa.pem, key: server-ecdsa.key.pem, "
                + "ocsp_staple: none.der}}",
            ["routes[0].upstream_tls.identity.ocsp_staple: clients staple nothing, and the proxy is one here"]
        ),
    ])
    func `clients that speak plaintext tell nothing`(line: String, expected: [String]) {
        let text = ConfigurationText.route("mode: originate", "upstream: {servers: a:1}", line)
            .replacing("- address: 127.0.0.1:8443", with: "- {address: ':1', routes: all}")
        let found = folder.problems(text).map { String($0.drop { $0 != " " }.dropFirst()) }
        #expect(expected.allSatisfy { found.contains($0) })
    }

    @Test func `listeners and routes have names of their own, and know each other`() {
        let text = """
            listeners:
              - {name: a, address: ":1", routes: [one, oen, one]}
              - {name: a, address: ":1", proxy_protocol: v2}
              - {name: b, address: ":2", entrance: plaintext}
            routes:
              - {name: one, mode: pass_through, upstream: {servers: a:1}}
              - {name: one, mode: pass_through, upstream: {servers: a:1}}
            """
        #expect(
            folder.problems(text) == [
                "proxy.yaml:2:44: listeners[0].routes[1]: there is no route oen; did you mean one?",
                "proxy.yaml:2:49: listeners[0].routes[2]: one is there already",
                "proxy.yaml:3:5: listeners[1].routes[1]: one is there already",
                "proxy.yaml:3:12: listeners[1].name: a is there already",
                "proxy.yaml:3:24: listeners[1].address: :1 is there already",
                "proxy.yaml:3:46: listeners[1].proxy_protocol: anybody can write a PROXY header: name those who may in "
                    + "trusted_sources, or all with 0.0.0.0/0 and ::/0 where nobody else can connect",
                "proxy.yaml:4:5: listeners[2].routes: no route is for clients that speak plaintext",
                "proxy.yaml:7:12: routes[1].name: one is there already",
            ]
        )
    }

    @Test func `a command line's problems name its options`() {
        let route = ProxyConfiguration.Route(
            name: "all",
            mode: .terminate,
            upstream: .init(servers: [.init(.tcp(host: "a", port: 1))])
        )
        let listener = ProxyConfiguration.Listener(name: "in", address: .tcp(host: "", port: 1), routes: ["all"])
        let document = ConfigurationDocument(
            ProxyConfiguration(listeners: [listener], routes: [route]),
            options: ["routes[0].certificates": "--cert"]
        )
        let error = #expect(throws: ConfigurationError.self) { try LoadedConfiguration(document, at: 0) }
        #expect(error?.description == "--cert: mode terminate needs a certificate and its key")
    }

    @Test func `what has no effect is warned of`() throws {
        let text = """
            listeners: [{name: in, address: ":1", routes: [one, two, three]}]
            routes:
              - {name: one, mode: pass_through, match: {sni: "a.example"}, upstream: {servers: a:1}}
              - {name: two, mode: pass_through, match: {sni: [b.example, a.example]}, upstream: {servers: a:1}}
              - name: three
                mode: bridge
                \(Self.certificates)
                tls: {versions: 1.2, cipher_suites: TLS_AES_128_GCM_SHA256}
                tickets: {lifetime: 1h, rotation: 10m}
                upstream: {servers: a:1}
                upstream_tls: {alpn: from_client, dangerously_skip_verification: yes}
              - {name: four, mode: pass_through, upstream: {servers: a:1}}
            dangerously_log_keys: keys.txt
            """
        #expect(
            try folder.warnings(text) == [
                "proxy.yaml:4:50: routes[1].match.sni: no client of in comes to a.example: one is earlier and takes them all",
                "proxy.yaml:8:41: routes[2].tls.cipher_suites: these are for TLS 1.3, which isn't among the versions",
                "proxy.yaml:9:25: routes[2].tickets.lifetime: keys in memory are accepted for two rotations at least; "
                    + "sessions older than that won't resume",
                "proxy.yaml:11:26: routes[2].upstream_tls.alpn: without tls.alpn nothing is agreed on with clients, so "
                    + "nothing is offered",
                "proxy.yaml:11:70: routes[2].upstream_tls.dangerously_skip_verification: anybody on the way can be the server",
                "proxy.yaml:12:5: routes[3]: no listener has the route four",
                "proxy.yaml:13:23: dangerously_log_keys: whoever reads this file can decrypt every connection",
            ]
        )
    }
}
