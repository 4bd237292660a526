/// Variables of the environment that hold secrets for this process alone.
enum SecretVariables {
    /// Opens a private key.
    static let passphrase = "SLUICE_PASSPHRASE"

    /// What a proxy wants to see, as `user:password`.
    static let proxyCredentials = "SLUICE_PROXY_CREDENTIALS"

    /// What a program's environment differs by: it gets none of them.
    static let withheld: [String: String?] = [passphrase: nil, proxyCredentials: nil]
}
