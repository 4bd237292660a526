/// A line of a peer program: what its stack saw.
struct PeerReport: Sendable {
    /// `handshake`, `end` or `failed`.
    let word: String
    let values: [String: String]

    /// All lines of an output but `listening`.
    static func reports(in output: [UInt8]) -> [PeerReport] {
        String(decoding: output, as: UTF8.self).split(separator: "\n").map { PeerReport(line: String($0)) }
            .filter { $0.word != "listening" }
    }

    init(line: String) {
        let words = line.split(separator: "\t", omittingEmptySubsequences: false).map { String($0) }
        word = words[0]
        let pairs = words.dropFirst().map { $0.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false) }
        values = Dictionary(pairs.map { (String($0[0]), String($0.last ?? "")) }) { $1 }
    }

    /// A value, or nil if this stack has no answer.
    subscript(key: String) -> String? { values[key] }

    var version: String? { values["version"] }
    var suite: String? { values["suite"] }
    var applicationProtocol: String? { values["alpn"] }
    var isResumed: Bool? { values["resumed"].map { $0 == "yes" } }
    var serverName: String? { values["name"] }
    var subject: String? { values["subject"] }
    var alert: String? { values["alert"] }
    var ending: String? { values["how"] }
    var receivedByteCount: Int? { values["received"].flatMap { Int($0) } }
    var digest: String? { values["sha256"] }
}

extension [PeerReport] {
    /// The first line of each connection that came so far.
    var handshakes: [PeerReport] { filter { $0.word == "handshake" } }
    /// How reading ended.
    var ends: [PeerReport] { filter { $0.word == "end" } }
    /// What went wrong.
    var failures: [PeerReport] { filter { $0.word == "failed" } }
}
