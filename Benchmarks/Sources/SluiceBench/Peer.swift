/// Something that does the benchmarked work, so that one run compares several.
protocol Peer {
    /// As it stands in the table.
    var name: String { get }

    /// Full TLS 1.3 handshakes, client and server in one thread. Returns how many completed with everything verified.
    func handshakes(_ count: Int) throws -> Int

    /// One-way data in writes of some size. Returns the bytes that arrived.
    func bulk(totalBytes: Int, writeBytes: Int) throws -> Int
}
