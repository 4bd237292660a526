/// What is found out about a configuration without opening any file.
struct ConfigurationChecks {
    /// What it is about.
    let document: ConfigurationDocument

    /// What must be put right.
    private(set) var problems: [ConfigurationProblem] = []
    /// What works and most likely isn't meant.
    private(set) var warnings: [ConfigurationProblem] = []

    /// Looks at everything.
    init(_ document: ConfigurationDocument) {
        self.document = document
        checkListeners()
        checkRoutes()
        checkAdmin()
        checkSecrets()
    }

    /// The configuration itself.
    var configuration: ProxyConfiguration { document.configuration }

    /// Notes a problem.
    mutating func refuse(_ code: ConfigurationProblem.Code, _ key: String, _ words: String) {
        problems.append(document.problem(code, key, words))
    }

    /// Notes a warning.
    mutating func warn(_ code: ConfigurationProblem.Code, _ key: String, _ words: String) {
        warnings.append(document.problem(code, key, words))
    }

    /// Notes values that are there before.
    mutating func refuseRepetitions(of values: [String], _ key: (Int) -> String) {
        var seen: Set<String> = []
        for (index, value) in values.enumerated() where !seen.insert(value).inserted {
            refuse(.duplicateKey, key(index), "\(value) is there already")
        }
    }

    private mutating func checkAdmin() {
        if case .systemd = configuration.admin {
            refuse(.invalidValue, "admin", "it opens a socket of its own: give host:port or unix:/path")
        }
    }

    private mutating func checkSecrets() {
        if configuration.dangerouslyLoggedKeysPath != nil {
            warn(.exposedSecret, "dangerously_log_keys", "whoever reads this file can decrypt every connection")
        }
        if configuration.failureRecording != nil {
            warn(.exposedSecret, "record_failures", "the recordings hold what was sent, and what decrypts it")
        }
    }
}
