/// Python's `ssl.MemoryBIO`, in a process of its own that takes the time itself.
final class PythonPeer: Peer {
    let name = "Python"
    let works = Set(Work.allCases)
    /// Python's and its libssl's versions.
    var version: String { python.version }
    private let crowdPairs: Int
    private let material: Material
    private let python: PythonProcess

    /// - Parameters:
    ///   - material: What it is to use; written to files for a moment.
    ///   - crowdPairs: Pairs that are alive at once in `.crowd`.
    /// - Throws: `PeerFailure` with a reason to leave this peer out: no Python, or no usable `ssl` in it.
    init(_ material: Material, crowdPairs: Int = 20_000) throws {
        self.crowdPairs = crowdPairs
        self.material = material
        python = try PythonProcess(material)
    }

    func run(_ work: Work, amount: Int) throws -> Duration {
        let seconds: Double =
            switch work {
            case .full: try python.ask("handshakes", Version.tls13.rawValue, amount)
            case .full12: try python.ask("handshakes", Version.tls12.rawValue, amount)
            case .resumed: try python.ask("resumed", amount)
            case .bulk16K: try python.ask("bulk", amount << 20, 16 << 10)
            case .bulk64K: try python.ask("bulk", amount << 20, 64 << 10)
            case .bulk1K: try python.ask("bulk", amount << 20, 1 << 10)
            case .pingPong: try python.ask("ping_pong", amount)
            case .crowd: try python.ask("crowd", crowdPairs, amount)
            case .idle: throw PeerFailure(peer: name, words: "idle memory takes no time")
            }
        return .seconds(seconds)
    }

    func negotiate(_ version: Version) throws -> Negotiated {
        let answer: Answer = try python.ask("negotiate", version.rawValue)
        guard let version = Version(rawValue: answer.version) else {
            throw PeerFailure(peer: name, words: "\(answer.version) was negotiated")
        }
        return Negotiated(version: version, cipherSuite: answer.cipherSuite, group: answer.group)
    }

    private struct Answer: Decodable {
        let version: String
        let cipherSuite: String
        let group: String
    }

    func resumes() throws -> Bool { try python.ask("resumes") }

    func refuses(for fault: Fault) throws -> Bool {
        // X509_V_ERR_HOSTNAME_MISMATCH and X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT_LOCALLY.
        switch fault {
        case .wrongHost: try verifyError("wrong.test", trustsRoot: true) == 62
        case .unknownCA: try verifyError(Material.host, trustsRoot: false) == 20
        }
    }

    private func verifyError(_ host: String, trustsRoot: Bool) throws -> Int {
        try python.ask("verify_error", host, trustsRoot)
    }

    func digestOfTransfer(byteCount: Int) throws -> String { try python.ask("digest", byteCount) }

    /// In another process, whose objects are made by malloc so that malloc can count them.
    func idleMemory(pairs: Int) throws -> [IdleMemory] {
        let counted = try PythonProcess(material, environment: ["PYTHONMALLOC": "malloc"])
        let bytes: Bytes = try counted.ask("idle", pairs)
        return [IdleMemory(state: .asMade, heap: bytes.heap, resident: bytes.resident)]
    }

    private struct Bytes: Decodable {
        let heap: Double
        let resident: Double
    }
}
