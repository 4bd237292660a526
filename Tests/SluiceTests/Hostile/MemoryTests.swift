import Fixtures
import Foundation
import Sluice
import Testing

/// What connections leave behind: nothing. Measured in processes of their own, where no other test allocates.
@Suite(.enabled(if: !isSanitized, "a sanitizer keeps freed memory, so that the process grows by itself"))
struct MemoryTests {
    @Test func `10000 handshakes leave no memory behind`() async {
        await #expect(processExitsWith: .success) {
            try expectFlatMemory(blocks: 5, rounds: 1000) { contexts, round in
                var pair = try contexts.pair()
                pair.settle()
                let read = pair.exchange(fromClient: [1, 2, 3], fromServer: [4, 5, 6])
                try #require(read.client == [4, 5, 6] && read.server == [1, 2, 3])
                // Half of the connections are closed, half are dropped.
                guard round.isMultiple(of: 2) else { return }
                try pair.client.close()
                try pair.server.close()
                pair.settle()
            }
        }
    }

    @Test func `failed handshakes leave no memory behind`() async {
        await #expect(processExitsWith: .success) {
            try expectFlatMemory(blocks: 5, rounds: 300) { contexts, round in
                var pair = try contexts.pair()
                pair.tamper = { _, offset, byte in offset == 5 * round ? byte ^ 4 : byte }
                pair.settle()
                _ = pair.exchange(fromClient: [1], fromServer: [2])
            }
        }
    }

    @Test func `connections that talk little hold little, and those that sleep less`() async {
        await #expect(processExitsWith: .success) {
            // With large rings and libssl's buffers kept it is 97 KiB and more.
            let awake = try bytesPerPair { _ in }
            try expect(awake, notMoreThan: 68 * 1024)
            let asleep = try bytesPerPair { try #require($0.client.hibernate() && $0.server.hibernate()) }
            try expect(asleep, notMoreThan: 54 * 1024)
        }
    }

    @Test func `a peer's tickets are not kept without end for an owner that pulls no events`() async {
        await #expect(processExitsWith: .success) {
            var peer = try ForgedPeer(against: .client, .tls13)
            // Lifetime, age, nonce, the longest ticket that a record holds, no extensions.
            func ticket(_ number: Int) -> [UInt8] {
                let ticket = bigEndian(number, 4) + [UInt8](repeating: 7, count: 16_000)
                let body =
                    bigEndian(3600, 4) + bigEndian(1, 4) + [1, 1] + bigEndian(ticket.count, 2) + ticket + [0, 0]
                return [4] + bigEndian(body.count, 3) + body
            }
            var before = 0
            for number in 0..<1500 {
                if number == 500 { before = residentBytes() }
                try peer.engine.feed(peer.seal(22, ticket(number)))
            }
            try expect(residentBytes(), notMoreThan: before + 2_000_000)
            var kept = 0
            var dropped = 0
            while let event = peer.engine.nextEvent() {
                switch event {
                case .sessionReceived: kept += 1
                case .eventsDropped(let count): dropped += count
                default: break
                }
            }
            try #require(kept == TLSLimits.sessionEventsMax && kept + dropped == 1500)
        }
    }
}

/// Resident bytes of each pair, of many that have exchanged 1 KiB each way, with what the pair's link keeps.
private func bytesPerPair(_ rest: (inout EnginePair) throws -> Void) throws -> Int {
    let contexts = try ContextPair(.tls13)
    let message = [UInt8](repeating: 1, count: 1024)
    var pairs: [PairBox] = []
    var before = 0
    for count in 0..<500 {
        if count == 100 { before = residentBytes() }
        let box = PairBox(try contexts.pair())
        let read = box.pair.exchange(fromClient: message, fromServer: message)
        try #require(read.client == message && read.server == message)
        _ = (box.pair.clientEvents(), box.pair.serverEvents())
        try rest(&box.pair)
        pairs.append(box)
    }
    return (residentBytes() - before) / (pairs.count - 100)
}

/// A pair that can stand in an array.
private final class PairBox {
    var pair: EnginePair

    init(_ pair: consuming EnginePair) { self.pair = pair }
}

/// Runs connections of both versions in blocks, and expects the process to be no larger after the last block than
/// after the first.
private func expectFlatMemory(
    blocks: Int,
    rounds: Int,
    _ body: (ContextPair, Int) throws -> Void
) throws {
    let contexts = [try ContextPair(.tls12), try ContextPair(.tls13)]
    var marks: [Int] = []
    for _ in 0..<blocks {
        for round in 0..<rounds {
            for contexts in contexts { try body(contexts, round) }
        }
        marks.append(residentBytes())
    }
    // 100 bytes lost in each connection would be 800 KB.
    try expect(marks.last ?? 0, notMoreThan: (marks.first ?? 0) + 400_000)
}

private func expect(_ bytes: Int, notMoreThan limit: Int) throws {
    try #require(bytes <= limit, "\(bytes)")
}

/// The process's resident memory, by Linux's `/proc/self/statm`; 0 elsewhere.
private func residentBytes() -> Int {
    guard let words = try? String(contentsOfFile: "/proc/self/statm", encoding: .utf8).split(separator: " "),
        words.count > 1, let pages = Int(words[1])
    else { return 0 }
    return pages * Int(getpagesize())
}

/// Whether the address or the thread sanitizer is linked in.
private var isSanitized: Bool {
    dlsym(nil, "__asan_init") != nil || dlsym(nil, "__tsan_init") != nil
}
