internal import SluiceOpenSSL

/// Bytes that passed the four verbs.
struct Traffic: Hashable, Sendable {
    var fed: UInt64 = 0
    var drained: UInt64 = 0
    var written: UInt64 = 0
    var read: UInt64 = 0
}

/// What passed an engine so far.
public struct TLSCounters: Hashable, Sendable {
    /// Plaintext given by `read`, in bytes.
    public let plaintextBytesReceived: UInt64
    /// Plaintext taken by `write`, in bytes.
    public let plaintextBytesSent: UInt64
    /// Ciphertext taken by `feed`, in bytes, with what still waits in the ring.
    public let ciphertextBytesReceived: UInt64
    /// Ciphertext given by `drain`, in bytes.
    public let ciphertextBytesSent: UInt64
    /// Records whose header was read.
    public let recordsReceived: UInt64
    /// Records made.
    public let recordsSent: UInt64
}

extension TLSEngine {
    /// What passed so far. Record counts come from libssl's message callback, byte counts from the verbs.
    public var counters: TLSCounters {
        TLSCounters(
            plaintextBytesReceived: traffic.read,
            plaintextBytesSent: traffic.written,
            ciphertextBytesReceived: traffic.fed,
            ciphertextBytesSent: traffic.drained,
            recordsReceived: connection.recordsInbound,
            recordsSent: connection.recordsOutbound
        )
    }
}
