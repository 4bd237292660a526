import CHeap
import NIOCore
import NIOEmbedded
import NIOSSL

/// The handlers of swift-nio-ssl on two embedded channels. It keeps no sessions on the client, so it can't resume.
final class NIOSSLPeer: Peer {
    let name = PeerKind.nio.rawValue
    let works: Set<Work> = [.full, .bulk16K, .bulk64K, .bulk1K, .pingPong, .idle, .full12, .crowd]

    private let material: Material
    private let crowdPairs: Int
    private let loop = EmbeddedEventLoop()
    private let tls13: NIOSSLContexts
    private let tls12: NIOSSLContexts

    /// Makes both configurations.
    ///
    /// - Parameters:
    ///   - material: The certificates and the key.
    ///   - crowdPairs: Pairs that are alive at once in ``Work/crowd``.
    /// - Throws: What NIOSSL has against the material.
    init(_ material: Material, crowdPairs: Int) throws {
        self.material = material
        self.crowdPairs = crowdPairs
        tls13 = try NIOSSLContexts(material, .tls13, root: material.root)
        tls12 = try NIOSSLContexts(material, .tls12, root: material.root)
    }

    func run(_ work: Work, amount: Int) throws -> Duration {
        switch work {
        case .full: try handshakes(tls13, amount)
        case .full12: try handshakes(tls12, amount)
        case .bulk16K: try bulk(mebibytes: amount, writeBytes: 16 << 10)
        case .bulk64K: try bulk(mebibytes: amount, writeBytes: 64 << 10)
        case .bulk1K: try bulk(mebibytes: amount, writeBytes: 1 << 10)
        case .pingPong: try roundTrips(amount, pairs: 1)
        case .crowd: try roundTrips(amount, pairs: crowdPairs)
        case .resumed, .idle: throw PeerFailure(peer: name, words: "\(work.rawValue) is no work that it can do")
        }
    }

    private func handshakes(_ contexts: NIOSSLContexts, _ count: Int) throws -> Duration {
        try ContinuousClock().measure {
            for _ in 0..<count {
                let pair = try NIOSSLPair(contexts, loop: loop)
                try pair.establish()
                try pair.close()
            }
        }
    }

    private func bulk(mebibytes: Int, writeBytes: Int) throws -> Duration {
        let pair = try establishedPair()
        let plaintext = ByteBuffer(repeating: 0x5A, count: writeBytes)
        let total = mebibytes << 20
        let elapsed = try ContinuousClock().measure {
            for _ in 0..<total / writeBytes {
                pair.client.write(plaintext)
                try pair.carryToServer()
            }
        }
        guard pair.server.application.byteCount == total else {
            throw PeerFailure(peer: name, words: "\(pair.server.application.byteCount) of \(total) bytes arrived")
        }
        try pair.close()
        return elapsed
    }

    private func roundTrips(_ count: Int, pairs pairCount: Int) throws -> Duration {
        let pairs = try (0..<pairCount).map { _ in try establishedPair() }
        let message = ByteBuffer(repeating: 0x5A, count: 64)
        let elapsed = try ContinuousClock().measure {
            for trip in 0..<count {
                let pair = pairs[trip % pairCount]
                pair.client.write(message)
                try pair.carryToServer()
                pair.server.write(message)
                try pair.carryToClient()
            }
        }
        for end in pairs.flatMap({ [$0.client, $0.server] }) { try end.close() }
        let byteCount = pairs.reduce(0) { $0 + $1.server.application.byteCount + $1.client.application.byteCount }
        guard byteCount == 2 * 64 * count else {
            throw PeerFailure(peer: name, words: "\(byteCount) of \(2 * 64 * count) bytes arrived")
        }
        return elapsed
    }

    private func establishedPair() throws -> NIOSSLPair {
        let pair = try NIOSSLPair(tls13, loop: loop)
        try pair.establish()
        return pair
    }

    func idleMemory(pairs count: Int) throws -> IdleMemory {
        let message = ByteBuffer(repeating: 0x5A, count: 1024)
        let bytesBefore = cheap_bytes_in_use()
        let pairs = try (0..<count).map { _ in
            let pair = try establishedPair()
            pair.client.write(message)
            pair.server.write(message)
            try pair.carryToServer()
            try pair.carryToClient()
            guard pair.client.application.byteCount == 1024, pair.server.application.byteCount == 1024 else {
                throw PeerFailure(peer: name, words: "1 KiB each way didn't arrive")
            }
            return pair
        }
        let bytes = cheap_bytes_in_use() - bytesBefore
        for pair in pairs { try pair.close() }
        return IdleMemory(asMade: Double(bytes) / Double(count), hibernated: nil)
    }
}

// The self-check.
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
