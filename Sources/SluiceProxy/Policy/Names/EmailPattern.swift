/// A mailbox to match against: `ann@example.com`, or `*@example.com` for all of a host.
///
/// What stands before the `@` is compared byte for byte, the host as host names are (RFC 5280 §7.5).
struct EmailPattern: Hashable, Sendable {
    /// nil for any.
    private let mailbox: String?
    private let host: HostName

    init?(_ text: String) {
        guard let (mailbox, host) = Self.parts(of: text) else { return nil }
        self.mailbox = mailbox == "*" ? nil : mailbox
        self.host = host
        guard self.mailbox?.utf8.contains(UInt8(ascii: "*")) != true else { return nil }
    }

    func matches(_ address: String) -> Bool {
        guard let (mailbox, host) = Self.parts(of: address) else { return false }
        return host == self.host && (self.mailbox.map { $0.utf8.elementsEqual(mailbox.utf8) } ?? true)
    }

    var description: String { (mailbox ?? "*") + "@" + host.text }

    /// Quoted mailboxes with an `@` of their own aren't taken.
    private static func parts(of text: String) -> (mailbox: String, host: HostName)? {
        let parts = text.split(separator: "@", omittingEmptySubsequences: false)
        guard parts.count == 2, (1...mailboxBytesMax).contains(parts[0].utf8.count),
            parts[0].utf8.allSatisfy({ (0x21...0x7e).contains($0) }), let host = HostName(String(parts[1]))
        else { return nil }
        return (String(parts[0]), host)
    }
}

/// RFC 5321 §4.5.3.1.1.
private let mailboxBytesMax = 64
