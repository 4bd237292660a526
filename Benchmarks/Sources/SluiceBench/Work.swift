/// What is measured. Client and server run in one thread: P-256 leaf under a P-256 CA, chain and host verified, X25519,
/// AES-128-GCM with SHA-256.
enum Work: String, CaseIterable {
    /// Full TLS 1.3 handshakes, to the point where both ends have taken everything in (the tickets too).
    case full = "W1"
    /// Resumed TLS 1.3 handshakes (psk_dhe_ke), each with the ticket that the one before brought.
    case resumed = "W2"
    /// One way, in writes of 16 KiB; in MiB.
    case bulk16K = "W3-16K"
    /// One way, in writes of 64 KiB; in MiB.
    case bulk64K = "W3-64K"
    /// One way, in writes of 1 KiB, each carried before the next; in MiB.
    case bulk1K = "W3-1K"
    /// Round trips of 64 bytes each way, one connection.
    case pingPong = "W4"
    /// Memory of idle pairs.
    case idle = "W5"
    /// Full TLS 1.2 handshakes (ECDHE-ECDSA-AES128-GCM-SHA256).
    case full12 = "W6"
    /// Round trips of 64 bytes over 20,000 pairs that are alive at once, one after the other.
    case crowd = "W7"
}
