import SluicePOSIX

/// Who is at the other end of a connection, as far as the transport knows.
struct Client: CustomStringConvertible {
    /// `192.0.2.1:50000`, `a local process`, `standard input`.
    let description: String

    /// Its address and port; nil where it has none.
    let address: String?

    /// For logs: `#3 192.0.2.1:50000`.
    let name: String

    /// A client of a listener, which counts them; or the client of a process that serves one, where that is known.
    init(at address: SocketAddress?, number: Int? = nil) {
        description = address?.description ?? "standard input"
        self.address = address.flatMap { $0.port.isEmpty ? nil : $0.description }
        name = number.map { [description] in "#\($0) \(description)" } ?? description
    }
}
