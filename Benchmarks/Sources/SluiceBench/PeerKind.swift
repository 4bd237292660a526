import ArgumentParser

/// The peers by name, in the order of tables.
enum PeerKind: String, CaseIterable {
    case cLoop = "C loop"
    case spans = "Sluice, spans"
    case arrays = "Sluice, arrays"
    case nio = "swift-nio-ssl"
    case python = "Python ssl"
    case crypto = "crypto alone"

    static let sluice: [PeerKind] = [.spans, .arrays]

    /// Whether its allocations are this process's.
    var isInProcess: Bool { self != .python }

    /// Makes the peer.
    ///
    /// - Parameters:
    ///   - material: The certificates and the key.
    ///   - crowd: Pairs that are alive at once in ``Work/crowd``.
    /// - Returns: The peer, or nil where this machine lacks what it needs.
    /// - Throws: What the peer has against the material.
    func make(_ material: Material, crowd: Int) throws -> (any Worker)? {
        switch self {
        case .cLoop: try CLoopPeer(material, crowd: crowd)
        case .spans: try SluicePeer(material, .spans, crowd: crowd)
        case .arrays: try SluicePeer(material, .arrays, crowd: crowd)
        case .nio: try NIOSSLPeer(material, crowd: crowd)
        case .python: try PythonPeer.make(material, crowd: crowd)
        case .crypto: try CryptoBound()
        }
    }

    /// Those whose names hold one of the parts.
    static func parse(_ parts: String) throws -> [PeerKind] {
        let parts = parts.split(separator: ",").map { $0.lowercased() }
        for part in parts where !allCases.contains(where: { $0.rawValue.lowercased().contains(part) }) {
            let names = allCases.map { "\"\($0.rawValue)\"" }.joined(separator: " ")
            throw ValidationError("No peer is called \"\(part)\". There are: \(names)")
        }
        return allCases.filter { kind in parts.contains { kind.rawValue.lowercased().contains($0) } }
    }
}

extension PeerKind: ExpressibleByArgument {
    /// The one whose name has this part.
    init?(argument: String) {
        let matching = Self.allCases.filter { $0.rawValue.lowercased().contains(argument.lowercased()) }
        guard matching.count == 1 else { return nil }
        self = matching[0]
    }
}

/// A peer that takes part.
struct Entrant {
    let kind: PeerKind
    let worker: any Worker

    /// Makes the peers, and says which can't take part.
    static func enter(
        _ kinds: [PeerKind],
        _ material: Material,
        crowd: Int,
        _ console: Console
    ) throws -> [Entrant] {
        try kinds.compactMap { kind in
            guard let worker = try kind.make(material, crowd: crowd) else {
                console.print("\(kind.rawValue) is left out: this machine lacks what it needs.")
                return nil
            }
            return Entrant(kind: kind, worker: worker)
        }
    }
}
