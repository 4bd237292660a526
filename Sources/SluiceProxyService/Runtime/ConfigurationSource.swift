/// Where a configuration comes from, at the start and at each reload.
public enum ConfigurationSource: Sendable {
    /// A file, which is read again.
    case file(String)
    /// A command line: the files that it names are read again.
    case document(ConfigurationDocument)

    /// What it says now.
    ///
    /// - Throws: Every problem with the file.
    func read() throws(ConfigurationError) -> ConfigurationDocument {
        switch self {
        case .file(let path): try ConfigurationDocument(contentsOf: path)
        case .document(let document): document
        }
    }
}
