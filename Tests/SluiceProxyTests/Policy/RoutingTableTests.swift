import Sluice
import SluicePreamble
import SluiceProxy
import Testing

/// Which rule a connection comes to.
struct RoutingTableTests {
    private static let table = RoutingTable([
        rule("wild", names: ["*.example.com"]),
        rule("exact", names: ["www.example.com", "example.com"]),
        rule("again", names: ["www.example.com"]),
        rule("deep", names: ["*.www.example.com"]),
        rule("default"),
    ])

    private static let names: [(String?, String)] = [
        ("www.example.com", "exact"), ("WWW.Example.Com.", "exact"), ("example.com", "exact"),
        ("a.example.com", "wild"),
        ("a.www.example.com", "deep"), ("a.b.www.example.com", "default"), ("other.test", "default"), (nil, "default"),
        ("192.0.2.1", "default"), ("", "default"), ("*.example.com", "default"), ("www.example.com\0", "default"),
        (String(repeating: "a.", count: 30_000), "default"),
    ]

    @Test(arguments: names)
    func `the closest name wins`(serverName: String?, target: String) {
        #expect(Self.table.route(serverName: serverName, applicationProtocols: [], from: nil) == .route(target))
    }

    @Test func `among equals the first wins`() {
        let table = RoutingTable([
            rule("a", names: ["a.test"]), rule("b", names: ["a.test", "a.test"]), rule("c"), rule("d"),
        ])
        #expect(table.route(serverName: "a.test", applicationProtocols: [], from: nil) == .route("a"))
        #expect(table.route(serverName: nil, applicationProtocols: [], from: nil) == .route("c"))
    }

    private static let offers: [([String], String?, String)] = [
        (["h2"], "192.0.2.1", "h2"), (["x", "h2", "http/1.1"], "192.0.2.1", "h2"), (["http/1.1"], "10.1.1.1", "inside"),
        (["http/1.1"], "::ffff:10.1.1.1", "inside"), (["http/1.1"], "192.0.2.1", "wild"), ([], "192.0.2.1", "wild"),
        (["acme-tls/1"], "192.0.2.1", "acme"), (["acme-tls/1", "h2"], "10.1.1.1", "acme"), ([], nil, "wild"),
    ]

    @Test(arguments: offers)
    func `a rule that doesn't hold leaves it to the next`(offered: [String], address: String?, target: String) throws {
        let table = RoutingTable([
            rule("wild", names: ["*.example.com"]),
            rule("acme", names: ["www.example.com"], protocols: ["acme-tls/1"]),
            rule("h2", names: ["www.example.com"], protocols: ["h2", "h3"]),
            rule("inside", names: ["www.example.com"], clients: ["10.0.0.0/8", "::1"]),
            rule("default"),
        ])
        let offered = try offered.map { try #require(ApplicationProtocol($0)) }
        let client = try address.map { try #require(InternetAddress($0)) }
        let routing = table.route(serverName: "www.example.com", applicationProtocols: offered, from: client)
        #expect(routing == .route(target))
    }

    private static let refusals: [(String?, String?, String?, TLSAlert)] = [
        ("other.example", "h2", "10.1.1.1", .unrecognizedName), (nil, "h2", "10.1.1.1", .unrecognizedName),
        ("192.0.2.1", "h2", "10.1.1.1", .unrecognizedName), ("a.test", "h2", "192.0.2.1", .accessDenied),
        ("a.test", "x", "192.0.2.1", .accessDenied), ("a.test", "x", "10.1.1.1", .noApplicationProtocol),
        ("a.test", nil, "10.1.1.1", .noApplicationProtocol), ("a.test", "h2", nil, .accessDenied),
        ("b.test", "x", "192.0.2.1", .noApplicationProtocol), ("c.test", "x", "192.0.2.1", .accessDenied),
    ]

    @Test(arguments: refusals)
    func `the alert says what nothing was found for`(
        serverName: String?,
        offered: String?,
        address: String?,
        alert: TLSAlert
    ) throws {
        let table = RoutingTable([
            rule("a", names: ["a.test", "b.test"], protocols: ["h2"], clients: ["10.0.0.0/8"]),
            rule("b", names: ["b.test"], protocols: ["h2"]),
            rule("c", names: ["*.test"], protocols: ["h3"], clients: ["10.0.0.0/8"]),
        ])
        let client = try address.map { try #require(InternetAddress($0)) }
        let protocols = try [offered].compactMap(\.self).map { try #require(ApplicationProtocol($0)) }
        let routing = table.route(serverName: serverName, applicationProtocols: protocols, from: client)
        #expect(routing == .refuse(alert))
    }

    @Test func `an empty table refuses all`() {
        let table = RoutingTable<String>([])
        let routing = table.route(serverName: "a.test", applicationProtocols: [], from: nil)
        #expect(routing == .refuse(.unrecognizedName))
        #expect(table.route(from: nil) == .refuse(.accessDenied))
    }

    @Test(arguments: [("10.1.1.1", "inside"), ("192.0.2.1", "default"), (nil, "default")] as [(String?, String)])
    func `without a ClientHello only addresses count`(address: String?, target: String) throws {
        let table = RoutingTable([
            rule("named", names: ["a.test"]), rule("h2", protocols: ["h2"]), rule("inside", clients: ["10.0.0.0/8"]),
            rule("default"),
        ])
        let client = try address.map { try #require(InternetAddress($0)) }
        #expect(table.route(from: client) == .route(target))
    }

    @Test func `what a client offers is read from its ClientHello`() throws {
        var configuration = TLSClientConfiguration.client(to: "a.test")
        configuration.parameters.applicationProtocols = ["h2"]
        var engine = try TLSEngine(configuration)
        let flight = engine.drain()
        let hello = try #require(ClientHello(message: Array(flight.dropFirst(5))))
        let table = RoutingTable([
            rule("a", names: ["a.test"], protocols: ["http/1.1"]), rule("b", names: ["a.test"], protocols: ["h2"]),
        ])
        #expect(table.route(hello, from: nil) == .route("b"))
    }

    @Test func `thousands of names are as quick as one`() {
        let table = RoutingTable(
            (0..<20_000).map { rule($0, names: ["host\($0).example.com", "*.host\($0).example.com"]) }
        )
        for number in stride(from: 0, to: 20_000, by: 100) {
            let name = "host\(number).example.com"
            #expect(table.route(serverName: name, applicationProtocols: [], from: nil) == .route(number))
            #expect(table.route(serverName: "a." + name, applicationProtocols: [], from: nil) == .route(number))
        }
        #expect(table.unreachable.isEmpty)
    }
}
