import Sluice
import Testing

/// Bytes that end where they shouldn't, and where they may.
struct TruncationTests {
    @Test(arguments: TLSVersion.allCases, EnginePair.End.allCases)
    func `an end of file at every byte of the handshake is truncation`(
        version: TLSVersion,
        receiver: EnginePair.End
    ) throws {
        let contexts = try ContextPair.shared(version)
        let flightBytes = try EnginePair.established(contexts).sent(by: receiver.other).count
        for limit in 0..<flightBytes {
            var pair = try contexts.pair()
            let failure = cut(&pair, to: receiver, after: limit)
            let error = try #require(failure, "byte \(limit)")
            #expect(error.code == .truncated && error.fault == .transport, "byte \(limit): \(error)")
            let isEstablished = pair[receiver].isEstablished
            #expect(error.isDuringHandshake == !isEstablished, "byte \(limit)")
            // libssl answers with decode_error.
            let drained = pair[receiver].drain()
            #expect(error.alert == TLSError.Alert(.decodeError, sentBy: .local) && !drained.isEmpty)
            expectFailed(&pair[receiver], with: error)
        }
    }

    /// Carries all that one end sends, and of what the other one sends only the first bytes; then ends the file.
    private func cut(_ pair: inout EnginePair, to receiver: EnginePair.End, after limit: Int) -> TLSError? {
        var rest = limit
        return failure { () throws(TLSError) in
            for _ in 0..<20 {
                let answer = pair[receiver].drain()
                let cut = pair[receiver.other].drain(atMost: rest)
                rest -= cut.count
                if answer.isEmpty, cut.isEmpty { break }
                try pair[receiver.other].feed(answer)
                try pair[receiver].feed(cut)
            }
            try pair[receiver].feedEOF()
        }
    }

    @Test(arguments: TLSVersion.allCases, EnginePair.End.allCases)
    func `an end of file gives the data before it, then says what is missing`(
        version: TLSVersion,
        receiver: EnginePair.End
    ) throws {
        let contexts = try ContextPair.shared(version)
        var total = 1
        var limit = 0
        while limit <= total {
            defer { limit += 1 }
            var pair = try EnginePair.established(contexts)
            try pair[receiver.other].write(Array("first".utf8))
            try pair[receiver.other].write(Array("second".utf8))
            try pair[receiver.other].close()
            let stream = pair[receiver.other].drain()
            total = stream.count
            let whole = Self.countOfWholeRecords(in: stream.prefix(limit))
            let expected = Array(["", "first", "firstsecond", "firstsecond"][whole].utf8)

            try pair[receiver].feed(Array(stream.prefix(limit)))
            var thrown = failure { () throws(TLSError) in try pair[receiver].feedEOF() }
            #expect((thrown == nil) == (whole > 0), "byte \(limit)")
            var read: [UInt8] = []
            for _ in 0..<10 where thrown == nil {
                // Reads of 4 bytes end inside records.
                thrown = failure { () throws(TLSError) in read += try pair[receiver].read(atMost: 4) }
            }
            #expect(read == expected, "byte \(limit)")
            guard whole < 3 else {
                let state = pair[receiver].state
                #expect(thrown == nil && state == .closedByPeer)
                continue
            }
            let error = try #require(thrown, "byte \(limit)")
            #expect(error.code == .truncated && error.fault == .transport && !error.isDuringHandshake)
            expectFailed(&pair[receiver], with: error)
        }
    }

    private static func countOfWholeRecords(in stream: ArraySlice<UInt8>) -> Int {
        var count = 0
        var rest = stream
        while rest.count >= WireRecord.headerBytes {
            let length = Int(rest[rest.startIndex + 3]) << 8 | Int(rest[rest.startIndex + 4])
            guard rest.count >= WireRecord.headerBytes + length else { break }
            rest = rest.dropFirst(WireRecord.headerBytes + length)
            count += 1
        }
        return count
    }

    @Test(arguments: TLSVersion.allCases, EnginePair.End.allCases)
    func `an end of file after close_notify is clean`(version: TLSVersion, receiver: EnginePair.End) throws {
        var pair = try EnginePair.established(.shared(version))
        try pair[receiver.other].write(Array("last".utf8))
        try pair[receiver.other].close()
        try pair[receiver].feed(pair[receiver.other].drain())
        try pair[receiver].feedEOF()
        // The file has ended, the plaintext hasn't.
        #expect(try pair[receiver].read() == Array("last".utf8))
        try pair[receiver].feedEOF()
        #expect(try pair[receiver].feed([1, 2, 3]) == 0)
        var state = pair[receiver].state
        let needs = pair[receiver].needs
        #expect(state == .closedByPeer && needs == .nothing)
        // Half a connection is left, RFC 8446 §6.1.
        #expect(try pair[receiver].write(Array("answer".utf8)) == 6)
        try pair[receiver].close()
        state = pair[receiver].state
        #expect(state == .closed)
        pair.settle()
        #expect(pair.failure(of: receiver) == nil && pair.failure(of: receiver.other) == nil)
    }

    @Test(arguments: TLSVersion.allCases)
    func `nothing is taken after the end of the file`(version: TLSVersion) throws {
        var pair = try EnginePair.established(.shared(version))
        try pair.client.write(Array("kept".utf8))
        try pair.server.feed(pair.client.drain())
        try pair.server.feedEOF()
        try pair.client.write(Array("late".utf8))
        #expect(try pair.server.feed(pair.client.drain()) == 0)
        let lent = pair.server.feed { span in #expect(span.freeCapacity == 0) }
        #expect(lent == 0)
        #expect(try pair.server.read() == Array("kept".utf8))
        expect(.truncated) { try pair.server.read() }
    }

    @Test(arguments: TLSVersion.allCases)
    func `an end of file waits for the room that its alert needs`(version: TLSVersion) throws {
        var pair = try EnginePair.established(.init(version, ringCapacity: TLSLimits.ringCapacityMin))
        while try pair.server.write([UInt8](repeating: 1, count: 100)) > 0 {}
        if version == .tls13 { while try pair.server.updateKeys(requestingPeer: false) {} }
        _ = failure { () throws(TLSError) in try pair.server.feedEOF() }
        var drained: [UInt8] = []
        for _ in 0..<10 { drained += pair.server.drain(atMost: 300) }
        let thrown = failure { () throws(TLSError) in _ = try pair.server.read() }
        let error = try #require(thrown)
        #expect(error.code == .truncated && error.alert == TLSError.Alert(.decodeError, sentBy: .local))
        let records = try #require(WireRecord.all(in: drained))
        #expect(try #require(records.last).isAlertLike)
    }

    @Test(arguments: EnginePair.End.allCases)
    func `nothing at all, then the end of the file`(end: EnginePair.End) throws {
        for version in TLSVersion.allCases {
            var engine = try ContextPair.shared(version).engine(end)
            let thrown = failure { () throws(TLSError) in try engine.feedEOF() }
            let error = try #require(thrown)
            #expect(error.code == .truncated && error.isDuringHandshake)
            expectFailed(&engine, with: error)
        }
    }
}
