import SluicePOSIX
import SluicePreamble

/// What is said to the peer before TLS.
struct Approach {
    /// Asks the peer to begin TLS.
    let startTLS: StartTLS?

    /// Whether each step is shown.
    let isTraced: Bool

    /// Says it.
    ///
    /// - Parameters:
    ///   - route: How the peer is reached, for the words of a failure.
    ///   - transport: What leads there.
    ///   - deadline: When to give up.
    /// - Returns: Bytes that came behind it: the first of TLS.
    /// - Throws: ``RouteFailure``.
    func come<Transport: ByteTransport & ~Copyable>(
        by route: Route,
        over transport: inout Transport,
        by deadline: Deadline
    ) throws -> [UInt8] {
        guard let startTLS else { return [] }
        let name = "starttls \(startTLS.application.rawValue)"
        var preamble = TracedPreamble(startTLS, name: name, isTraced: isTraced)
        do throws(TLSStreamError) {
            return try transport.perform(&preamble, by: deadline)
        } catch {
            let endWords = error.mayBeEnd ? transport.endWords() : nil
            throw RouteFailure(endWords == nil ? .server : .carrier, at: "\(route)", error, endWords: endWords)
        }
    }
}
