import NIOCore
import NIOEmbedded
import NIOSSL

/// The handlers of swift-nio-ssl on two embedded channels. It keeps no sessions on the client, so it can't resume.
final class NIOSSLPeer: Peer {
    let name = PeerKind.nio.rawValue
    let works: Set<Work> = [.full, .bulk16K, .bulk64K, .bulk1K, .pingPong, .idle, .full12, .crowd]

    let material: Material
    private let crowdPairs: Int
    let loop = EmbeddedEventLoop()
    let tls13: NIOSSLContexts
    let tls12: NIOSSLContexts

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

    func establishedPair() throws -> NIOSSLPair {
        let pair = try NIOSSLPair(tls13, loop: loop)
        try pair.establish()
        return pair
    }

    func idleMemory(pairs count: Int) throws -> [IdleMemory] {
        let message = ByteBuffer(repeating: 0x5A, count: 1024)
        let start = try ProcessMemory(askedBy: name)
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
        let now = try ProcessMemory(askedBy: name)
        for pair in pairs { try pair.close() }
        return [now.perPair(since: start, pairs: count, .asMade)]
    }
}
