import NIOCore
import NIOEmbedded
import Sluice
import SluiceNIO
import Testing

/// Both ends do anything at any time, as a number says.
struct DisorderTests {
    @Test(arguments: TLSVersion.allCases, UInt64(0)..<8)
    func `what is read was written, and every promise ends`(version: TLSVersion, seed: UInt64) throws {
        let pair = try EmbeddedPair(version)
        var random = SplitMix(state: seed)
        let ends = [Busy(pair.client), Busy(pair.server)]
        try pair.connect()
        for _ in 0..<150 {
            let isClient = random.next(below: 2) == 0
            try step(isClient ? ends[0] : ends[1], to: isClient ? pair.server : pair.client, &random)
        }
        for end in ends {
            end.end.channel.isWritable = true
            end.end.channel.pipeline.fireChannelWritabilityChanged()
            end.end.channel.flush()
        }
        try ends[0].carry(.max, to: pair.server)
        try ends[1].carry(.max, to: pair.client)
        try pair.settle()
        pair.loop.advanceTime(by: .minutes(1))
        for end in ends { end.end.channel.close(promise: nil) }
        try pair.settle()
        pair.loop.advanceTime(by: .minutes(1))
        for (end, peer) in [(ends[0], ends[1]), (ends[1], ends[0])] {
            #expect(!end.end.channel.isActive)
            #expect(end.outcomes.filter { $0.result == nil }.isEmpty)
            // Where an end gave up waiting for TLS to stop, what is left of it passes as it is.
            let isStopped = end.isStopped || peer.isStopped
            #expect(isStopped || peer.written.starts(with: end.end.journal.plaintext))
        }
    }

    private func step(_ busy: Busy, to peer: EmbeddedEnd, _ random: inout SplitMix) throws {
        let channel = busy.end.channel
        switch random.next(below: 100) {
        case 0..<30: busy.write(random.next(below: 3) == 0 ? random.next(below: 30_000) : random.next(below: 20))
        case 30..<50: channel.flush()
        case 50..<90: try busy.carry(random.next(below: 20_000), to: peer)
        case 90..<97:
            channel.isWritable.toggle()
            channel.pipeline.fireChannelWritabilityChanged()
        case 97: if random.next(below: 10) == 0 { busy.note(channel.close()) }
        case 98:
            guard random.next(below: 10) == 0 else { return }
            let promise = channel.eventLoop.makePromise(of: Void.self)
            busy.note(promise.futureResult)
            busy.isStopped = true
            busy.end.handler.stopTLS(promise: promise)
        default: channel.embeddedEventLoop.advanceTime(by: .milliseconds(Int64(random.next(below: 500))))
        }
    }
}

/// One end, with what it has done.
private final class Busy {
    let end: EmbeddedEnd
    private(set) var written: [UInt8] = []
    var isStopped = false
    private(set) var outcomes: [Outcome] = []
    private var onWire: [UInt8] = []

    init(_ end: EmbeddedEnd) { self.end = end }

    func write(_ count: Int) {
        guard end.channel.isActive else { return }
        let bytes = (0..<count).map { UInt8(truncatingIfNeeded: written.count + $0) }
        written += bytes
        note(end.channel.write(ByteBuffer(bytes: bytes)))
    }

    func note(_ future: EventLoopFuture<Void>) { outcomes.append(end.outcome(of: future)) }

    func carry(_ count: Int, to peer: EmbeddedEnd) throws {
        onWire += try end.takeCiphertext()
        let part = Array(onWire.prefix(count))
        onWire.removeFirst(part.count)
        if !part.isEmpty { peer.receive(part) }
    }
}

/// Numbers that follow from a seed.
private struct SplitMix {
    var state: UInt64

    mutating func next(below bound: Int) -> Int {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return Int((z ^ (z >> 31)) % UInt64(bound))
    }
}
