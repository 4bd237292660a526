internal import Sluice
internal import SluicePOSIX
internal import SluiceProxy

extension ConfiguredFiles {
    /// Looks at the directories that something is to be written to.
    func checkDirectories() {
        if let directory = document.configuration.failureRecording?.directory, !Files.isDirectory(directory) {
            refuse(.unreadableFile, "record_failures.directory", "there is no directory \(directory)")
        }
    }

    /// Whether libssl knows each algorithm of some settings; those that it doesn't are noted.
    func checkAlgorithms(of settings: ProxyConfiguration.TLSSettings, _ key: String) -> Bool {
        let before = problems.count
        for (index, suite) in settings.cipherSuites.enumerated() {
            check("\(key).cipher_suites[\(index)]", "suite \(suite.name) of TLS 1.3; \(Self.suites)") {
                $0.cipherSuites = [suite]
            }
        }
        for (index, suite) in settings.tls12CipherSuites.enumerated() {
            check("\(key).tls12_cipher_suites[\(index)]", "suite \(suite.name) of TLS 1.2; \(Self.suites)") {
                $0.tls12CipherSuites = [suite]
            }
        }
        for (index, group) in settings.groups.enumerated() {
            check("\(key).groups[\(index)]", "group \(group.name); X25519, P-256 and P-384 are usual") {
                $0.groups = [group]
            }
        }
        return problems.count == before
    }

    private static let suites = "`openssl ciphers -s -stdname` lists those it knows"

    private func check(_ key: String, _ what: String, _ change: (inout TLSParameters) -> Void) {
        var configuration = TLSClientConfiguration(serverName: "upstream.invalid")
        configuration.verification = .dangerouslyNone
        change(&configuration.parameters)
        do throws(TLSError) {
            _ = try TLSContext(configuration)
        } catch {
            refuse(.invalidValue, key, "OpenSSL knows no \(what)")
        }
    }

    /// Warns of names that a route is for and its certificates aren't.
    func warnOfUncoveredNames(of route: ProxyConfiguration.Route, _ identities: [TLSIdentity], _ key: String) {
        let patterns = identities.flatMap(\.leaf.dnsNames).compactMap { NamePattern($0) }
        for (index, name) in route.match.serverNames.enumerated() {
            let isCovered = patterns.contains { $0 == name || (!name.isWildcard && $0.matches(name.description)) }
            if !isCovered {
                warn(.unused, "\(key).match.sni[\(index)]", "no certificate of this route is for \(name)")
            }
        }
    }
}
