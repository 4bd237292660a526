import Fixtures
import Sluice
import SluiceProxyService
import Testing

/// What becomes of the files that a configuration names.
struct LoadingTests {
    private let folder: ConfigurationFolder

    init() throws {
        folder = try ConfigurationFolder(
            "server-ecdsa.pem",
            "server-ecdsa.key.pem",
            "server-rsa.pem",
            "server-rsa.key.pem",
            "root.pem",
            "client.pem",
            "client.key.pem",
            "intermediate.crl.pem",
            "intermediate-expired.crl.pem",
            "server-ecdsa.encrypted.key.pem",
            "server-ecdsa.p12",
            "server-ecdsa.der",
            "server-ecdsa.key.der",
            "expired.pem",
            "expired.key.pem",
            "not-yet-valid.pem",
            "not-yet-valid.key.pem",
            "intermediate.crl.der",
            "root.der"
        )
        try folder.write("pass", Array("sluice\r\nmore".utf8))
        try folder.write("t80", [UInt8](0..<80))
        try folder.write("t48", [UInt8](0..<48))
    }

    private func text(_ lines: String...) -> String {
        ConfigurationText.route("mode: terminate", "upstream: {servers: a:1}", lines.joined(separator: "\n    "))
    }

    private static let certificates = "certificates: {certificate: server-ecdsa.pem, key: server-ecdsa.key.pem}"

    @Test func `a route that terminates has a server's context`() throws {
        let loaded = try folder.load(
            text(
                "certificates:",
                "  - {certificate: server-ecdsa.pem, key: server-ecdsa.key.pem}",
                "  - {certificate: server-rsa.pem, key: server-rsa.key.pem}",
                "tls: {versions: 1.3, alpn: [h2], groups: X25519, cipher_suites: TLS_AES_128_GCM_SHA256}",
                "tickets: {keys: [t80, t48], count: 1, lifetime: 1h}"
            )
        )
        let route = try #require(loaded.routes.first)
        #expect(route.upstreamContext == nil && loaded.warnings.isEmpty)
        let context = try #require(route.clientContext)
        guard case .server(let server) = context.configuration else { return #expect(Bool(false)) }
        #expect(server.identities.map(\.leaf.subject).count == 2)
        #expect(server.parameters.versions == .tls13 ... .tls13 && server.parameters.applicationProtocols == ["h2"])
        #expect(
            server.sessions.ticketKeys == [[UInt8](0..<80), [UInt8](0..<48)].compactMap { SessionTicketKey(bytes: $0) }
        )
        #expect(server.sessions.ticketCount == 1 && server.sessions.lifetime == .seconds(3600))
        #expect(server.sessions.context == Array("all".utf8))
        #expect(server.parameters.decisions.isEmpty && server.parameters.observations.isEmpty && context.seed == nil)
    }

    @Test func `a route that bridges has a client's context too`() throws {
        let loaded = try folder.load(
            ConfigurationText.route(
                "mode: bridge",
                "upstream: {servers: a:1}",
                Self.certificates,
                "upstream_tls:",
                "  server_name: server.test",
                "  ca: root.pem",
                "  crl: intermediate.crl.pem",
                "  identity: {certificate: client.pem, key: client.key.pem}",
                "  alpn: h2"
            )
        )
        let context = try #require(loaded.routes.first?.upstreamContext)
        guard case .client(let client) = context.configuration else { return #expect(Bool(false)) }
        #expect(client.serverName == "server.test" && client.identity?.leaf.uris == ["spiffe://sluice.test/client"])
        #expect(client.parameters.applicationProtocols == ["h2"] && client.verification.revocationLists.count == 1)
    }

    @Test func `a route that passes on needs no files`() throws {
        let loaded = try folder.load(ConfigurationText.least)
        #expect(loaded.routes.first?.clientContext == nil && loaded.routes.first?.upstreamContext == nil)
        #expect(loaded.paths == [folder.path + "proxy.yaml"])
    }

    @Test func `every file that was read is to be watched`() throws {
        let loaded = try folder.load(
            text(Self.certificates, "client_auth: {mode: required, ca: root.pem, crl: intermediate.crl.pem}")
        )
        let names = ["intermediate.crl.pem", "proxy.yaml", "root.pem", "server-ecdsa.key.pem", "server-ecdsa.pem"]
        #expect(loaded.paths == names.map { folder.path + $0 })
    }

    @Test(arguments: [
        "{certificate: server-ecdsa.pem, key: server-ecdsa.encrypted.key.pem, passphrase_file: pass}",
        "{certificate: server-ecdsa.p12, passphrase_file: pass}",
        "{certificate: server-ecdsa.der, key: server-ecdsa.key.der}",
    ])
    func `identities may be PEM, DER or PKCS12, and encrypted`(files: String) throws {
        #expect(try folder.warnings(text("certificates: \(files)")).isEmpty)
    }

    @Test func `required names are judged by the proxy, and keep sessions apart`() throws {
        let loaded = try folder.load(
            text(Self.certificates, "client_auth: {mode: required, ca: root.pem, names: [b.test, a.test]}")
        )
        guard case .server(let server) = loaded.routes.first?.clientContext?.configuration else {
            return #expect(Bool(false))
        }
        #expect(server.parameters.decisions == .peerCertificate)
        #expect(server.sessions.context == Array("all\ndns:a.test\ndns:b.test".utf8))
        guard case .required = server.clientAuthentication else { return #expect(Bool(false)) }
    }

    @Test func `what is recorded can be repeated, and what is logged is observed`() throws {
        let loaded = try folder.load(
            text(Self.certificates) + "\nrecord_failures: {directory: .}\ndangerously_log_keys: keys\n"
        )
        let context = try #require(loaded.routes.first?.clientContext)
        guard case .server(let server) = context.configuration else { return #expect(Bool(false)) }
        #expect(context.seed != nil && server.parameters.observations == .keyLog)
    }

    @Test(arguments: [
        (
            "{certificate: none.pem, key: none.key}",
            [
                "7:33: routes[0].certificates[0].certificate: can't read none.pem: No such file or directory",
                "7:48: routes[0].certificates[0].key: can't read none.key: No such file or directory",
            ]
        ),
        (
            "{certificate: server-ecdsa.key.pem, key: server-ecdsa.pem}",
            [
                "7:33: routes[0].certificates[0].certificate: server-ecdsa.key.pem: no certificate among 1 PEM blocks",
                "7:60: routes[0].certificates[0].key: server-ecdsa.pem: no private key among 2 PEM blocks",
            ]
        ),
        (
            "{certificate: server-ecdsa.pem, key: server-rsa.key.pem}",
            [
                "7:56: routes[0].certificates[0].key: server-rsa.key.pem: the RSA 2048 key doesn't belong to the "
                    + "certificate of CN=server-ecdsa,O=Sluice Test"
            ]
        ),
        (
            "{certificate: server-ecdsa.pem, key: server-ecdsa.encrypted.key.pem}",
            [
                "7:56: routes[0].certificates[0].key: server-ecdsa.encrypted.key.pem: PEM block 1 (ENCRYPTED PRIVATE "
                    + "KEY) is encrypted: it needs a passphrase: name its file with passphrase_file"
            ]
        ),
    ])
    func `bad identities are told with the place that names them`(files: String, expected: [String]) {
        let found = folder.problems(text("certificates: \(files)"))
        #expect(found.count == expected.count)
        for (found, expected) in zip(found, expected) { #expect(found.hasPrefix("proxy.yaml:\(expected)")) }
    }

    @Test func `problems with files are told together with the others`() {
        let found = folder.problems(
            text(
                "certificates: {certificate: none.pem, key: server-ecdsa.key.pem}",
                "client_auth: {mode: required, ca: [root.pem, pass], crl: [root.pem, none.crl]}",
                "tls: {cipher_suites: [TLS_AES_128_GCM_SHA256, TLS_NOPE], tls12_cipher_suites: NOPE, groups: [X25519, P-1]}",
                "tickets: {keys: [t80, pass]}",
                "upstream_tls: {server_name: a}"
            ) + "\nrecord_failures: {directory: none}\n"
        )
        let keys = found.map { $0.split(separator: ": ")[1] }
        #expect(
            keys == [
                "routes[0].certificates[0].certificate", "routes[0].client_auth.ca[1]", "routes[0].client_auth.crl[0]",
                "routes[0].client_auth.crl[1]", "routes[0].tls.cipher_suites[1]",
                "routes[0].tls.tls12_cipher_suites[0]",
                "routes[0].tls.groups[1]", "routes[0].tickets.keys[1]", "routes[0].upstream_tls",
                "record_failures.directory",
            ]
        )
    }

    @Test func `secrets that others can read are warned of`() throws {
        for (permissions, words) in [
            (0o644, "everybody can use (mode 644)"), (0o660, "its group can write (mode 660)"),
        ] {
            try folder.write("server-ecdsa.key.pem", Fixtures.bytes("server-ecdsa.key.pem"), permissions: permissions)
            #expect(
                try folder.warnings(text(Self.certificates)) == [
                    "proxy.yaml:7:56: routes[0].certificates[0].key: server-ecdsa.key.pem is a secret that \(words): chmod "
                        + "600 it"
                ]
            )
        }
        try folder.write("server-ecdsa.key.pem", Fixtures.bytes("server-ecdsa.key.pem"), permissions: 0o640)
        #expect(try folder.warnings(text(Self.certificates)).isEmpty)
    }

    @Test func `dates are warned of`() throws {
        let day: Int64 = 86_400
        let expired = text("certificates: {certificate: expired.pem, key: expired.key.pem}")
        #expect(
            try folder.warnings(expired).map { String($0.drop { $0 != ":" }) } == [
                ":7:33: routes[0].certificates[0].certificate: CN=expired,O=Sluice Test has expired: 2001-01-01T00:00:00Z"
            ]
        )
        let end: Int64 = 978_307_200
        #expect(try folder.warnings(expired, at: UnixTime(secondsSince1970: end - 14 * day)).isEmpty)
        let soon = try folder.warnings(expired, at: UnixTime(secondsSince1970: end - 14 * day + 1))
        #expect(soon.first?.contains("expires in 13 days: 2001-01-01T00:00:00Z") == true)
        let early = text("certificates: {certificate: not-yet-valid.pem, key: not-yet-valid.key.pem}")
        #expect(try folder.warnings(early).first?.contains("isn't valid before 2190-01-01T00:00:00Z") == true)
        let list = text(
            Self.certificates,
            "client_auth: {mode: required, ca: root.pem, crl: intermediate-expired.crl.pem}"
        )
        #expect(try folder.warnings(list).first?.contains("is outdated since 2001-01-01") == true)
    }

    @Test func `names that no certificate is for are warned of`() throws {
        let found = try folder.warnings(text(Self.certificates, "match: {sni: [server.test, x.test, '*.server.test']}"))
        #expect(
            found == [
                "proxy.yaml:8:32: routes[0].match.sni[1]: no certificate of this route is for x.test",
                "proxy.yaml:8:40: routes[0].match.sni[2]: no certificate of this route is for *.server.test",
            ]
        )
    }

    @Test func `revocation lists and roots may be DER`() throws {
        let route = text(Self.certificates, "client_auth: {mode: optional, ca: root.der, crl: intermediate.crl.der}")
        #expect(try folder.warnings(route).isEmpty)
    }

    @Test func `roots may be a directory`() throws {
        let roots = try ConfigurationFolder("root.pem")
        let route = text(Self.certificates, "client_auth: {mode: optional, ca: \(roots.path)}")
        #expect(try folder.load(route).paths.contains(roots.path))
    }

    @Test func `ticket keys in memory are used where there are no files`() throws {
        let keys = [SessionTicketKey(bytes: [UInt8](0..<80))].compactMap { $0 }
        let loaded = try folder.load(text(Self.certificates), ticketKeys: ["all": keys])
        let route = try #require(loaded.routes.first)
        #expect(ticketKeys(of: route) == keys)
        let others = [SessionTicketKey(bytes: [UInt8](1..<81))].compactMap { $0 } + keys
        #expect(ticketKeys(of: try route.replacingTicketKeys(others)) == others)
        let filed = try folder.load(text(Self.certificates, "tickets: {keys: t48}"), ticketKeys: ["all": keys])
        let fixed = try #require(filed.routes.first)
        #expect(ticketKeys(of: fixed) == [SessionTicketKey(bytes: [UInt8](0..<48))].compactMap { $0 })
        #expect(try fixed.replacingTicketKeys(others).clientContext === fixed.clientContext)
    }

    private func ticketKeys(of route: LoadedRoute) -> [SessionTicketKey]? {
        guard case .server(let server) = route.clientContext?.configuration else { return nil }
        return server.sessions.ticketKeys
    }
}
