import Sluice
import SluiceReplay

/// What happened at the recorded end, in words.
struct NoteWords {
    /// The first says what, those after it say more.
    let lines: [String]

    init(_ note: TranscriptStep.Note, _ role: TLSContext.Role) {
        let peer = role == .client ? "server" : "client"
        switch note {
        case .handshakeCompleted(let summary):
            lines = ["handshake complete: \(summary.line)"] + summary.chainLines(of: peer)
        case .answered(.clientHello(let answer)): lines = ["decision: the ClientHello \(answer)"]
        case .answered(.clientIdentity(let answer)): lines = ["decision: the client's identity is \(answer)"]
        case .answered(.peerCertificate(let answer)): lines = ["decision: the \(peer)'s certificate \(answer)"]
        case .keyUpdateRequested(fromPeerToo: true): lines = ["new keys for both directions asked for"]
        case .keyUpdateRequested(fromPeerToo: false): lines = ["new keys for this end asked for"]
        case .closed: lines = ["close"]
        case .inputEnded: lines = ["the \(peer)'s bytes ended"]
        case .hibernated: lines = ["hibernates"]
        case .failed(let error): lines = ["failed: \(error.withoutLibraryWords)"]
        }
    }
}

extension HandshakeSummary {
    fileprivate func chainLines(of peer: String) -> [String] {
        guard let leaf = peerCertificates.first else { return [] }
        let key = leaf.keyKind.map { ", \($0)" } ?? ""
        let chain = peerCertificates.count == 1 ? "" : ", \(peerCertificates.count) certificates"
        return ["\(peer) \(leaf.subject)\(key)\(chain)"]
    }
}

extension TLSError {
    /// The error without OpenSSL's words, which differ between releases.
    var withoutLibraryWords: TLSError {
        var error = self
        error.openSSLWords = []
        return error
    }
}
