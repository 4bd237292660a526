import ArgumentParser
import Sluice

/// The options that say who this end is.
struct IdentityOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "This end's certificate chain; a PKCS#12 file has the key, too. A server takes several: SNI chooses.",
            valueName: "file"
        )
    )
    var cert: [String] = []

    @Option(help: ArgumentHelp("The key of the --cert in the same place, if not in its file.", valueName: "file"))
    var key: [String] = []

    @Option(help: ArgumentHelp("The passphrase of the keys, in the first line.", valueName: "file"))
    var passphraseFile: String?

    func validate() throws {
        if !key.isEmpty, cert.isEmpty { throw ValidationError("--key needs --cert.") }
        if !key.isEmpty, key.count != cert.count {
            throw ValidationError("Give a --key for each --cert: there are \(cert.count) and \(key.count) keys.")
        }
    }

    /// For commands of a client, which has one identity at most.
    func validateForClient() throws {
        if cert.count > 1 { throw ValidationError("A client has one --cert, not \(cert.count).") }
    }

    /// What the files hold, in their order.
    func identities() throws -> [TLSIdentity] {
        guard !cert.isEmpty else { return [] }
        let credentials = try Credentials(passphraseFile: passphraseFile)
        return try cert.indices.map { index in
            try credentials.identity(certificatePath: cert[index], keyPath: key.isEmpty ? nil : key[index])
        }
    }
}
