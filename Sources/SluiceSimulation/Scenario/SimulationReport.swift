internal import Sluice
internal import SluiceReplay

/// What a simulation came to. Reports of runs add up.
public struct SimulationReport: Hashable, Sendable {
    /// Runs that ended.
    public private(set) var runCount = 0
    /// Connections that ended.
    public private(set) var connectionCount = 0
    /// Those among them that resumed a session.
    public private(set) var resumedCount = 0
    /// Steps taken by all connections.
    public private(set) var stepCount = 0
    /// Plaintext read by all ends, in bytes.
    public private(set) var plaintextByteCount = 0
    /// Ciphertext drained from all engines, in bytes.
    public private(set) var ciphertextByteCount = 0
    /// How long all connections lasted together, in virtual time.
    public private(set) var virtualTime = Duration.zero
    /// How many connections ended how.
    public private(set) var outcomes: [ConnectionOutcome: Int] = [:]
    /// How many faults happened.
    public private(set) var faults: [Fault: Int] = [:]

    /// Digests of connections in the run under way, by number.
    private var connectionDigests: [Int: [UInt8]] = [:]
    private var chained: [UInt8] = []

    /// Nothing yet.
    public init() {}

    /// SHA-256 over every byte that every engine sent, by run and number of connection: the same for the same seed on any
    /// machine with the same OpenSSL, whatever the interleaving. In hexadecimal, 64 characters.
    public var digest: String { Hex.text(of: chained) }

    /// Adds another run that came after. The digest is that of runs one by one: a sum of several would give another.
    public mutating func append(_ other: SimulationReport) {
        runCount += other.runCount
        connectionCount += other.connectionCount
        resumedCount += other.resumedCount
        stepCount += other.stepCount
        plaintextByteCount += other.plaintextByteCount
        ciphertextByteCount += other.ciphertextByteCount
        virtualTime += other.virtualTime
        outcomes.merge(other.outcomes, uniquingKeysWith: +)
        faults.merge(other.faults, uniquingKeysWith: +)
        chained = chained.isEmpty ? other.chained : Sluice.digest(of: chained + other.chained)
    }

    mutating func count(_ connection: ConnectionRun) {
        connectionCount += 1
        stepCount += connection.stepCount
        virtualTime += connection.now
        if let outcome = connection.outcome { outcomes[outcome, default: 0] += 1 }
        var digests: [UInt8] = []
        for end in End.allCases {
            plaintextByteCount += connection.owners[end].readByteCount
            ciphertextByteCount += connection.link.transcripts[end].byteCount
            digests += connection.link.transcripts[end].digest
            for fault in connection.link.faults(to: end) { faults[fault, default: 0] += 1 }
        }
        if connection.owners.client.isResumed { resumedCount += 1 }
        connectionDigests[connection.plan.number] = digests
    }

    mutating func endRun() {
        runCount += 1
        chained = Sluice.digest(of: connectionDigests.sorted { $0.key < $1.key }.flatMap(\.value))
        connectionDigests = [:]
    }
}
