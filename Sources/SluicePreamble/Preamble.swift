/// What is said in the clear before TLS begins: it is fed the peer's bytes and drained of what to send, and does no I/O.
///
/// ```
///   drain() ───► the peer          the peer ───► feed(bytes)
/// ```
///
/// Drain first, since some protocols let the client begin; then feed what arrives and drain again, until
/// ``isFinished``. After that drain once more and start TLS: the bytes that `feed` didn't take are the first of TLS.
///
/// A preamble takes **no byte behind its end**. What somebody slipped in behind the server's go-ahead is therefore never
/// read as if it had come through TLS (CVE-2011-0411, CVE-2021-23222): it goes to the engine, where it is no TLS record
/// and ends the connection. Nor is a byte lost of a peer that begins TLS at once.
///
/// Nothing that the peer says here is authenticated. Use it to reach TLS and for nothing else.
public protocol Preamble: Sendable {
    /// Takes bytes that arrived from the peer, cut anywhere.
    ///
    /// - Returns: Bytes taken. Fewer than offered means that the preamble is finished, and the rest is TLS.
    /// - Throws: ``PreambleError`` when there will be no TLS; every later call throws the same value.
    mutating func feed(_ bytes: ArraySlice<UInt8>) throws(PreambleError) -> Int

    /// Takes the news that the peer will send nothing more. Without effect on a finished preamble.
    ///
    /// - Throws: ``PreambleError/Code/truncated``, or ``PreambleError/Code/refused`` if the peer had said why.
    mutating func feedEOF() throws(PreambleError)

    /// What to send to the peer now; empty if nothing. Valid at any time, after a failure too.
    mutating func drain() -> [UInt8]

    /// Whether all was said. What `drain` still gives must be sent before the first byte of TLS.
    var isFinished: Bool { get }
}

extension Preamble {
    /// Takes bytes that arrived from the peer, cut anywhere.
    ///
    /// - Returns: Bytes taken. Fewer than offered means that the preamble is finished, and the rest is TLS.
    /// - Throws: ``PreambleError`` when there will be no TLS; every later call throws the same value.
    public mutating func feed(_ bytes: [UInt8]) throws(PreambleError) -> Int {
        try feed(bytes[...])
    }
}
