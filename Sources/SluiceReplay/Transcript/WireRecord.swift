package import Sluice

/// A record as it crossed the wire, RFC 8446 §5.1, with what is known to be in it.
package struct WireRecord: Hashable, Sendable {
    /// Which way it went, seen from the recorded engine.
    package let direction: TLSDirection

    /// 20 change_cipher_spec, 21 alert, 22 handshake, 23 application_data; in TLS 1.3 an encrypted one always says 23.
    package let contentType: UInt8

    /// The version field.
    package let version: UInt16

    /// Bytes after the 5-byte header, as the header says.
    package let byteCount: Int

    /// The first and the last entry of the journal that carried its bytes, from 0.
    package let entries: ClosedRange<Int>

    /// Whether all of its bytes are in the journal.
    package let isWhole: Bool

    /// What it holds. Empty for a record that nobody decrypted.
    package internal(set) var contents: [RecordContent] = []

    /// Header and body.
    package var wireByteCount: Int { Self.headerByteCount + byteCount }

    /// Type, version, length.
    static let headerByteCount = 5
}

/// Something in a record.
package enum RecordContent: Hashable, Sendable {
    /// From here on encrypted; in TLS 1.3 a word for old middleboxes alone.
    case changeCipherSpec
    /// A client's offer.
    case clientHello(ClientHello)
    /// A server's choice, or its wish for another ClientHello.
    case serverHello(ServerHello)
    /// Any other handshake message; this record has its end.
    case message(HandshakeMessage)
    /// A part of a handshake message that ends in a later record.
    case messagePart
    /// An alert, close_notify included.
    case alert(TLSAlert)
    /// Plaintext of so many bytes; nil where the cipher suite's overhead isn't known.
    case applicationData(byteCount: Int?)
}
