import Fixtures
import Sluice
import SluiceSimulation

/// Two engines and the link between them: what one drains the other is fed, cut as ``cut`` says.
///
/// Nothing here knows TLS. A verb that throws is noted as that end's failure, and the link carries on, as real ones do.
struct EnginePair: ~Copyable {
    var client: TLSEngine
    var server: TLSEngine

    /// How the link cuts.
    var cut: Cut
    private var generator: SplitMix64

    /// Bytes on their way that the other end had no room for.
    private var toServer: ArraySlice<UInt8> = []
    private var toClient: ArraySlice<UInt8> = []

    /// What each end threw first.
    private(set) var clientFailure: TLSError?
    private(set) var serverFailure: TLSError?

    /// Everything that crossed the link.
    private(set) var clientSent: [UInt8] = []
    private(set) var serverSent: [UInt8] = []

    /// Changes what crosses the link, byte by byte in order; for hostile networks.
    var tamper: (@Sendable (_ end: End, _ offset: Int, _ byte: UInt8) -> UInt8)?

    enum End: Hashable, Sendable {
        case client, server

        /// What can be said of one end.
        struct Standing: Hashable {
            let state: TLSEngine.State
            let needs: TLSEngine.Needs
            let summary: HandshakeSummary?
            /// What a verb threw first.
            let failure: TLSError?
            let decision: TLSDecision?
        }
    }

    init(_ client: consuming TLSEngine, _ server: consuming TLSEngine, cut: Cut = .whole, seed: UInt64 = 1) {
        self.client = client
        self.server = server
        self.cut = cut
        generator = SplitMix64(seed: seed)
    }

    /// An engine pair of these configurations.
    init(
        client: TLSClientConfiguration = .fixture(),
        server: TLSServerConfiguration = .fixture(),
        cut: Cut = .whole,
        seed: UInt64 = 1
    ) throws {
        self.init(try TLSEngine(client), try TLSEngine(server), cut: cut, seed: seed)
    }

    /// Carries bytes until neither end has any for the other, or `turnsMax` pieces have crossed.
    ///
    /// - Returns: How many pieces crossed. As many as `turnsMax` is a livelock.
    @discardableResult
    mutating func settle(turnsMax: Int = 2_000_000) -> Int {
        for turn in 0..<turnsMax {
            let isAnythingMoved = carryToServer() || carryToClient()
            if !isAnythingMoved { return turn }
        }
        return turnsMax
    }

    /// Settles, with each end reading all it can. Returns what the two ends read.
    mutating func settleReading() -> (client: [UInt8], server: [UInt8]) {
        var read: (client: [UInt8], server: [UInt8]) = ([], [])
        for _ in 0..<100_000 {
            let turns = settle()
            let client = readClient()
            let server = readServer()
            read.client += client
            read.server += server
            if turns == 0, client.isEmpty, server.isEmpty { break }
        }
        return read
    }

    /// Carries data both ways until all is written and read.
    mutating func exchange(fromClient: [UInt8], fromServer: [UInt8]) -> (client: [UInt8], server: [UInt8]) {
        var read: (client: [UInt8], server: [UInt8]) = ([], [])
        settle()
        var up = fromClient[...]
        var down = fromServer[...]
        for _ in 0..<1_000_000 {
            let before = up.count + down.count
            up = up.dropFirst(
                Self.note(&clientFailure) { () throws(TLSError) in try client.write(Array(up.prefix(40_000))) }
            )
            down = down.dropFirst(
                Self.note(&serverFailure) { () throws(TLSError) in try server.write(Array(down.prefix(40_000))) }
            )
            let moved = settleReading()
            read.client += moved.client
            read.server += moved.server
            let isStuck = before == up.count + down.count && moved.client.isEmpty && moved.server.isEmpty
            if isStuck { break }
        }
        return read
    }

    /// Everything that the client can read now.
    mutating func readClient() -> [UInt8] {
        Self.readAll(&client, &clientFailure)
    }

    /// Everything that the server can read now.
    mutating func readServer() -> [UInt8] {
        Self.readAll(&server, &serverFailure)
    }

    private static func readAll(_ engine: inout TLSEngine, _ failure: inout TLSError?) -> [UInt8] {
        var all: [UInt8] = []
        do throws(TLSError) {
            while case let bytes = try engine.read(), !bytes.isEmpty { all += bytes }
        } catch {
            failure = failure ?? error
        }
        return all
    }

    private mutating func carryToServer() -> Bool {
        Self.carry(
            from: &client,
            to: &server,
            &toServer,
            &clientSent,
            &serverFailure,
            cut,
            &generator,
            tamper.map { tamper in { tamper(.client, $0, $1) } }
        )
    }

    private mutating func carryToClient() -> Bool {
        Self.carry(
            from: &server,
            to: &client,
            &toClient,
            &serverSent,
            &clientFailure,
            cut,
            &generator,
            tamper.map { tamper in { tamper(.server, $0, $1) } }
        )
    }

    /// One piece from one end to the other. Returns whether a byte moved.
    private static func carry(
        from sender: inout TLSEngine,
        to receiver: inout TLSEngine,
        _ link: inout ArraySlice<UInt8>,
        _ sent: inout [UInt8],
        _ failure: inout TLSError?,
        _ cut: Cut,
        _ generator: inout SplitMix64,
        _ tamper: ((Int, UInt8) -> UInt8)?
    ) -> Bool {
        if link.isEmpty {
            var drained = sender.drain()
            if let tamper {
                for index in drained.indices { drained[index] = tamper(sent.count + index, drained[index]) }
            }
            sent += drained
            link = drained[...]
        }
        guard !link.isEmpty else { return false }
        let piece = Array(link.prefix(cut.pieceLength(of: link.count, using: &generator)))
        do throws(TLSError) {
            let taken = try receiver.feed(piece)
            link = link.dropFirst(taken)
            return taken > 0
        } catch {
            // The receiver is over; what is on its way is lost, as on a real link.
            failure = failure ?? error
            link = []
            return true
        }
    }

    private static func note(_ failure: inout TLSError?, _ body: () throws(TLSError) -> Int) -> Int {
        do throws(TLSError) { return try body() } catch {
            failure = failure ?? error
            return 0
        }
    }

    /// Where both ends stand: values to compare, as `#expect` takes no engine.
    func outcome() -> Outcome {
        Outcome(
            client: End.Standing(
                state: client.state,
                needs: client.needs,
                summary: client.summary,
                failure: clientFailure,
                decision: client.pendingDecision
            ),
            server: End.Standing(
                state: server.state,
                needs: server.needs,
                summary: server.summary,
                failure: serverFailure,
                decision: server.pendingDecision
            )
        )
    }

    struct Outcome {
        let client: End.Standing
        let server: End.Standing
    }

    /// All of the client's events so far.
    mutating func clientEvents() -> [TLSEvent] {
        var events: [TLSEvent] = []
        while let event = client.nextEvent() { events.append(event) }
        return events
    }

    /// The sessions among all of the client's events so far.
    mutating func clientSessions() -> [TLSSession] {
        clientEvents().compactMap { event in if case .sessionReceived(let session) = event { session } else { nil } }
    }

    /// All of the server's events so far.
    mutating func serverEvents() -> [TLSEvent] {
        var events: [TLSEvent] = []
        while let event = server.nextEvent() { events.append(event) }
        return events
    }
}
