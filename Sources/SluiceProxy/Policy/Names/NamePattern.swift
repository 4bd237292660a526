internal import Sluice

/// A host name to match against: `www.example.com`, or `*.example.com` for any one label in front.
///
/// The star stands for one whole label, the leftmost, and nowhere else (RFC 6125 §6.4.3): `*.example.com` matches
/// `www.example.com`, and neither `example.com` nor `a.www.example.com`. Large and small letters are the same.
public struct NamePattern: Hashable, Sendable {
    /// Whether it begins with `*.`.
    public let isWildcard: Bool

    /// In canonical spelling: the whole name, or what follows `*.`.
    let name: String

    /// Parses a pattern; internationalised names are given as A-labels (`xn--bcher-kva.example`).
    ///
    /// - Returns: nil for what is no host name behind an optional `*.`: addresses, ports, a lone `*`, stars elsewhere.
    public init?(_ text: String) {
        isWildcard = text.utf8.starts(with: "*.".utf8)
        guard let name = HostName(isWildcard ? String(text.dropFirst(2)) : text) else { return nil }
        self.name = name.text
    }

    /// Whether this name, as a peer wrote it, is among those meant. What is no host name never is.
    public func matches(_ name: String) -> Bool {
        HostName(name).map { matches($0) } ?? false
    }

    func matches(_ name: HostName) -> Bool {
        isWildcard ? name.parent == self.name : name.text == self.name
    }
}

extension NamePattern: CustomStringConvertible {
    /// The canonical spelling: `*.example.com`.
    public var description: String { isWildcard ? "*." + name : name }
}
