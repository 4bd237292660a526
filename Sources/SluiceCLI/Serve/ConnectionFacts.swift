import Sluice

/// What a service may know of its connection.
struct ConnectionFacts {
    /// Where the client is.
    let client: Client
    /// What was negotiated.
    let summary: HandshakeSummary
}
