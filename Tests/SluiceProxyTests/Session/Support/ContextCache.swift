import Sluice
import Synchronization

/// The contexts that were made so far.
final class ContextCache: Sendable {
    private let contexts = Mutex<[RigContexts.Key: TLSContext]>([:])

    func context(_ key: RigContexts.Key, _ configuration: () throws -> TLSConfiguration) throws -> TLSContext {
        try contexts.withLock { contexts in
            if let context = contexts[key] { return context }
            let context = try TLSContext(configuration(), seed: RandomSeed(dangerouslyPredictable: 7))
            contexts[key] = context
            return context
        }
    }
}
