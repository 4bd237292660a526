import ArgumentParser
import Sluice
import SluiceProxy
import SluiceProxyService

/// The options of a proxy's TLS with clients.
struct ProxyClientOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "A certificate chain; a PKCS#12 file has the key, too. May be repeated: SNI and key type choose.",
            valueName: "file"
        )
    )
    var cert: [String] = []

    @Option(help: ArgumentHelp("The key of the --cert in the same place, if not in its file.", valueName: "file"))
    var key: [String] = []

    @Option(help: ArgumentHelp("The passphrase of the keys, in the first line.", valueName: "file"))
    var passphraseFile: String?

    @Option(help: ArgumentHelp("The OCSP response of the --cert in the same place, DER.", valueName: "file"))
    var ocsp: [String] = []

    @Option(
        help: ArgumentHelp(
            "Let in clients alone that show a certificate under these roots. May be repeated.",
            valueName: "file|dir"
        )
    )
    var clientCa: [String] = []

    @Flag(help: "Let in clients without a certificate, too.")
    var optionalClientCert = false

    @Option(help: ArgumentHelp("Certificates of clients that are revoked. May be repeated.", valueName: "file"))
    var clientCrl: [String] = []

    @Option(
        help: ArgumentHelp(
            "The names that are let in: *.example.com, uri:spiffe://a/b/*, email:a@b.c.",
            valueName: "a,b"
        )
    )
    var clientName: [String] = []

    @Option(help: ArgumentHelp("Application protocols, best first.", valueName: "a,b"))
    var alpn: [String] = []

    @Option(help: ArgumentHelp("The oldest version to speak. (default: 1.2)", valueName: "version"))
    var tlsMin: VersionArgument?

    @Option(help: ArgumentHelp("The newest version to speak. (default: 1.3)", valueName: "version"))
    var tlsMax: VersionArgument?

    @Option(
        help: ArgumentHelp(
            "A ticket key of 80 or 48 bytes; the first issues, those of repetitions are accepted.",
            valueName: "file"
        )
    )
    var ticketKey: [String] = []

    func validate() throws {
        if !key.isEmpty, key.count != cert.count {
            throw ValidationError("Give a --key for each --cert: there are \(cert.count) and \(key.count) keys.")
        }
        if ocsp.count > cert.count { throw ValidationError("There are more --ocsp than --cert.") }
        if clientCa.isEmpty, optionalClientCert || !clientName.isEmpty || !clientCrl.isEmpty {
            throw ValidationError("Clients' certificates need --client-ca: the roots of good ones.")
        }
        if versions == nil { throw ValidationError("--tls-min is above --tls-max.") }
        _ = try settings()
        _ = try names()
    }

    /// Those that were typed.
    var given: [String] {
        givenOptions([
            ("--cert", !cert.isEmpty), ("--key", !key.isEmpty), ("--passphrase-file", passphraseFile != nil),
            ("--ocsp", !ocsp.isEmpty), ("--client-ca", !clientCa.isEmpty),
            ("--optional-client-cert", optionalClientCert), ("--client-crl", !clientCrl.isEmpty),
            ("--client-name", !clientName.isEmpty), ("--alpn", !alpn.isEmpty), ("--tls-min", tlsMin != nil),
            ("--tls-max", tlsMax != nil), ("--ticket-key", !ticketKey.isEmpty),
        ])
    }

    /// Puts them into a route.
    func apply(to route: inout ProxyConfiguration.Route) throws {
        route.certificates = cert.indices.map { index in
            var files = ProxyConfiguration.IdentityFiles(certificate: cert[index], key: key.isEmpty ? nil : key[index])
            files.passphrase = passphraseFile
            files.ocspResponse = index < ocsp.count ? ocsp[index] : nil
            return files
        }
        if !clientCa.isEmpty {
            var requirements = ProxyConfiguration.ClientRequirements(roots: clientCa)
            requirements.revocationLists = clientCrl
            requirements.names.patterns = try names()
            route.clientAuthentication = optionalClientCert ? .optional(requirements) : .required(requirements)
        }
        route.tls = try settings()
        route.tickets.keys = ticketKey
    }

    private var versions: ClosedRange<TLSVersion>? {
        let (least, most) = (tlsMin?.version ?? .tls12, tlsMax?.version ?? .tls13)
        return least <= most ? least...most : nil
    }

    private func settings() throws -> ProxyConfiguration.TLSSettings {
        var settings = ProxyConfiguration.TLSSettings()
        settings.versions = versions ?? settings.versions
        settings.applicationProtocols = try parseList("--alpn", alpn, "a protocol") { ApplicationProtocol($0) }
        return settings
    }

    private func names() throws -> [SubjectNamePattern] {
        try parseList("--client-name", clientName, "a name such as *.example.com or uri:spiffe://a/*") {
            SubjectNamePattern($0)
        }
    }
}
