import Sluice
import SluiceSimulation

// One test for both ends: the engine, and what crossed the link, by end.

extension EnginePair {
    /// The engine of an end.
    subscript(end: End) -> TLSEngine {
        _read {
            if end == .client { yield client } else { yield server }
        }
        _modify {
            if end == .client { yield &client } else { yield &server }
        }
    }

    /// Everything that an end sent over the link.
    func sent(by end: End) -> [UInt8] {
        end == .client ? clientSent : serverSent
    }

    /// What an end threw first.
    func failure(of end: End) -> TLSError? {
        end == .client ? clientFailure : serverFailure
    }

    /// A pair of these contexts that has settled.
    static func established(_ contexts: ContextPair, cut: Cut = .whole, seed: UInt64 = 1) throws -> EnginePair {
        var pair = try contexts.pair(cut: cut, seed: seed)
        pair.settle()
        return pair
    }
}

extension EnginePair.End {
    var other: EnginePair.End { self == .client ? .server : .client }
}

/// What a verb threw.
func failure(_ body: () throws(TLSError) -> Void) -> TLSError? {
    do throws(TLSError) {
        try body()
        return nil
    } catch {
        return error
    }
}
