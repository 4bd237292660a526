internal import Sluice
internal import SluiceProxy

extension ProxyConfiguration.Route {
    /// Reads an element of `routes`; nil only where problems were noted.
    init?(_ section: inout SectionReader) {
        let name = section.required("name", .name)
        let mode = section.required("mode", ValueForm<ProxyConfiguration.Mode>.choice)
        section.requireKey("upstream")
        let upstream = section.section("upstream") { ProxyConfiguration.Upstream(&$0) }
        self.init(name: name ?? "", mode: mode ?? .passThrough, upstream: upstream ?? .init(servers: []))
        section.section("match", into: &match) { $1.read(&$0) }
        certificates = section.sections("certificates") { ProxyConfiguration.IdentityFiles(&$0) }
        clientAuthentication =
            section.section("client_auth", orScalar: .choice([("none", .none)])) { .init(&$0) } ?? .none
        section.section("tls", into: &tls) { $1.read(&$0) }
        section.section("tickets", into: &tickets) { $1.read(&$0) }
        section.section("upstream_tls", into: &upstreamTLS) { $1.read(&$0) }
        if name == nil || mode == nil || upstream == nil { return nil }
    }
}

extension ProxyConfiguration.Match {
    fileprivate mutating func read(_ section: inout SectionReader) {
        let pattern = ValueForm.parsed("a host name, or *. before one: *.example.com") { NamePattern($0) }
        section.read("sni", listOf: pattern, into: &serverNames)
        section.read("alpn", listOf: .applicationProtocol, into: &applicationProtocols)
        section.read("clients", listOf: .addressRange, into: &clientRanges)
    }
}

extension ProxyConfiguration.IdentityFiles {
    /// Reads the files of one identity; nil only where problems were noted.
    init?(_ section: inout SectionReader) {
        let path = ValueForm.path(in: section.reading.folder)
        let certificate = section.required("certificate", path)
        self.init(certificate: certificate ?? "", key: section.optional("key", path))
        passphrase = section.optional("passphrase_file", path)
        ocspResponse = section.optional("ocsp_staple", path)
        if certificate == nil { return nil }
    }
}

extension ProxyConfiguration.ClientAuthentication {
    /// Reads whether clients must say who they are; nil only where problems were noted.
    fileprivate init?(_ section: inout SectionReader) {
        let path = ValueForm.path(in: section.reading.folder)
        var requirements = ProxyConfiguration.ClientRequirements(roots: [])
        section.read("ca", listOf: path, into: &requirements.roots)
        section.read("crl", listOf: path, into: &requirements.revocationLists)
        let name = ValueForm.parsed("a name such as *.example.com, uri:spiffe://example.org/web/* or email:a@b.example")
        {
            SubjectNamePattern($0)
        }
        section.read("names", listOf: name, into: &requirements.names.patterns)
        let modes = ValueForm.choice([
            ("none", Self.none), ("optional", .optional(requirements)), ("required", .required(requirements)),
        ])
        guard let mode = section.required("mode", modes) else { return nil }
        self = mode
        if mode != .none { section.requireKey("ca") }
    }
}

extension ProxyConfiguration.Tickets {
    fileprivate mutating func read(_ section: inout SectionReader) {
        section.read("keys", listOf: .path(in: section.reading.folder), into: &keys)
        section.read("lifetime", .duration(.seconds(1) ... .seconds(7 * 86_400)), into: &lifetime)
        section.read("count", .count(0...16), into: &count)
        section.read("rotation", .duration(.seconds(60) ... .seconds(7 * 86_400)), into: &rotation)
    }
}
