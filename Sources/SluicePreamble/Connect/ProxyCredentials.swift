/// A user's name and password for an HTTP proxy. They go in the clear, as Basic credentials do (RFC 7617 §4).
///
/// Printing it shows the user only.
public struct ProxyCredentials: Hashable, Sendable {
    /// The user's name.
    public let user: String

    private let password: String

    /// Credentials, or nil if they can't be said: a colon in the name, control characters, more than
    /// ``PreambleLimits/credentialBytesMax`` bytes in either.
    public init?(user: String, password: String) {
        guard !user.utf8.contains(UInt8(ascii: ":")), Self.canBeSaid(user), Self.canBeSaid(password) else { return nil }
        self.user = user
        self.password = password
    }

    /// The value of Proxy-Authorization, in UTF-8.
    var basic: String {
        "Basic " + base64(Array("\(user):\(password)".utf8))
    }

    private static func canBeSaid(_ text: String) -> Bool {
        text.utf8.count <= PreambleLimits.credentialBytesMax
            && text.unicodeScalars.allSatisfy { $0.properties.generalCategory != .control }
    }
}

extension ProxyCredentials: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// The user's name, without the password.
    public var description: String { "\(user):…" }

    /// The user's name, without the password.
    public var debugDescription: String { description }

    /// The user's name, without the password.
    public var customMirror: Mirror { Mirror(self, children: ["user": user]) }
}

/// RFC 4648 §4, with padding.
private func base64(_ bytes: [UInt8]) -> String {
    let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
    var text: [UInt8] = []
    for start in stride(from: 0, to: bytes.count, by: 3) {
        let group = bytes[start..<min(start + 3, bytes.count)]
        let bits = (group + [0, 0]).prefix(3).reduce(0) { $0 << 8 | Int($1) }
        text += (0...group.count).map { alphabet[bits >> (18 - 6 * $0) & 0x3f] }
        text += repeatElement(UInt8(ascii: "="), count: 3 - group.count)
    }
    return String(decoding: text, as: UTF8.self)
}
