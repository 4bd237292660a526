import CLoop

/// The limit: plain C on the same libssl. Its ratios are 1.
final class CLoopPeer: Peer {
    let name = "C loop"
    let works = Set(Work.allCases)
    private let crowdPairs: Int
    // Owned: freed by deinit.
    private let loop: OpaquePointer

    /// - Parameters:
    ///   - material: What it is to use.
    ///   - crowdPairs: Pairs that are alive at once in `.crowd`.
    /// - Throws: `PeerFailure` with what libssl says.
    init(_ material: Material, crowdPairs: Int = 20_000) throws {
        self.crowdPairs = crowdPairs
        guard let loop = cloop_new(material.chain, material.key, material.root, material.otherRoot, Material.host)
        else {
            throw PeerFailure(peer: name, words: "there is no memory")
        }
        self.loop = loop
        if cloop_failure(loop) != nil { throw failure }
    }

    deinit {
        cloop_free(loop)
    }

    func run(_ work: Work, amount: Int) throws -> Duration {
        switch work {
        case .full: try duration(cloop_handshakes(loop, CLOOP_TLS13, amount))
        case .full12: try duration(cloop_handshakes(loop, CLOOP_TLS12, amount))
        case .resumed: try duration(cloop_resumed(loop, amount))
        case .bulk16K: try duration(cloop_bulk(loop, amount << 20, 16 << 10))
        case .bulk64K: try duration(cloop_bulk(loop, amount << 20, 64 << 10))
        case .bulk1K: try duration(cloop_bulk(loop, amount << 20, 1 << 10))
        case .pingPong: try duration(cloop_ping_pong(loop, amount))
        case .crowd: try duration(cloop_crowd(loop, crowdPairs, amount))
        case .idle: throw PeerFailure(peer: name, words: "idle memory takes no time")
        }
    }

    func negotiate(_ version: Version) throws -> Negotiated {
        var result = cloop_negotiated()
        guard cloop_negotiate(loop, version == .tls12 ? CLOOP_TLS12 : CLOOP_TLS13, &result) else { throw failure }
        guard let version = Version(rawValue: String(cString: result.version)) else {
            throw PeerFailure(peer: name, words: "a version that nobody offered")
        }
        return Negotiated(
            version: version,
            cipherSuite: String(cString: result.cipher_suite),
            group: String(cString: result.group)
        )
    }

    func resumes() throws -> Bool {
        // Fails where one end says that it wasn't resumed.
        _ = try duration(cloop_resumed(loop, 1))
        return true
    }

    func refuses(for fault: Fault) throws -> Bool {
        switch fault {
        case .wrongHost: cloop_judge(loop, "wrong.test", CLOOP_ROOT) == CLOOP_REFUSED_HOST
        case .unknownCA: cloop_judge(loop, Material.host, CLOOP_OTHER_ROOT) == CLOOP_REFUSED_ISSUER
        }
    }

    func digestOfTransfer(byteCount: Int) throws -> String {
        var digits = [CChar](repeating: 0, count: 65)
        guard cloop_digest(loop, byteCount, &digits) else { throw failure }
        return String(decoding: digits.dropLast().map(UInt8.init(bitPattern:)), as: UTF8.self)
    }

    func idleMemory(pairs: Int) throws -> [IdleMemory] {
        var result = cloop_idle_memory()
        guard cloop_idle(loop, pairs, &result) else { throw failure }
        return [
            IdleMemory(state: .asMade, heap: result.as_made, resident: result.resident_as_made),
            IdleMemory(state: .buffersFreed, heap: result.released, resident: nil),
        ]
    }

    private func duration(_ seconds: Double) throws -> Duration {
        guard seconds >= 0 else { throw failure }
        return .seconds(seconds)
    }

    private var failure: PeerFailure {
        PeerFailure(peer: name, words: cloop_failure(loop).map { String(cString: $0) } ?? "failed without words")
    }
}
