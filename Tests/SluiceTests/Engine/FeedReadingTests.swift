import Fixtures
import Sluice
import SluiceOpenSSL
import SluiceSimulation
import Testing

/// `feed(_:reading:)` beside `feed` and `read`: two servers with one seed, of which each takes the same bytes in its way.
struct FeedReadingTests {
    @Test(arguments: TLSVersion.allCases, UInt64(0)..<60)
    func `comes to the same as feed and read`(version: TLSVersion, seed: UInt64) throws {
        var generator = SplitMix64(seed: seed)
        var servers = try Servers.established(version)
        var ciphertext: [UInt8] = []
        for _ in 0..<Int.random(in: 1...12, using: &generator) {
            _ = try servers.client.write(generator.bytes(Int.random(in: 0...20_000, using: &generator)))
            if Int.random(in: 0..<4, using: &generator) == 0 { _ = try servers.client.updateKeys(requestingPeer: true) }
            ciphertext += servers.client.drain()
        }
        if Bool.random(using: &generator) {
            try servers.client.close()
            ciphertext += servers.client.drain() + generator.bytes(Int.random(in: 0...3000, using: &generator))
        }
        if Int.random(in: 0..<3, using: &generator) == 0 {
            ciphertext[Int.random(in: ciphertext.indices, using: &generator)] ^= 1
        }
        while !ciphertext.isEmpty {
            let piece = Array(ciphertext.prefix(Int.random(in: 1...30_000, using: &generator)))
            ciphertext.removeFirst(piece.count)
            let capacity = Int.random(in: 1...40_000, using: &generator)
            servers.take(piece, capacity: capacity)
            servers.expectSame("seed \(seed)")
        }
        servers.takeEnd()
        servers.expectSame("seed \(seed), at the end")
    }

    @Test func `a recorder hears of a feed and a read`() throws {
        let heard = HeardCalls()
        var servers = try Servers.established(.tls13, recorder: heard)
        heard.calls = []
        _ = try servers.client.write([1, 2, 3])
        let ciphertext = servers.client.drain()
        servers.take(ciphertext, capacity: 100)
        let verbs = heard.calls.map { call in
            switch call.verb {
            case .feed: "feed"
            case .read: "read"
            default: "\(call.verb)"
            }
        }
        // The second time there is nothing.
        #expect(verbs == ["feed", "read", "feed", "read"])
        #expect(heard.calls.map(\.outcome) == [.count(ciphertext.count), .bytes([1, 2, 3]), .count(0), .bytes([])])
    }

    @Test func `a full buffer keeps the rest`() throws {
        var servers = try Servers.established(.tls13)
        _ = try servers.client.write([1, 2, 3])
        let ciphertext = servers.client.drain()
        servers.take(ciphertext, capacity: 2)
        servers.expectSame("in pieces of two")
        #expect(servers.plaintext == [1, 2, 3])
    }
}

/// Two servers that are the same, but for how they are fed, and their client.
private struct Servers: ~Copyable {
    var client: TLSEngine
    private var plain: TLSEngine
    private var combined: TLSEngine
    private var read: [UInt8] = []
    /// What the one that is fed and read in one has given.
    private(set) var plaintext: [UInt8] = []
    private var failures: (plain: TLSError?, combined: TLSError?)

    static func established(_ version: TLSVersion, recorder: (any TLSRecorder)? = nil) throws -> Servers {
        let seed = RandomSeed(dangerouslyPredictable: 7)
        let context = try TLSContext(TLSServerConfiguration.fixture(version), seed: seed)
        var servers = Servers(
            client: try TLSEngine(
                TLSContext(TLSClientConfiguration.fixture(version), seed: seed),
                seed: RandomSeed(dangerouslyPredictable: 1),
                time: .fixture
            ),
            plain: try TLSEngine(context, seed: RandomSeed(dangerouslyPredictable: 2), time: .fixture),
            combined: try TLSEngine(
                context,
                seed: RandomSeed(dangerouslyPredictable: 2),
                time: .fixture,
                recorder: recorder
            )
        )
        for _ in 0..<10 {
            servers.take(servers.client.drain(), capacity: 1000)
            try servers.client.feed(servers.drain())
        }
        return servers
    }

    private init(client: consuming TLSEngine, plain: consuming TLSEngine, combined: consuming TLSEngine) {
        self.client = client
        self.plain = plain
        self.combined = combined
    }

    /// Gives both the same bytes, each in its way, until they take no more.
    mutating func take(_ bytes: [UInt8], capacity: Int) {
        takePlain(bytes)
        takeCombined(bytes, capacity)
    }

    private mutating func takePlain(_ bytes: [UInt8]) {
        do throws(TLSError) {
            var rest = bytes[...]
            for _ in 0..<1000 {
                let taken = try plain.feed(Array(rest))
                rest = rest.dropFirst(taken)
                let piece = try plain.read()
                read += piece
                if taken == 0, piece.isEmpty { return }
            }
        } catch {
            failures.plain = failures.plain ?? error
        }
    }

    private mutating func takeCombined(_ bytes: [UInt8], _ capacity: Int) {
        do throws(TLSError) {
            var rest = bytes[...]
            for _ in 0..<100_000 {
                var taken = 0
                let piece = try [UInt8](bytesMax: capacity) { output throws(TLSError) in
                    taken = try Array(rest).withRawSpan { bytes throws(TLSError) in
                        try combined.feed(bytes, reading: &output)
                    }
                }
                rest = rest.dropFirst(taken)
                plaintext += piece
                if taken == 0, piece.isEmpty { return }
            }
        } catch {
            failures.combined = failures.combined ?? error
        }
    }

    mutating func takeEnd() {
        for _ in 0..<2 {
            do throws(TLSError) { try plain.feedEOF() } catch { failures.plain = failures.plain ?? error }
            do throws(TLSError) { try combined.feedEOF() } catch { failures.combined = failures.combined ?? error }
            take([], capacity: 1000)
        }
    }

    /// What both have to send, which is the same.
    mutating func drain() -> [UInt8] {
        let (one, other) = (plain.drain(), combined.drain())
        #expect(one == other)
        return one
    }

    mutating func expectSame(_ words: Comment) {
        #expect(read == plaintext, words)
        #expect(failures.plain == failures.combined, words)
        #expect(plain.state == combined.state && plain.needs == combined.needs, words)
        // How many bytes behind a bad record were taken is of no interest.
        if failures.plain == nil { #expect(plain.counters == combined.counters, words) }
        #expect(drain().count <= 17 * 1024, words)
    }
}

/// A recorder that keeps what it is told.
private final class HeardCalls: TLSRecorder, @unchecked Sendable {
    var calls: [TLSCall] = []

    func begin(_ beginning: TLSBeginning) {}

    func record(_ call: TLSCall) { calls.append(call) }
}
