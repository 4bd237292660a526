public import Sluice

/// A byte's place among all that went one way.
public struct StreamPlace: Hashable, Sendable {
    /// What it is a byte of.
    public let stream: Stream

    /// Bytes before it in the stream.
    public let offset: Int

    /// The record that it falls in, where the stream is ciphertext and reaches so far.
    public let record: RecordPlace?

    /// The handshake message that it falls in, where the record is in the clear, or the recording tells.
    public let message: MessagePlace?

    /// The streams of an engine.
    public enum Stream: Hashable, Sendable {
        /// All that was drained, or fed.
        case ciphertext(TLSDirection)
        /// All that was written, or read.
        case plaintext(TLSDirection)
    }
}

/// A byte's place in a record.
public struct RecordPlace: Hashable, Sendable {
    /// Records before it in its direction.
    public let index: Int

    /// Its header.
    public let record: TLSRecord

    /// Bytes of the record before this one; the first five are its header, RFC 8446 §5.1.
    public let offset: Int
}

/// A byte's place in a handshake message.
public struct MessagePlace: Hashable, Sendable {
    /// The message.
    public let message: HandshakeMessage

    /// Bytes of the message before this one; nil where the message is encrypted, and in the record's header.
    public let offset: Int?
}

extension StreamPlace: CustomStringConvertible {
    /// `byte 95 of all sent, in sent record 0 (handshake, 122 bytes, 0x0303) at 95, in ServerHello at 90`
    public var description: String {
        var words = "byte \(offset) of all \(stream)"
        if let record { words += ", in \(record)" }
        if let message { words += ", in \(message)" }
        return words
    }
}

extension StreamPlace.Stream: CustomStringConvertible {
    /// `ciphertext sent`
    public var description: String {
        switch self {
        case .ciphertext(.sent): "ciphertext sent"
        case .ciphertext(.received): "ciphertext received"
        case .plaintext(.sent): "plaintext written"
        case .plaintext(.received): "plaintext read"
        }
    }
}

extension RecordPlace: CustomStringConvertible {
    /// `record 0 (handshake, 122 bytes, version 0x0303) at 95`
    public var description: String {
        "record \(index) (\(record), version 0x\(Hex.text(of: bigEndian(record.version)))) at \(offset)"
    }
}

extension MessagePlace: CustomStringConvertible {
    /// `ServerHello at 90`
    public var description: String {
        offset.map { "\(message) at \($0)" } ?? "\(message)"
    }
}
