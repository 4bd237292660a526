/// A host and a port as people write them: `example.com:443`, `192.0.2.1:443`, `[2001:db8::1]:443`.
public struct HostPort: Hashable, Sendable, CustomStringConvertible {
    /// A name or an address, without brackets; empty for any address of this machine.
    public let host: String

    /// The port, `0...65535`.
    public let port: UInt16

    /// Parses `HOST:PORT`. IPv6 addresses need brackets; `:443` and `*:443` are any address, to listen on.
    ///
    /// - Returns: nil where the port is missing or no number up to 65535, or a colon is left in the host.
    public init?(_ text: String) {
        guard let colon = text.lastIndex(of: ":"), let port = Self.port(text[text.index(after: colon)...]) else {
            return nil
        }
        var host = text[..<colon]
        if host.hasPrefix("["), host.hasSuffix("]") {
            host = host.dropFirst().dropLast()
            guard host.contains(":") else { return nil }
        } else if host.contains(where: { ":[]".contains($0) }) {
            return nil
        }
        guard !host.contains(where: { $0.isWhitespace || $0 == "\0" }) else { return nil }
        self.host = host == "*" ? "" : String(host)
        self.port = port
    }

    /// Parses `HOST:PORT`, or `HOST` alone where the port goes without saying. IPv6 addresses need brackets in both.
    ///
    /// - Returns: nil where the port is no number up to 65535, or a colon is left in the host.
    public init?(_ text: String, defaultPort: UInt16) {
        let hasPort = text.contains(":") && !text.hasSuffix("]")
        self.init(hasPort ? text : "\(text):\(defaultPort)")
    }

    /// `HOST:PORT`, with brackets around an IPv6 address.
    public var description: String {
        host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)"
    }

    private static func port(_ digits: Substring) -> UInt16? {
        digits.utf8.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) } ? UInt16(digits) : nil
    }
}
