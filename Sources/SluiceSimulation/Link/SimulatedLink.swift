public import Sluice

/// Two engines and a network between them, as a function of one seed.
///
/// Time is a number that ``step()`` moves on: nothing waits. What one engine drains travels as the conditions of its
/// direction say and is fed to the other. A feed that throws is that engine's end; the link carries on, as a network
/// would, so that the alert gets across.
///
/// The engines are there to be used between steps. An end's stream is ended by an end of file once its engine has closed
/// both ways, or failed, and is drained.
public struct SimulatedLink: ~Copyable {
    /// The engine that sends the ClientHello.
    public var client: TLSEngine

    /// The engine that answers it.
    public var server: TLSEngine

    /// How long ago the link was made.
    public internal(set) var now = Duration.zero

    /// When that was.
    public let epoch: UnixTime

    /// What feeding threw first, at each end.
    public internal(set) var failures = PerEnd<TLSError?>(client: nil, server: nil)

    /// Bytes drained from each engine and bytes that each engine took.
    var drainedByteCounts = PerEnd<UInt64>(client: 0, server: 0)
    var fedByteCounts = PerEnd<UInt64>(client: 0, server: 0)

    /// Everything drained from each engine.
    var transcripts = PerEnd(client: Transcript(), server: Transcript())

    /// The directions by the end that sends.
    var wires: PerEnd<Wire>

    /// Alters what an end sends before the wire has it.
    var sabotage: (@Sendable (_ sender: End, _ offset: UInt64, _ bytes: [UInt8]) -> [UInt8])?

    private let seed: UInt64

    /// A link between two engines.
    ///
    /// - Parameters:
    ///   - client: The one end.
    ///   - server: The other.
    ///   - conditions: What each end's bytes meet on their way to the other.
    ///   - seed: Decides pieces, times and faults.
    ///   - epoch: What the engines' clocks say when the link is made.
    public init(
        _ client: consuming TLSEngine,
        _ server: consuming TLSEngine,
        conditions: PerEnd<LinkConditions>,
        seed: UInt64,
        epoch: UnixTime = .simulationEpoch
    ) {
        self.client = client
        self.server = server
        self.epoch = epoch
        self.seed = seed
        wires = PerEnd(
            client: Wire(conditions.client, seed: SplitMix64.seed(seed, path: 1)),
            server: Wire(conditions.server, seed: SplitMix64.seed(seed, path: 2))
        )
    }

    /// The engine of an end.
    public subscript(end: End) -> TLSEngine {
        _read {
            if end == .client { yield client } else { yield server }
        }
        _modify {
            if end == .client { yield &client } else { yield &server }
        }
    }

    /// The faults that have happened to what an end sent.
    public func faults(to sender: End) -> Set<Fault> {
        wires[sender].damage.fired
    }

    /// Bytes that an end sent and the other hasn't taken.
    public func inFlightByteCount(from sender: End) -> Int {
        wires[sender].inFlightByteCount
    }

    /// Drains the engines as far as the wires have room, and lets the next piece arrive: time moves on to then.
    ///
    /// - Returns: Whether anything arrived. If not, nothing is on its way, or an engine must be read before it takes more.
    /// - Throws: ``Invariant/needsAreTrue`` for an engine with room that takes nothing.
    public mutating func step() throws(SimulationFailure) -> Bool {
        collect()
        guard let (end, time) = nextArrival() else { return false }
        advance(to: time)
        try deliver(to: end)
        collect()
        return true
    }

    /// Steps until nothing arrives any more.
    ///
    /// - Parameter stepsMax: What is taken for a livelock.
    /// - Returns: How many pieces arrived.
    /// - Throws: ``Invariant/progressIsMade`` for as many steps as `stepsMax`, and what ``step()`` throws.
    @discardableResult
    public mutating func settle(stepsMax: Int = 1_000_000) throws(SimulationFailure) -> Int {
        for count in 0..<stepsMax {
            if try !step() { return count }
        }
        throw failure(.progressIsMade, "\(stepsMax) pieces arrived and there are more")
    }

    func failure(_ invariant: Invariant, _ words: String) -> SimulationFailure {
        var failure = SimulationFailure(invariant, words)
        failure.seed = seed
        failure.time = now
        return failure
    }
}
