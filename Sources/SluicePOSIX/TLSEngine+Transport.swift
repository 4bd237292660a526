public import Sluice

// Between a transport and an engine's rings: read(2) fills the inbound ring itself and write(2) takes from the outbound
// ring itself, so a byte is copied by the kernel and by nobody else.

extension TLSEngine {
    /// Reads from a transport straight into the inbound ring, once.
    ///
    /// What the bytes do is shown by the engine; a failure that they cause is thrown by its next verb.
    ///
    /// - Returns: `moved(0)` if the ring has no room or the engine takes no more bytes, `ended` at the end of the
    ///   peer's bytes: then call `feedEOF()`.
    public mutating func receive<Transport: ByteTransport & ~Copyable>(
        from transport: inout Transport
    ) throws(TransportError) -> Transfer {
        var result = Transfer.moved(0)
        _ = try feed { (ring: inout OutputRawSpan) throws(TransportError) in
            result = try transport.read(into: &ring)
        }
        return result
    }

    /// Writes from the outbound ring straight to a transport, once.
    ///
    /// - Returns: `moved(0)` if there is nothing to send.
    public mutating func send<Transport: ByteTransport & ~Copyable>(
        to transport: inout Transport
    ) throws(TransportError) -> Transfer {
        var result = Transfer.moved(0)
        _ = try drain { (ring: RawSpan) throws(TransportError) in
            guard ring.byteCount > 0 else { return 0 }
            result = try transport.write(ring)
            guard case .moved(let count) = result else { return 0 }
            return count
        }
        return result
    }
}
