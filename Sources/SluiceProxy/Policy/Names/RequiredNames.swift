/// Who may come in by mutual TLS: a client's certificate must have one of these subject alternative names.
///
/// A name in a certificate is taken literally: one that is a wildcard itself is met by no pattern. The common name isn't
/// looked at (RFC 6125 §6.4.4).
public struct RequiredNames: Hashable, Sendable {
    /// One of them is enough. If there are none, each certificate that verifies is good.
    public var patterns: [SubjectNamePattern]

    /// Names to ask for.
    public init(_ patterns: [SubjectNamePattern] = []) {
        self.patterns = patterns
    }

    /// Whether a certificate with these subject alternative names may come in.
    ///
    /// - Parameters:
    ///   - dns: Its DNS names.
    ///   - uri: Its URIs.
    ///   - email: Its mailboxes (rfc822Name).
    /// - Returns: Whether one of the patterns is met, or none is asked for.
    public func accepts(dns: [String] = [], uri: [String] = [], email: [String] = []) -> Bool {
        patterns.isEmpty || patterns.contains { $0.isMet(dns: dns, uri: uri, email: email) }
    }
}
