internal import SluicePreamble
internal import SluiceProxy

extension ProxyConfiguration.Listener {
    /// Reads an element of `listeners`; nil only where problems were noted.
    init?(_ section: inout SectionReader) {
        let address = section.listenAddress(address: "address", permissions: "permissions")
        let name = section.optional("name", .label) ?? address?.description ?? ""
        self.init(name: name, address: address ?? .systemd(name: ""), routes: [])
        section.read("entrance", .choice, into: &entrance)
        section.read("routes", listOf: .name, into: &routes)
        section.read("backlog", .count(1...65_535), into: &backlog)
        readProxyProtocol(&section)
        if address == nil { return nil }
    }

    private mutating func readProxyProtocol(_ section: inout SectionReader) {
        let versions: ValueForm<Set<ProxyHeader.Version>> = .choice([
            ("none", []), ("v1", [.v1]), ("v2", [.v2]), ("any", [.v1, .v2]),
        ])
        var trustedSources: [AddressRange] = []
        section.read("trusted_sources", listOf: .addressRange, into: &trustedSources)
        if let versions = section.optional("proxy_protocol", versions), !versions.isEmpty {
            proxyProtocol = .init(versions: versions, trustedSources: trustedSources)
        } else if !trustedSources.isEmpty {
            section.note(.conflict, "trusted_sources", "there is no proxy_protocol that they could be trusted with")
        }
    }
}

extension ValueForm where Value == AddressRange {
    /// Addresses that have a prefix in common.
    static var addressRange: ValueForm {
        .parsed("an address or a range such as 10.0.0.0/8 or 2001:db8::/32") { AddressRange($0) }
    }
}
