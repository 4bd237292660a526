internal import Sluice

extension ProxyConfiguration.TLSSettings {
    /// Reads the keys of `tls`.
    mutating func read(_ section: inout SectionReader) {
        section.read("alpn", listOf: .applicationProtocol, into: &applicationProtocols)
        readAlgorithms(&section)
    }

    /// Reads them but for `alpn`.
    mutating func readAlgorithms(_ section: inout SectionReader) {
        var given: [TLSVersion] = []
        section.read("versions", listOf: .choice([("1.2", .tls12), ("1.3", .tls13)]), into: &given)
        if let least = given.min(), let most = given.max() { versions = least...most }
        section.read("cipher_suites", listOf: .parsed("a cipher suite") { CipherSuite($0) }, into: &cipherSuites)
        section.read(
            "tls12_cipher_suites",
            listOf: .parsed("a cipher suite") { CipherSuite($0) },
            into: &tls12CipherSuites
        )
        section.read("groups", listOf: .parsed("a group") { NamedGroup($0) }, into: &groups)
    }
}

extension ProxyConfiguration.UpstreamTLS {
    /// Reads the keys of `upstream_tls`.
    mutating func read(_ section: inout SectionReader) {
        let name: ValueForm<ProxyConfiguration.PeerName> = .parsed("a host name, an address or from_client") { text in
            text == "from_client" ? .fromClient : ServerName(text).map { .fixed($0) }
        }
        section.read("server_name", name, into: &serverName)
        readVerification(&section)
        identity = section.section("identity") { ProxyConfiguration.IdentityFiles(&$0) }
        readProtocols(&section)
        tls.readAlgorithms(&section)
    }

    private mutating func readVerification(_ section: inout SectionReader) {
        var files: [String] = []
        section.read("ca", listOf: ValueForm.text, into: &files)
        section.read("crl", listOf: .path(in: section.reading.folder), into: &revocationLists)
        if !files.isEmpty, files != ["system"] {
            verification = .roots(files.compactMap { ValueForm.path(in: section.reading.folder).parse($0) })
        }
        guard section.optional("dangerously_skip_verification", .yesOrNo) == true else { return }
        if !files.isEmpty || !revocationLists.isEmpty {
            section.note(.conflict, "dangerously_skip_verification", "with this, ca and crl have no use")
        }
        verification = .dangerouslySkipped
    }

    private mutating func readProtocols(_ section: inout SectionReader) {
        var names: [String] = []
        section.read("alpn", listOf: ValueForm.text, into: &names)
        if names == ["from_client"] {
            protocolOffer = .fromClient
        } else {
            section.read("alpn", listOf: .applicationProtocol, into: &tls.applicationProtocols)
        }
    }
}

extension ValueForm where Value == ApplicationProtocol {
    /// A name of up to 255 bytes.
    static var applicationProtocol: ValueForm {
        .parsed("a protocol's name such as h2 or http/1.1, up to 255 bytes") { ApplicationProtocol($0) }
    }
}
