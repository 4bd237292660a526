/// A subject alternative name to ask for in a client's certificate.
///
/// - `www.example.com`, `*.example.com` or `dns:…`: a ``NamePattern``.
/// - `uri:spiffe://example.org/web/*`: a URI, byte for byte; a star at the end of a path stands for all below it.
/// - `email:ann@example.com`, `email:*@example.com`: a mailbox.
public struct SubjectNamePattern: Hashable, Sendable {
    private enum Form: Hashable {
        case dns(NamePattern)
        case uri(URIPattern)
        case email(EmailPattern)
    }

    private let form: Form

    /// Parses a pattern.
    ///
    /// - Returns: nil for an unknown kind and for a bad name of that kind, such as a star in a place where none may be.
    public init?(_ text: String) {
        let parts = text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false).map { String($0) }
        let form: Form? =
            switch parts.count == 2 ? parts[0] : "dns" {
            case "dns": NamePattern(parts[parts.count - 1]).map { .dns($0) }
            case "uri": URIPattern(parts[1]).map { .uri($0) }
            case "email": EmailPattern(parts[1]).map { .email($0) }
            default: nil
            }
        guard let form else { return nil }
        self.form = form
    }

    /// Whether one of these names, of a certificate's three kinds, is meant.
    func isMet(dns: [String], uri: [String], email: [String]) -> Bool {
        switch form {
        case .dns(let pattern): dns.contains { pattern.matches($0) }
        case .uri(let pattern): uri.contains { pattern.matches($0) }
        case .email(let pattern): email.contains { pattern.matches($0) }
        }
    }
}

extension SubjectNamePattern: CustomStringConvertible {
    /// The canonical spelling, with its kind: `dns:www.example.com`.
    public var description: String {
        switch form {
        case .dns(let pattern): "dns:" + pattern.description
        case .uri(let pattern): "uri:" + pattern.description
        case .email(let pattern): "email:" + pattern.description
        }
    }
}
