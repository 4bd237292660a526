import Sluice

/// What the demo came to, one fact in a line.
struct DemoSummary {
    /// The lines.
    let text: String

    /// Sums up a conversation that is over.
    init(of link: inout DemoLink, identity: TLSIdentity) {
        guard let summary = link.client.summary else {
            text = ""
            return
        }
        let counters = link.client.counters
        let isClean = link.client.state == .closed && link.server.state == .closed
        let facts = [
            ("negotiated", summary.line),
            ("server", "\(identity), self-signed and trusted by the client"),
            ("fingerprint", "SHA-256 \(identity.leaf.fingerprint.prefix(23))…"),
            (
                "handshake",
                "\(summary.flightsSent + summary.flightsReceived) flights; \(summary.bytesSent) bytes up, "
                    + "\(summary.bytesReceived) down"
            ),
            ("plaintext", "\(counters.plaintextBytesSent) bytes up, \(counters.plaintextBytesReceived) down"),
            (
                "ciphertext",
                "\(counters.ciphertextBytesSent) bytes up in \(counters.recordsSent) records, "
                    + "\(counters.ciphertextBytesReceived) down in \(counters.recordsReceived)"
            ),
            ("sessions", "\(link.sessionCount) to resume with"),
            ("closed", isClean ? "cleanly, by both ends" : "not cleanly"),
        ]
        text = "\n" + facts.map { name, value in name.padded(to: 14) + value }.joined(separator: "\n") + "\n"
    }
}
