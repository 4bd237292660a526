/// A handshake message that passed, RFC 8446 §4.
public struct HandshakeMessage: Hashable, Sendable, CustomStringConvertible {
    /// Which way it went.
    public let direction: TLSDirection
    /// The number of its type.
    public let type: UInt8
    /// Its length with the 4-byte header, before encryption.
    public let byteCount: Int

    /// A message with these parts.
    public init(direction: TLSDirection, type: UInt8, byteCount: Int) {
        self.direction = direction
        self.type = type
        self.byteCount = byteCount
    }

    /// The type's name in the RFCs in camel case, `ServerHello`, or `message 99`.
    public var description: String {
        Self.names[type] ?? "message \(type)"
    }

    private static let names: [UInt8: String] = [
        0: "HelloRequest", 1: "ClientHello", 2: "ServerHello", 4: "NewSessionTicket", 5: "EndOfEarlyData",
        8: "EncryptedExtensions", 11: "Certificate", 12: "ServerKeyExchange", 13: "CertificateRequest",
        14: "ServerHelloDone", 15: "CertificateVerify", 16: "ClientKeyExchange", 20: "Finished",
        22: "CertificateStatus", 24: "KeyUpdate", 254: "message_hash",
    ]
}
