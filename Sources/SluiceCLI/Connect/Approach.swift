import SluicePOSIX
import SluicePreamble

/// What is said to the peer before TLS, in this order: a PROXY header, STARTTLS.
struct Approach {
    /// The form in which the peer is told who connects, if it is.
    let proxyHeader: ProxyHeader.Version?

    /// Asks the peer to begin TLS.
    let startTLS: StartTLS?

    /// Whether each step is shown.
    let isTraced: Bool

    /// Says it.
    ///
    /// - Parameters:
    ///   - route: How the peer is reached, for the words of a failure.
    ///   - transport: What leads there.
    ///   - ends: The ends of the connection, where it is a TCP connection to the peer itself.
    ///   - bytes: What was read from the transport already.
    ///   - deadline: When to give up.
    /// - Returns: Bytes that came behind it: the first of TLS.
    /// - Throws: ``RouteFailure``.
    func come<Transport: ByteTransport & ~Copyable>(
        by route: Route,
        over transport: inout Transport,
        ends: ProxyHeader.Route?,
        adopting bytes: [UInt8],
        by deadline: Deadline
    ) throws -> [UInt8] {
        var bytes = bytes
        do throws(TLSStreamError) {
            if let proxyHeader {
                let name = "PROXY header of version \(proxyHeader.rawValue)"
                var preamble = TracedPreamble(try announcement(proxyHeader, ends), name: name, isTraced: isTraced)
                bytes = try transport.perform(&preamble, adopting: bytes, by: deadline)
            }
            if let startTLS {
                let name = "starttls \(startTLS.application.rawValue)"
                var preamble = TracedPreamble(startTLS, name: name, isTraced: isTraced)
                bytes = try transport.perform(&preamble, adopting: bytes, by: deadline)
            }
            return bytes
        } catch {
            let endWords = error.mayBeEnd ? transport.endWords() : nil
            throw RouteFailure(endWords == nil ? .server : .carrier, at: "\(route)", error, endWords: endWords)
        }
    }

    private func announcement(
        _ version: ProxyHeader.Version,
        _ ends: ProxyHeader.Route?
    ) throws(TLSStreamError) -> Announcement {
        do throws(PreambleError) { return try Announcement(version, ends: ends) } catch { throw .preamble(error) }
    }
}
