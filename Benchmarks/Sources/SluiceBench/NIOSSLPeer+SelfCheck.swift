import NIOCore
import NIOEmbedded
import NIOSSL

// What it shows before it is timed.
extension NIOSSLPeer {
    func negotiate(_ version: Version) throws -> Negotiated {
        let pair = try NIOSSLPair(version == .tls13 ? tls13 : tls12, loop: loop)
        var sent: [UInt8] = []
        try pair.handshake { sent += $0.readableBytesView }
        let flight = ServerFlight(sent)
        let suites: [UInt16: String] = [0x1301: "TLS_AES_128_GCM_SHA256", 0xC02B: "ECDHE-ECDSA-AES128-GCM-SHA256"]
        let versions: [TLSVersion: Version] = [.tlsv13: .tls13, .tlsv12: .tls12]
        guard pair.client.application.isHandshaken,
            let spoken = pair.client.handler.tlsVersion.flatMap({ versions[$0] }), let cipherSuite = flight.cipherSuite,
            let group = flight.group
        else {
            throw PeerFailure(peer: name, words: "the handshake failed: \(pair.client.application.errors)")
        }
        try pair.close()
        return Negotiated(
            version: spoken,
            cipherSuite: suites[cipherSuite] ?? "suite \(cipherSuite)",
            group: group == 0x1D ? "X25519" : "group \(group)"
        )
    }

    func resumes() -> Bool { false }

    func refuses(for fault: Fault) throws -> Bool {
        switch fault {
        case .wrongHost:
            let pair = try NIOSSLPair(tls13, host: "wrong.test", loop: loop)
            try pair.handshake()
            return !pair.client.application.isHandshaken
                && pair.client.application.errors.contains { ($0 as? NIOSSLExtraError) == .failedToValidateHostname }
        case .unknownCA:
            let contexts = try NIOSSLContexts(material, .tls13, root: material.otherRoot)
            let pair = try NIOSSLPair(contexts, loop: loop)
            try pair.handshake()
            // The handler has no code for it; the alert that reaches the server is exact.
            return !pair.client.application.isHandshaken && pair.server.alertIsUnknownCA
        }
    }

    func digestOfTransfer(byteCount: Int) throws -> String {
        let pair = try establishedPair()
        var received: [UInt8] = []
        pair.server.application.onRead = { received += $0.readableBytesView }
        for start in stride(from: 0, to: byteCount, by: 10_000) {
            pair.client.write(ByteBuffer(bytes: (start..<min(start + 10_000, byteCount)).map(Pattern.byte(at:))))
            try pair.carryToServer()
        }
        try pair.close()
        return Digest.sha256(received)
    }
}

extension NIOSSLPair.End {
    /// Whether what ended the connection is the peer's alert unknown_ca.
    fileprivate var alertIsUnknownCA: Bool {
        application.errors.contains { "\($0)".contains("ALERT_UNKNOWN_CA") }
    }
}
