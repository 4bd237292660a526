package import Sluice

/// A ServerHello, RFC 8446 §4.1.3: what a server chose. A HelloRetryRequest is one, too.
package struct ServerHello: Hashable, Sendable {
    /// Of the handshake message with its header, in bytes.
    package let byteCount: Int

    /// The version field, `0x0303`; the real choice is ``version``.
    private let legacyVersion: UInt16

    /// The cipher suite by number.
    package let cipherSuite: UInt16

    /// Whether it asks for another ClientHello, RFC 8446 §4.1.4.
    package let isRetryRequest: Bool

    /// The version from supported_versions, if it is there.
    private var selectedVersion: UInt16?

    /// The group by number (key_share), in TLS 1.3.
    package private(set) var group: UInt16?

    /// Whether a session is resumed (pre_shared_key), in TLS 1.3.
    package private(set) var acceptsResumption = false

    /// The application protocol, which TLS 1.2 tells here (RFC 7301).
    package private(set) var applicationProtocol: ApplicationProtocol?

    /// The version by number.
    package var version: UInt16 { selectedVersion ?? legacyVersion }

    /// Whether it is TLS 1.3 that was chosen.
    package var isTLS13: Bool { version == TLSVersion.tls13.rawValue }

    /// Reads a handshake message.
    ///
    /// - Returns: nil if the bytes aren't one whole ServerHello.
    package init?(message: [UInt8]) {
        var outer = ByteReader(message)
        guard outer.takeUInt8() == 2, let body = outer.takeVector24(), outer.isAtEnd else { return nil }
        var reader = ByteReader(body)
        guard let version = reader.takeUInt16(), let random = reader.take(32), reader.takeVector8() != nil,
            let suite = reader.takeUInt16(), reader.takeUInt8() != nil
        else { return nil }
        byteCount = message.count
        legacyVersion = version
        cipherSuite = suite
        isRetryRequest = Array(random) == Self.retryRandom
        guard !reader.isAtEnd else { return }
        guard let extensions = reader.takeVector16(), reader.isAtEnd, readExtensions(extensions) else { return nil }
    }

    private mutating func readExtensions(_ bytes: ArraySlice<UInt8>) -> Bool {
        var reader = ByteReader(bytes)
        while !reader.isAtEnd {
            guard let type = reader.takeUInt16(), let body = reader.takeVector16() else { return false }
            readExtension(type, body)
        }
        return true
    }

    private mutating func readExtension(_ type: UInt16, _ body: ArraySlice<UInt8>) {
        var reader = ByteReader(body)
        switch type {
        case 16: applicationProtocol = Self.onlyProtocol(in: reader)
        case 41: acceptsResumption = true
        case 43: selectedVersion = reader.takeUInt16()
        case 51: group = reader.takeUInt16()
        default: break
        }
    }

    private static func onlyProtocol(in reader: ByteReader) -> ApplicationProtocol? {
        var reader = reader
        guard let list = reader.takeVector16() else { return nil }
        var names = ByteReader(list)
        return names.takeVector8().flatMap { ApplicationProtocol(Array($0)) }
    }

    /// The SHA-256 of "HelloRetryRequest", RFC 8446 §4.1.3.
    private static let retryRandom: [UInt8] = [
        0xcf, 0x21, 0xad, 0x74, 0xe5, 0x9a, 0x61, 0x11, 0xbe, 0x1d, 0x8c, 0x02, 0x1e, 0x65, 0xb8, 0x91,
        0xc2, 0xa2, 0x11, 0x16, 0x7a, 0xbb, 0x8c, 0x5e, 0x07, 0x9e, 0x09, 0xe2, 0xc8, 0xa8, 0x33, 0x9c,
    ]
}
