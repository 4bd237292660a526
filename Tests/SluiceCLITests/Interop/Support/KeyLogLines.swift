extension TemporaryDirectory {
    /// The lines of a key log, sorted, without comments.
    func keyLogLines(of name: String) throws -> [Substring] {
        String(decoding: try contents(of: name), as: UTF8.self).split(separator: "\n")
            .filter { !$0.hasPrefix("#") }.sorted()
    }
}
