import Sluice
import SluicePreamble
import SluiceProxy
import SluiceSimulation
import Testing

/// Rules that no connection can come to.
struct UnreachableRuleTests {
    @Test func `a name that an earlier rule takes whole is out of reach`() {
        let table = RoutingTable([
            rule("a", names: ["a.test", "b.test"], clients: ["10.0.0.0/8", "::/0"]),
            rule("b", names: ["a.test", "*.test", "a.test"], protocols: ["h2"], clients: ["10.1.0.0/16", "::1"]),
            rule("c", names: ["*.test"], protocols: ["h2"]),
            rule("d", names: ["*.test", "c.test"], protocols: ["h2"], clients: ["10.0.0.0/8"]),
        ])
        #expect(
            table.unreachable == [
                UnreachableRule(rule: 1, serverName: NamePattern("a.test"), reason: .shadowed(by: 0)),
                UnreachableRule(rule: 3, serverName: NamePattern("*.test"), reason: .shadowed(by: 2)),
            ]
        )
    }

    @Test func `a rule that asks for less is in reach`() {
        let table = RoutingTable([
            rule("a", names: ["a.test"], protocols: ["h2"], clients: ["10.0.0.0/8"]),
            rule("b", names: ["a.test"], protocols: ["h2"]),
            rule("c", names: ["a.test"], protocols: ["h2", "h3"]),
            rule("d", names: ["a.test"]),
            rule("e", clients: ["0.0.0.0/0", "::/0"]),
            rule("f"),
        ])
        #expect(table.unreachable.isEmpty)
    }

    @Test func `what comes after a default without names is out of reach`() {
        let table = RoutingTable([rule("a"), rule("b", protocols: ["h2"]), rule("c", names: ["a.test"]), rule("d")])
        #expect(
            table.unreachable == [
                UnreachableRule(rule: 1, serverName: nil, reason: .shadowed(by: 0)),
                UnreachableRule(rule: 3, serverName: nil, reason: .shadowed(by: 0)),
            ]
        )
    }

    @Test func `in plaintext what needs a ClientHello is out of reach`() {
        let table = RoutingTable([
            rule("a", protocols: ["h2"]), rule("b", names: ["a.test"]), rule("c", clients: ["10.0.0.0/8"]),
            rule("d", clients: ["10.0.0.1"]), rule("e"), rule("f"),
        ])
        #expect(
            table.unreachableInPlaintext == [
                UnreachableRule(rule: 0, serverName: nil, reason: .needsClientHello),
                UnreachableRule(rule: 1, serverName: nil, reason: .needsClientHello),
                UnreachableRule(rule: 3, serverName: nil, reason: .shadowed(by: 2)),
                UnreachableRule(rule: 5, serverName: nil, reason: .shadowed(by: 4)),
            ]
        )
    }

    @Test(arguments: UInt64(0)..<50)
    func `a rule wins as the order says, and never if it is out of reach`(seed: UInt64) throws {
        var world = RoutingWorld(seed: seed)
        let rules = (0..<12).map { world.rule($0) }
        let table = RoutingTable(rules)
        let unreachable = Set(table.unreachable.filter { rules[$0.rule].match.serverNames.count < 2 }.map(\.rule))
        for _ in 0..<300 {
            let (name, offered, client) = world.connection()
            let routing = table.route(serverName: name, applicationProtocols: offered, from: client)
            let expected = expectedTarget(of: rules, name, offered, client)
            #expect(routing.target == expected)
            if let expected { #expect(!unreachable.contains(expected)) }
            let plain = rules.first { !$0.match.needsClientHello && holds($0.match, [], client) }
            #expect(table.route(from: client).target == plain?.target)
        }
    }

    /// The documented order, written out: one pass per closeness of name.
    private func expectedTarget(
        of rules: [RoutingRule<Int>],
        _ name: String?,
        _ offered: [ApplicationProtocol],
        _ client: InternetAddress?
    ) -> Int? {
        let closeness: [(RouteMatch) -> Bool] = [
            { $0.serverNames.contains { pattern in !pattern.isWildcard && name.map(pattern.matches) == true } },
            { $0.serverNames.contains { pattern in pattern.isWildcard && name.map(pattern.matches) == true } },
            { $0.serverNames.isEmpty },
        ]
        for isClose in closeness {
            if let rule = rules.first(where: { isClose($0.match) && holds($0.match, offered, client) }) {
                return rule.target
            }
        }
        return nil
    }

    private func holds(_ match: RouteMatch, _ offered: [ApplicationProtocol], _ client: InternetAddress?) -> Bool {
        let isOffered =
            match.applicationProtocols.isEmpty || match.applicationProtocols.contains(where: offered.contains)
        let isNear =
            match.clients.isEmpty || client.map { client in match.clients.contains { $0.contains(client) } } == true
        return isOffered && isNear
    }
}

/// Few names, protocols and addresses, so that rules and connections often meet.
private struct RoutingWorld {
    private var generator: SplitMix64

    init(seed: UInt64) {
        generator = SplitMix64(seed: seed)
    }

    mutating func rule(_ number: Int) -> RoutingRule<Int> {
        SluiceProxyTests.rule(
            number,
            names: some(of: ["a.test", "b.test", "*.test", "*.a.test", "c.a.test"]),
            protocols: some(of: ["h2", "http/1.1"]),
            clients: some(of: ["10.0.0.0/8", "10.1.0.0/16", "::1", "::/0"])
        )
    }

    mutating func connection() -> (String?, [ApplicationProtocol], InternetAddress?) {
        let names = [nil, "a.test", "B.test", "c.test", "c.a.test", "d.a.test", "test", "192.0.2.1"]
        let addresses = [nil, "10.0.0.1", "10.1.0.1", "::ffff:10.1.0.2", "::1", "2001:db8::1"]
        let offered = some(of: ["h2", "http/1.1"]).compactMap { ApplicationProtocol($0) }
        return (generator.element(of: names), offered, generator.element(of: addresses).flatMap { InternetAddress($0) })
    }

    private mutating func some(of texts: [String]) -> [String] {
        generator.chance(0.4) ? [] : texts.filter { _ in generator.chance(0.3) }
    }
}

extension Routing {
    /// nil if refused.
    var target: Target? {
        if case .route(let target) = self { target } else { nil }
    }
}
