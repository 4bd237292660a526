extension ContextSettings {
    /// The same settings with every key in another library context; nil leaves them in OpenSSL's default.
    func imported(into library: LibraryContext?) throws(SettingFailure) -> ContextSettings {
        guard let library else { return self }
        var settings = self
        settings.callbacks.identities = []
        for identity in callbacks.identities {
            do throws(CredentialFailure) {
                settings.callbacks.identities.append(try identity.imported(into: library))
            } catch {
                throw SettingFailure("identity", identity.chain.first?.subject ?? "")
            }
        }
        return settings
    }
}
