import SluicePreamble
import SluiceProxy
import Testing

/// The code of the article "Policy".
struct PolicyExamples {
    func admit(
        _ address: InternetAddress?,
        by control: inout AdmissionControl,
        at now: Duration
    ) -> AdmissionTicket? {
        guard case .admitted(let ticket) = control.admit(address, at: now) else { return nil }
        return ticket
    }

    @Test func `one client too many stays out`() {
        var control = AdmissionControl(AdmissionLimits(connectionsMax: 1))
        let tickets = (0..<2).map { _ in admit(nil, by: &control, at: .zero) }
        #expect(tickets.map { $0 != nil } == [true, false])
    }

    @Test func `a client comes to the rule for its name`() throws {
        let names = [try #require(NamePattern("*.example.com"))]
        let office = [try #require(AddressRange("10.0.0.0/8"))]
        let address = InternetAddress("10.1.2.3")
        let table = RoutingTable([
            RoutingRule(RouteMatch(serverNames: names, applicationProtocols: ["h2"]), to: "web"),
            RoutingRule(RouteMatch(clients: office), to: "intranet"),
            RoutingRule(RouteMatch(), to: "default"),
        ])
        let routing = table.route(serverName: "shop.example.com", applicationProtocols: ["h2"], from: address)
        #expect(routing == .route("web"))
    }

    func server(
        of pool: inout UpstreamPool<String>,
        attemptsMax: Int,
        at now: Duration,
        connect: (String) -> Bool
    ) -> String? {
        var tried: Set<String> = []
        while tried.count < attemptsMax, let server = pool.next(excluding: tried, at: now) {
            tried.insert(server)
            pool.connectionOpened(server)
            if connect(server) {
                pool.connectSucceeded(server)
                return server
            }
            pool.connectionClosed(server)
            if let event = pool.connectFailed(server, at: now) { print(server, event) }
        }
        return nil
    }

    @Test(arguments: [(1, nil), (2, "b"), (9, "b")] as [(Int, String?)])
    func `a connection tries one server after the other`(attemptsMax: Int, taken: String?) {
        var pool = UpstreamPool([UpstreamServer("a"), UpstreamServer("b")])
        let server = server(of: &pool, attemptsMax: attemptsMax, at: .zero) { $0 == "b" }
        #expect(server == taken)
        #expect(pool.standing(of: "a")?.connections == 0)
        #expect(pool.standing(of: "b")?.connections == (taken == nil ? 0 : 1))
    }
}
