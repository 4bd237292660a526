/// What a peer has to show before its figures count.
struct SelfCheck {
    private let worker: any Worker
    private let console: Console

    init(_ worker: any Worker, _ console: Console) {
        self.worker = worker
        self.console = console
    }

    /// Odd, so that no write and no record ends where the data ends.
    private static let byteCount = 3_000_000 + 4321

    /// Checks what can be checked: a bound that makes no connections has nothing to show.
    ///
    /// - Throws: ``PeerFailure`` with the first difference.
    func run() throws {
        guard let peer = worker as? any Peer else { return }
        try checkNegotiation(peer)
        if peer.works.contains(.resumed) { try demand(peer.resumes(), "a second handshake isn't resumed") }
        try demand(peer.refuses(for: .wrongHost), "a wrong host isn't refused, or not for that reason")
        try demand(peer.refuses(for: .unknownCA), "an unknown CA isn't refused, or not for that reason")
        let expected = Digest.sha256((0..<Self.byteCount).map(Pattern.byte(at:)))
        let digest = try peer.digestOfTransfer(byteCount: Self.byteCount)
        try demand(digest == expected, "data arrived with SHA-256 \(digest) instead of \(expected)")
        console.print("checked: \(peer.name)")
    }

    private func checkNegotiation(_ peer: any Peer) throws {
        let tls13 = Negotiated(version: .tls13, cipherSuite: "TLS_AES_128_GCM_SHA256", group: "X25519")
        let tls12 = Negotiated(version: .tls12, cipherSuite: "ECDHE-ECDSA-AES128-GCM-SHA256", group: "X25519")
        for expected in [tls13, tls12] {
            let negotiated = try peer.negotiate(expected.version)
            try demand(negotiated == expected, "it negotiated \(negotiated.words), not \(expected.words)")
        }
    }

    private func demand(_ isMet: Bool, _ words: String) throws {
        guard isMet else { throw PeerFailure(peer: worker.name, words: words) }
    }
}

extension Negotiated {
    fileprivate var words: String { "\(version.rawValue) \(cipherSuite) \(group)" }
}
