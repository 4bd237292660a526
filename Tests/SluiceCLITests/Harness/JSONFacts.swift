import SluiceReplay

/// What a test wants of the summary of `sluice simulate --json`.
struct JSONFacts {
    /// Of everything that was sent.
    let digest: String
    /// Connections that resumed a session.
    let resumedCount: Int64

    init(_ output: [UInt8]) throws {
        let summary = try JSONValue(output.dropLast(), line: 1)
        digest = try summary.field("digest").string
        resumedCount = try summary.field("resumed").integer
    }
}
