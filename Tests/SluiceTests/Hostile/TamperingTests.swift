import Sluice
import Testing

/// A network that flips bits.
struct TamperingTests {
    /// What nobody authenticates: the minor version in the header of each end's first record, which RFC 8446 §5.1
    /// says to ignore.
    private static let ignoredOffset = 2

    @Test(arguments: TLSVersion.allCases, EnginePair.End.allCases)
    func `a flipped bit is noticed at every byte of every flight`(
        version: TLSVersion,
        sender: EnginePair.End
    ) throws {
        for offset in 0..<(try flightBytes(of: sender, version)) {
            // Another bit at each byte: 5 and 8 have no common factor.
            let flip = Flip(sender: sender, offset: offset, bit: offset * 5 % 8)
            #expect(try isNoticed(flip, version) == (offset != Self.ignoredOffset), "\(flip)")
        }
    }

    @Test(arguments: TLSVersion.allCases, EnginePair.End.allCases)
    func `every flipped bit of the first headers is noticed`(version: TLSVersion, sender: EnginePair.End) throws {
        for offset in 0..<11 {
            for bit in 0..<8 {
                let flip = Flip(sender: sender, offset: offset, bit: bit)
                #expect(try isNoticed(flip, version) == (offset != Self.ignoredOffset), "\(flip)")
            }
        }
    }

    @Test(arguments: TLSVersion.allCases, EnginePair.End.allCases)
    func `a flipped bit is noticed at every byte of data and close`(
        version: TLSVersion,
        sender: EnginePair.End
    ) throws {
        for offset in 0..<60 {
            var pair = try ContextPair.shared(version).pair()
            pair.settle()
            let begin = pair.sent(by: sender).count
            pair.flip(Flip(sender: sender, offset: begin + offset, bit: offset * 5 % 8))
            let data: [UInt8] = [1, 2, 3]
            try pair[sender].write(data)
            try pair[sender].close()
            let arrived = pair.settleReading()
            let read = sender == .client ? arrived.server : arrived.client
            let length = pair.sent(by: sender).count - begin
            guard offset < length else { break }
            let failure = try end(&pair[sender.other], pair.failure(of: sender.other))
            #expect(failure.fault == .peer || failure.code == .truncated, "offset \(offset): \(failure)")
            // Whole, and only if the record before close_notify is the one that was left alone.
            #expect(read.isEmpty || read == data && offset > length / 2, "offset \(offset): \(read)")
        }
    }

    /// How many bytes one end sends until nothing moves, at most.
    private func flightBytes(of end: EnginePair.End, _ version: TLSVersion) throws -> Int {
        var pair = try ContextPair.shared(version).pair()
        pair.settle()
        return pair.sent(by: end).count
    }

    /// Runs a connection on the altering network to its end.
    ///
    /// - Returns: Whether it failed at both ends. Otherwise both are established and exchanged data.
    private func isNoticed(_ flip: Flip, _ version: TLSVersion) throws -> Bool {
        var pair = try ContextPair.shared(version).pair()
        pair.flip(flip)
        let turns = pair.settle(turnsMax: 1000)
        #expect(turns < 1000, "\(flip): a livelock")
        if pair.client.isEstablished, pair.server.isEstablished {
            let read = pair.exchange(fromClient: [1], fromServer: [2])
            if read.client == [2], read.server == [1] { return false }
            #expect(read.client.isEmpty && read.server.isEmpty || flip.isLate(in: pair), "\(flip): \(read)")
        }
        for side in EnginePair.End.allCases {
            let failure = try end(&pair[side], pair.failure(of: side))
            #expect(failure.code != .internalFailure && failure.fault != .internal, "\(flip): \(failure)")
            #expect(failure.fault == .peer || failure.code == .truncated, "\(flip): \(failure)")
            guard failure.alert?.sender == .local else { continue }
            let sent = pair.sent(by: side) + pair[side].drain()
            #expect(endsWithAlert(sent), "\(flip): \(failure)")
        }
        return true
    }

    /// Ends the bytes to an engine that may have failed already. Returns its error.
    private func end(_ engine: inout TLSEngine, _ first: TLSError?) throws -> TLSError {
        var failure = first
        do throws(TLSError) {
            try engine.feedEOF()
            _ = try engine.read()
        } catch {
            #expect(failure == nil || failure == error)
            failure = error
        }
        let error = try #require(failure)
        expectFailed(&engine, with: error)
        return error
    }
}

/// One bit of what one end sends.
private struct Flip: CustomStringConvertible {
    let sender: EnginePair.End
    let offset: Int
    let bit: Int

    var description: String { "bit \(bit) of byte \(offset) from the \(sender)" }

    /// Whether it hits what came after the handshake: the server's tickets.
    func isLate(in pair: borrowing EnginePair) -> Bool {
        sender == .server && offset > pair.serverSent.count / 2
    }
}

extension EnginePair {
    fileprivate mutating func flip(_ flip: Flip) {
        tamper = { end, offset, byte in
            end == flip.sender && offset == flip.offset ? byte ^ (1 << UInt8(flip.bit)) : byte
        }
    }
}
