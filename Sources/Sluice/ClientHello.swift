/// A ClientHello, RFC 8446 §4.1.2: what a client offers, read without libssl so that it can be looked at before any
/// engine exists.
public struct ClientHello: Hashable, Sendable {
    /// The whole handshake message: type, length and body, without record headers.
    public let message: [UInt8]

    /// The version field, `0x0303` in every current client; the real offer is ``supportedVersions``.
    public private(set) var legacyVersion: UInt16 = 0

    /// Cipher suites by number, the client's favourite first.
    public private(set) var cipherSuites: [UInt16] = []

    /// Types of the extensions, in order.
    public private(set) var extensionTypes: [UInt16] = []

    /// The host name that the client asks for (server_name, RFC 6066 §3).
    public private(set) var serverName: String?

    /// Application protocols, the client's favourite first (RFC 7301).
    public private(set) var applicationProtocols: [ApplicationProtocol] = []

    /// Versions by number, from supported_versions or else ``legacyVersion``.
    public private(set) var supportedVersions: [UInt16] = []

    /// Groups by number (supported_groups).
    public private(set) var groups: [UInt16] = []

    /// Signature algorithms by number (signature_algorithms).
    public private(set) var signatureAlgorithms: [UInt16] = []

    /// Whether the client offers to resume a TLS 1.3 session (pre_shared_key).
    public var offersResumption: Bool { extensionTypes.contains(ExtensionType.preSharedKey) }

    /// Reads a handshake message.
    ///
    /// - Returns: nil if the bytes aren't one whole ClientHello.
    public init?(message: [UInt8]) {
        self.message = message
        var outer = ByteReader(message)
        guard outer.takeUInt8() == 1, let body = outer.takeVector24(), outer.isAtEnd else { return nil }
        var reader = ByteReader(body)
        guard let version = reader.takeUInt16(), reader.take(32) != nil, reader.takeVector8() != nil,
            let suites = reader.takeVector16(), let numbers = Self.numbers(in: suites), reader.takeVector8() != nil
        else { return nil }
        legacyVersion = version
        cipherSuites = numbers
        supportedVersions = [version]
        guard !reader.isAtEnd else { return }
        guard let extensions = reader.takeVector16(), reader.isAtEnd, readExtensions(extensions) else { return nil }
    }

    /// A message that stays unread but for its bytes.
    init(unreadable message: [UInt8]) {
        self.message = message
    }

    private mutating func readExtensions(_ bytes: ArraySlice<UInt8>) -> Bool {
        var reader = ByteReader(bytes)
        while !reader.isAtEnd {
            guard let type = reader.takeUInt16(), let body = reader.takeVector16() else { return false }
            extensionTypes.append(type)
            guard readExtension(type, body) else { return false }
        }
        return true
    }

    private mutating func readExtension(_ type: UInt16, _ body: ArraySlice<UInt8>) -> Bool {
        var reader = ByteReader(body)
        switch type {
        case ExtensionType.serverName:
            guard let list = reader.takeVector16() else { return false }
            return readServerName(list)
        case ExtensionType.supportedGroups:
            guard let list = reader.takeVector16(), let numbers = Self.numbers(in: list) else { return false }
            groups = numbers
        case ExtensionType.signatureAlgorithms:
            guard let list = reader.takeVector16(), let numbers = Self.numbers(in: list) else { return false }
            signatureAlgorithms = numbers
        case ExtensionType.applicationProtocols:
            guard let list = reader.takeVector16() else { return false }
            return readApplicationProtocols(list)
        case ExtensionType.supportedVersions:
            guard let list = reader.takeVector8(), let numbers = Self.numbers(in: list) else { return false }
            supportedVersions = numbers
        default:
            return true
        }
        return reader.isAtEnd
    }

    private mutating func readServerName(_ list: ArraySlice<UInt8>) -> Bool {
        var reader = ByteReader(list)
        guard let type = reader.takeUInt8(), let name = reader.takeVector16() else { return false }
        if type == 0 { serverName = String(decoding: name, as: UTF8.self) }
        return true
    }

    private mutating func readApplicationProtocols(_ list: ArraySlice<UInt8>) -> Bool {
        var reader = ByteReader(list)
        while !reader.isAtEnd {
            guard let name = reader.takeVector8(), let parsed = ApplicationProtocol(Array(name)) else { return false }
            applicationProtocols.append(parsed)
        }
        return true
    }

    private static func numbers(in list: ArraySlice<UInt8>) -> [UInt16]? {
        guard list.count.isMultiple(of: 2) else { return nil }
        var reader = ByteReader(list)
        var numbers: [UInt16] = []
        numbers.reserveCapacity(list.count / 2)
        while let number = reader.takeUInt16() { numbers.append(number) }
        return numbers
    }
}

/// The extensions that are read here, by the IANA registry "TLS ExtensionType Values".
private enum ExtensionType {
    static let serverName: UInt16 = 0
    static let supportedGroups: UInt16 = 10
    static let signatureAlgorithms: UInt16 = 13
    static let applicationProtocols: UInt16 = 16
    static let preSharedKey: UInt16 = 41
    static let supportedVersions: UInt16 = 43
}
