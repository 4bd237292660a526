internal import Sluice

/// A part in which two values differ that should be the same.
struct FieldDifference: Hashable, CustomStringConvertible {
    let name: String
    let expected: String
    let got: String

    /// `fault: got peer, not caller`
    var description: String { "\(name): got \(got), not \(expected)" }

    private init?<Field: Equatable>(_ name: String, _ expected: Field, _ got: Field) {
        guard expected != got else { return nil }
        self.name = name
        self.expected = "\(expected)"
        self.got = "\(got)"
    }

    /// What differs between two errors.
    static func between(_ expected: TLSError, _ got: TLSError) -> [FieldDifference] {
        [
            FieldDifference("code", expected.code, got.code),
            FieldDifference("fault", expected.fault, got.fault),
            FieldDifference("words", expected.words, got.words),
            FieldDifference("alert", expected.alert.map(words), got.alert.map(words)),
            FieldDifference("verification", expected.verification?.description, got.verification?.description),
            FieldDifference("certificate", expected.verification?.certificate, got.verification?.certificate),
            FieldDifference("isDuringHandshake", expected.isDuringHandshake, got.isDuringHandshake),
            FieldDifference("openSSLWords", expected.openSSLWords, got.openSSLWords),
        ].compactMap(\.self)
    }

    /// What differs between two handshakes.
    static func between(_ expected: HandshakeSummary, _ got: HandshakeSummary) -> [FieldDifference] {
        [
            FieldDifference("version", expected.version, got.version),
            FieldDifference("cipherSuite", expected.cipherSuite, got.cipherSuite),
            FieldDifference("group", expected.group, got.group),
            FieldDifference("signatureAlgorithm", expected.signatureAlgorithm, got.signatureAlgorithm),
            FieldDifference("applicationProtocol", expected.applicationProtocol, got.applicationProtocol),
            FieldDifference("serverName", expected.serverName, got.serverName),
            FieldDifference("isResumed", expected.isResumed, got.isResumed),
            FieldDifference("peerCertificates", expected.peerCertificates, got.peerCertificates),
            FieldDifference("bytesSent", expected.bytesSent, got.bytesSent),
            FieldDifference("bytesReceived", expected.bytesReceived, got.bytesReceived),
            FieldDifference("flightsSent", expected.flightsSent, got.flightsSent),
            FieldDifference("flightsReceived", expected.flightsReceived, got.flightsReceived),
        ].compactMap(\.self)
    }

    private static func words(_ alert: TLSError.Alert) -> String {
        "\(alert.description) from \(alert.sender)"
    }
}
