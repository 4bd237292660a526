import Fixtures
import Sluice
import SluiceReplay
import SluiceSimulation

/// Two recorded engines and an owner of both that does anything at all that owners may do, by a seed.
struct RandomTalk {
    private var generator: SplitMix64
    private let files = (client: MemoryFile(), server: MemoryFile())
    private let noise: Int
    private let time: UnixTime

    /// A journal with what the engine looked like at its end.
    struct Recording {
        let bytes: [UInt8]
        let standing: Standing
        let session: TLSSession?
    }

    /// All that can be seen of an engine.
    struct Standing: Hashable {
        let state: TLSEngine.State
        let needs: TLSEngine.Needs
        let counters: TLSCounters
        let counts: [Int]
        let decision: TLSDecision?

        init(of engine: borrowing TLSEngine) {
            state = engine.state
            needs = engine.needs
            counters = engine.counters
            counts = [
                engine.wantedByteCount, engine.drainableByteCount, engine.feedableByteCount, engine.readableByteCount,
                engine.writableByteCount,
            ]
            decision = engine.pendingDecision
        }
    }

    init(seed: UInt64, after seconds: Int64 = 0) {
        generator = SplitMix64(seed: seed)
        noise = generator.below(3) == 0 ? 40 : .max
        time = UnixTime(secondsSince1970: Fixtures.now + seconds)
    }

    /// Both ends' recordings of a talk of so many turns.
    mutating func recordings(turns: Int, resuming session: TLSSession? = nil) throws -> [Recording] {
        let secret = RandomSeed(dangerouslyPredictable: 7)
        let configurations = RandomConfigurations(using: &generator)
        var client = try TLSEngine(
            TLSContext(configurations.client, seed: secret),
            resuming: session,
            seed: secret.derived(for: "client \(generator.next())"),
            time: time,
            recorder: JournalRecorder(recordedBy: "a test", writingTo: files.client.append)
        )
        var server = try TLSEngine(
            TLSContext(configurations.server, seed: secret),
            seed: secret.derived(for: "server \(generator.next())"),
            time: time,
            recorder: JournalRecorder(recordedBy: "a test", writingTo: files.server.append)
        )
        var (toClient, toServer): ([UInt8], [UInt8]) = ([], [])
        for turn in 0..<turns {
            let isGentle = turn < turns / 3
            take(&client, sends: &toServer, receives: &toClient, isGentle)
            take(&server, sends: &toClient, receives: &toServer, isGentle)
        }
        while client.nextEvent() != nil {}
        while server.nextEvent() != nil {}
        return try [
            Recording(
                bytes: files.client.bytes,
                standing: Standing(of: client),
                session: lastSession(files.client.bytes)
            ),
            Recording(bytes: files.server.bytes, standing: Standing(of: server), session: nil),
        ]
    }

    private func lastSession(_ bytes: [UInt8]) throws -> TLSSession? {
        let entries = try Journal(parsing: bytes).entries
        return entries.compactMap {
            if case .event(.sessionReceived(let session)) = $0.call.outcome { session } else { nil }
        }
        .last
    }

    /// An owner's next few moves. A gentle one carries bytes and answers, so that handshakes get somewhere.
    private mutating func take(
        _ engine: inout TLSEngine,
        sends: inout [UInt8],
        receives: inout [UInt8],
        _ isGentle: Bool
    ) {
        switch generator.below(isGentle ? 8 : 24) {
        case 0...2: feed(&engine, &receives)
        case 3...5: sends += drain(&engine)
        case 6: answer(&engine, isGentle)
        case 7: _ = engine.nextEvent()
        case 8...11: try? _ = engine.write(generator.bytes(size()))
        case 12...14: read(&engine)
        case 15: _ = engine.hibernate()
        case 16, 17: _ = try? engine.updateKeys(requestingPeer: generator.below(2) == 0)
        case 18: engine.setTime(UnixTime(secondsSince1970: moment()))
        case 19: _ = engine.takeLeftover()
        case 20 where generator.below(6) == 0: try? engine.close()
        case 21 where generator.below(20) == 0: try? engine.feedEOF()
        case 22: answer(&engine, isGentle)
        default: (sends, receives) = (disturbed(sends), receives)
        }
    }

    private mutating func feed(_ engine: inout TLSEngine, _ bytes: inout [UInt8]) {
        let piece = Array(bytes.prefix(size()))
        var taken = 0
        switch generator.below(4) {
        case 0, 1: taken = (try? engine.feed(piece)) ?? piece.count
        case 2:
            taken = engine.feed { output in
                for byte in piece.prefix(output.freeCapacity) { output.append(byte) }
            }
        default:
            let part = generator.below(piece.count + 1)
            let before = engine.counters.ciphertextBytesReceived
            _ = try? engine.feed { output throws(Broken) in
                for byte in piece.prefix(min(part, output.freeCapacity)) { output.append(byte) }
                throw Broken()
            }
            taken = Int(engine.counters.ciphertextBytesReceived - before)
        }
        bytes.removeFirst(min(taken, bytes.count))
    }

    private mutating func drain(_ engine: inout TLSEngine) -> [UInt8] {
        let countMax = size()
        switch generator.below(4) {
        case 0: return engine.drain()
        case 1: return engine.drain(atMost: countMax)
        case 2:
            return [UInt8](capacity: countMax) { output in _ = engine.drain(into: &output) }
        default:
            var bytes: [UInt8] = []
            _ = engine.drain { span in
                for index in 0..<min(countMax, span.byteCount) {
                    bytes.append(span.unsafeLoad(fromByteOffset: index, as: UInt8.self))
                }
                return bytes.count
            }
            return bytes
        }
    }

    private mutating func read(_ engine: inout TLSEngine) {
        let countMax = size()
        if generator.below(2) == 0 {
            _ = try? engine.read(atMost: countMax)
        } else {
            _ = [UInt8](capacity: countMax) { output in _ = try? engine.read(into: &output) }
        }
    }

    private mutating func answer(_ engine: inout TLSEngine, _ isGentle: Bool) {
        let choice = generator.below(isGentle ? 2 : 4)
        switch engine.pendingDecision {
        case .clientHello: try? engine.resolve(RandomConfigurations.clientHelloAnswer(choice))
        case .clientIdentity: try? engine.resolve(choice == 0 ? .presentNone : .present(.fixture(Fixtures.client)))
        case .peerCertificate: try? engine.resolve(choice == 3 ? .reject(.unknownCA) : PeerCertificateAnswer.accept)
        case nil: break
        }
    }

    /// What a bad network makes of bytes.
    private mutating func disturbed(_ bytes: [UInt8]) -> [UInt8] {
        var bytes = bytes
        guard noise < .max, generator.below(noise) == 0, !bytes.isEmpty else { return bytes }
        switch generator.below(3) {
        case 0: bytes[generator.below(bytes.count)] ^= 1 << UInt8(generator.below(8))
        case 1: bytes.removeLast(generator.below(bytes.count))
        default: bytes += generator.bytes(generator.below(300))
        }
        return bytes
    }

    /// From none and slivers to more than any ring.
    private mutating func size() -> Int {
        switch generator.below(8) {
        case 0: 0
        case 1: 1
        case 2: generator.below(10)
        case 3, 4: generator.below(600)
        case 5: generator.below(5000)
        default: generator.below(60_000)
        }
    }

    private mutating func moment() -> Int64 {
        switch generator.below(12) {
        case 0: .min
        case 1: .max
        case 2: 0
        default: time.secondsSince1970 + Int64(generator.below(20_000)) - 5000
        }
    }

    private struct Broken: Error {}
}

extension SplitMix64 {
    /// A number below another.
    mutating func below(_ bound: Int) -> Int { Int(next() % UInt64(bound)) }

    /// So many bytes.
    mutating func bytes(_ count: Int) -> [UInt8] { (0..<count).map { _ in UInt8(truncatingIfNeeded: next()) } }
}

extension [UInt8] {
    /// What is put in a span with room for so many bytes.
    fileprivate init(capacity: Int, _ fill: (inout OutputRawSpan) -> Void) {
        self.init(unsafeUninitializedCapacity: capacity) { buffer, initializedCount in
            let raw = UnsafeMutableRawBufferPointer(buffer)
            var output = OutputRawSpan(buffer: raw, initializedCount: 0)
            fill(&output)
            initializedCount = output.finalize(for: raw)
        }
    }
}
