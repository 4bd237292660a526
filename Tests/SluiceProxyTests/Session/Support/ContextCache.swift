import Sluice
import Synchronization

/// Contexts that were made, the latest of them: thousands of seeds make as many kinds.
final class ContextCache: Sendable {
    private let contexts = Mutex<[RigContexts.Key: TLSContext]>([:])

    func context(_ key: RigContexts.Key, _ configuration: () throws -> TLSConfiguration) throws -> TLSContext {
        try contexts.withLock { contexts in
            if let context = contexts[key] { return context }
            let context = try TLSContext(configuration(), seed: RandomSeed(dangerouslyPredictable: 7))
            if contexts.count >= countMax { contexts.removeAll() }
            contexts[key] = context
            return context
        }
    }
}

/// Some ten megabytes.
private let countMax = 200
