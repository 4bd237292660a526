internal import SluiceOpenSSL

/// What an engine's randomness comes from when it must be repeatable: 32 bytes that key a stream cipher of its own.
///
/// Whoever knows the seed can decrypt the connection and sign in its place, so a seed is as secret as a private key, and
/// each engine needs one of its own. ``random()`` draws one that nobody can guess.
public struct RandomSeed: Hashable, Sendable, CustomStringConvertible, CustomReflectable {
    /// The 32 bytes.
    public let bytes: [UInt8]

    /// A seed of exactly 32 bytes, or nil for any other number.
    public init?(bytes: [UInt8]) {
        guard bytes.count == seedBytes else { return nil }
        self.bytes = bytes
    }

    /// A seed that follows from a number, for tests and simulations: anybody can guess it.
    public init(dangerouslyPredictable number: UInt64) {
        let digits = stride(from: 56, through: 0, by: -8).map { UInt8(truncatingIfNeeded: number >> $0) }
        bytes = sha256(of: Array("sluice predictable seed".utf8) + digits)
    }

    private init(digest: [UInt8]) {
        bytes = digest
    }

    /// A seed from the system's generator (`RAND_priv_bytes`).
    ///
    /// - Throws: `internalFailure` where the system has no randomness.
    public static func random() throws(TLSError) -> RandomSeed {
        do throws(OpenSSLFailure) {
            return RandomSeed(digest: try systemRandomBytes(seedBytes))
        } catch {
            throw TLSError.internal("the system's random generator failed", error)
        }
    }

    /// Another seed, from which this one can't be found, for a purpose of this name.
    ///
    /// Many engines of one seed: `seed.derived(for: "connection 7")`.
    public func derived(for purpose: String) -> RandomSeed {
        RandomSeed(digest: sha256(of: Array("sluice derived seed".utf8) + bytes + Array(purpose.utf8)))
    }

    /// The key of the random stream of an end of this name: two ends that share a seed by mistake don't share a stream.
    func streamKey(for end: String) -> [UInt8] {
        sha256(of: Array("sluice random stream of a \(end)".utf8) + bytes)
    }

    /// Says that it is a seed and not which.
    public var description: String { "random seed" }

    /// A mirror without children.
    public var customMirror: Mirror { Mirror(self, children: []) }
}

/// The length of an AES-256 key and of a SHA-256 digest.
private let seedBytes = 32
