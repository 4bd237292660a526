/// Something that does benchmarked work in one thread, so that one run compares several.
protocol Worker {
    /// As it stands in tables and charts: "C loop", "Sluice, spans".
    var name: String { get }

    /// What it can do.
    var works: Set<Work> { get }

    /// Does some work, all of it or throws.
    ///
    /// - Parameters:
    ///   - work: One of ``works``, and not `.idle`.
    ///   - amount: How much, in the unit of the work.
    /// - Returns: How long that took, without what the work needs first: contexts, a connection for bulk data, a first
    ///   connection whose ticket is resumed.
    /// - Throws: ``PeerFailure``, or what the TLS library throws, where not all of it was done.
    func run(_ work: Work, amount: Int) throws -> Duration
}

/// A TLS implementation, client and server in one thread over memory.
protocol Peer: Worker {
    /// What a full handshake comes to, by what the client says.
    func negotiate(_ version: Version) throws -> Negotiated

    /// Whether a resumed handshake (TLS 1.3) is one, by what both ends say.
    func resumes() throws -> Bool

    /// Whether a client refuses the server for this reason, and for no other.
    func refuses(for fault: Fault) throws -> Bool

    /// Sends ``Pattern`` from client to server. Returns the SHA-256 of what arrived, in lower-case hexadecimal.
    func digestOfTransfer(byteCount: Int) throws -> String

    /// What idle pairs hold, each after 1 KiB each way: as made, and in what other states the peer has.
    func idleMemory(pairs: Int) throws -> [IdleMemory]
}

/// A protocol version.
enum Version: String { case tls12 = "TLSv1.2", tls13 = "TLSv1.3" }

/// What a handshake came to, in OpenSSL's names.
struct Negotiated: Equatable {
    var version: Version
    /// "TLS_AES_128_GCM_SHA256", "ECDHE-ECDSA-AES128-GCM-SHA256".
    var cipherSuite: String
    /// "X25519".
    var group: String
}

/// Why a client is to refuse the server.
enum Fault: CaseIterable { case wrongHost, unknownCA }

/// What self-checks send.
enum Pattern {
    /// The byte at a place: `place * 31 + (place >> 8) * 7`, its low 8 bits.
    static func byte(at place: Int) -> UInt8 { UInt8(truncatingIfNeeded: place &* 31 &+ (place >> 8) &* 7) }
}
