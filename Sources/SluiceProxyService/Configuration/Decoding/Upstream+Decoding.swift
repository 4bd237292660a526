internal import SluicePreamble

extension ProxyConfiguration.Upstream {
    /// Reads the keys of `upstream`; nil only where problems were noted.
    init?(_ section: inout SectionReader) {
        section.requireKey("servers")
        self.init(servers: section.sections("servers", orScalar: .server) { ProxyConfiguration.Server(&$0) })
        section.read("balance", .choice, into: &balance)
        connectTimeout = section.optional("connect_timeout", .duration(.milliseconds(1) ... .seconds(3600)))
        section.read("attempts", .count(1...16), into: &attempts)
        let header: ValueForm<ProxyHeader.Version?> = .choice([("none", nil), ("v1", .v1), ("v2", .v2)])
        section.read("send_proxy", header, into: &proxyProtocol)
        let names = StartTLS.Application.allCases.map(\.rawValue).joined(separator: ", ")
        startTLS = section.optional("starttls", .parsed("one of \(names)") { StartTLS.Application(name: $0) })
        healthCheck = section.section("health_check", orScalar: .healthCheck) { .init(&$0) }
        readEjection(&section)
        if servers.isEmpty { return nil }
    }

    private mutating func readEjection(_ section: inout SectionReader) {
        let none = ValueForm<ProxyConfiguration.Ejection?>.choice([("none", nil)])
        ejection =
            section.section("ejection", orScalar: none) { section in
                var ejection = ProxyConfiguration.Ejection()
                section.read("failures", .count(1...1000), into: &ejection.failures)
                section.read("time", .duration(.milliseconds(100) ... .seconds(3600)), into: &ejection.time)
                return .some(ejection)
            } ?? ejection
    }
}

extension ProxyConfiguration.Server {
    fileprivate init?(_ section: inout SectionReader) {
        let server = section.required("address", .server)
        let weight = section.optional("weight", .count(1...1000)) ?? 1
        guard let server else { return nil }
        self.init(server.address, weight: weight)
    }
}

extension ValueForm where Value == ProxyConfiguration.Server {
    fileprivate static var server: ValueForm {
        .parsed("host:port, [IPv6]:port or unix:/path") { UpstreamAddress($0).map { .init($0) } }
    }
}

extension ProxyConfiguration.HealthCheck {
    fileprivate init?(_ section: inout SectionReader) {
        let kind = section.required("kind", ValueForm<Kind>.choice)
        self.init(kind ?? .tcp)
        section.read("interval", .duration(.milliseconds(100) ... .seconds(86_400)), into: &interval)
        section.read("timeout", .duration(.milliseconds(10) ... .seconds(3600)), into: &timeout)
        section.read("rise", .count(1...1000), into: &rise)
        section.read("fall", .count(1...1000), into: &fall)
        if kind == nil { return nil }
    }
}

extension ValueForm where Value == ProxyConfiguration.HealthCheck {
    fileprivate static var healthCheck: ValueForm {
        .choice(ProxyConfiguration.HealthCheck.Kind.allCases.map { ($0.rawValue, .init($0)) })
    }
}
