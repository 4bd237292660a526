import ArgumentParser

/// The peers by name, in the order of tables.
enum PeerKind: String, CaseIterable {
    case cLoop = "C loop"
    case spans = "Sluice, spans"
    case arrays = "Sluice, arrays"
    case nio = "swift-nio-ssl"
    case python = "Python"
    case crypto = "crypto alone"

    static let sluice: [PeerKind] = [.spans, .arrays]

    /// Whether its allocations are this process's.
    var isInProcess: Bool { self != .python }

    /// Makes the peer.
    ///
    /// - Parameters:
    ///   - material: The certificates and the key.
    ///   - crowdPairs: Pairs that are alive at once in ``Work/crowd``.
    /// - Returns: The peer.
    /// - Throws: What keeps the peer from being there.
    func make(_ material: Material, crowdPairs: Int) throws -> any Worker {
        switch self {
        case .cLoop: try CLoopPeer(material, crowdPairs: crowdPairs)
        case .spans: try SluicePeer(material, .spans, crowdPairs: crowdPairs)
        case .arrays: try SluicePeer(material, .arrays, crowdPairs: crowdPairs)
        case .nio: try NIOSSLPeer(material, crowdPairs: crowdPairs)
        case .python: try PythonPeer(material, crowdPairs: crowdPairs)
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

    /// Makes the peers. Says so where Python can't take part; without one of the others there is no comparison.
    static func enter(
        _ kinds: [PeerKind],
        _ material: Material,
        crowdPairs: Int,
        _ console: Console
    ) throws -> [Entrant] {
        try kinds.compactMap { kind in
            do {
                return Entrant(kind: kind, worker: try kind.make(material, crowdPairs: crowdPairs))
            } catch let failure as PeerFailure where kind == .python {
                console.print("left out: \(failure)")
                return nil
            }
        }
    }
}
