import ArgumentParser
import SluicePOSIX
import SluicePreamble

/// An HTTP proxy as `--via` names it: `http://user:password@proxy.example:3128`.
struct ProxyAddress: Hashable, Sendable, CustomStringConvertible {
    /// Where it is.
    let place: HostPort

    /// Whether it is spoken to by TLS.
    let scheme: Scheme

    /// What it wants to see, if anything.
    let credentials: ProxyCredentials?

    /// How a proxy is spoken to.
    enum Scheme: String, Hashable, Sendable {
        /// In the clear.
        case http
        /// By TLS.
        case https

        var defaultPort: UInt16 {
            switch self {
            case .http: 80
            case .https: 443
            }
        }
    }

    /// Parses an address.
    ///
    /// - Parameters:
    ///   - text: `http://` or `https://`, perhaps a percent-encoded `user:password@`, a host, perhaps a port.
    ///   - credentials: `user:password` as it is, for an address without.
    /// - Throws: `ValidationError`, in which neither the address nor the credentials are repeated.
    init(_ text: String, credentials: String?) throws {
        guard let schemeEnd = text.firstRange(of: "://"),
            let scheme = Scheme(rawValue: text[..<schemeEnd.lowerBound].lowercased())
        else {
            throw ValidationError("--via: a proxy's address begins with http:// or https://.")
        }
        let rest = text[schemeEnd.upperBound...]
        let userEnd = rest.lastIndex(of: "@")
        let host = rest[(userEnd.map(rest.index(after:)) ?? rest.startIndex)...]
        let authority = String(host.hasSuffix("/") ? host.dropLast() : host)
        guard let place = HostPort(authority, defaultPort: scheme.defaultPort), place.port > 0,
            !place.host.isEmpty, !authority.contains("/")
        else {
            throw ValidationError("--via: behind http:// or https:// comes [user:password@]host:port, and no path.")
        }
        self.place = place
        self.scheme = scheme
        self.credentials =
            if let userEnd {
                try Self.credentials(in: rest[..<userEnd], Self.decoded)
            } else {
                try credentials.map { text in try Self.credentials(in: text[...]) { String($0) } }
            }
    }

    /// `the proxy proxy.example:3128`, without credentials.
    var description: String { "the proxy \(place)" }

    /// What `user:password` says, of which each part is read by `part`.
    private static func credentials(
        in text: Substring,
        _ part: (Substring) -> String?
    ) throws -> ProxyCredentials {
        let parts = text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false).map(part)
        guard let user = parts[0], let password = parts.count == 2 ? parts[1] : "",
            let credentials = ProxyCredentials(user: user, password: password)
        else {
            throw ValidationError("--via: these can't be a proxy's user and password; %XX stands for odd characters.")
        }
        return credentials
    }

    /// Text in which `%XX` stands for bytes, RFC 3986 §2.1.
    private static func decoded(_ text: Substring) -> String? {
        var bytes: [UInt8] = []
        var rest = text.utf8[...]
        while let byte = rest.popFirst() {
            guard byte == UInt8(ascii: "%") else {
                bytes.append(byte)
                continue
            }
            let digits = rest.prefix(2).compactMap { Character(UnicodeScalar($0)).hexDigitValue }
            guard digits.count == 2 else { return nil }
            bytes.append(UInt8(digits[0] << 4 | digits[1]))
            rest = rest.dropFirst(2)
        }
        return String(validating: bytes, as: UTF8.self)
    }
}

extension ProxyAddress {
    /// A word of a command line without the user and the password of an address in it.
    static func withoutCredentials(_ word: String) -> String {
        guard let schemeEnd = word.firstRange(of: "://"), let userEnd = word.lastIndex(of: "@"),
            schemeEnd.upperBound < userEnd
        else { return word }
        return word[..<schemeEnd.upperBound] + "…" + word[userEnd...]
    }
}
