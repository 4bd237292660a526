internal import Sluice

/// A host name that a peer wrote, in the one spelling that is compared: ASCII, small letters, no final dot.
struct HostName: Hashable, Sendable {
    let text: String

    /// - Returns: nil for addresses and whatever else is no host name.
    init?(_ text: String) {
        guard let name = ServerName(text), name.kind == .dnsName else { return nil }
        self.text = name.description
    }

    /// What follows the first label; nil if it is the only one.
    var parent: String? {
        text.firstIndex(of: ".").map { String(text[text.index(after: $0)...]) }
    }
}
