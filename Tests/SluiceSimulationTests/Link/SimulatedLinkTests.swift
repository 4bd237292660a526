import Sluice
import SluiceSimulation
import Testing

/// Two engines with a network between them.
struct SimulatedLinkTests {
    private static let bytes = (0..<50_000).map { UInt8(truncatingIfNeeded: $0 * 31) }

    @Test(arguments: [LinkConditions.perfect, .broadband, .satellite])
    func `what one end writes the other reads, however the network is`(conditions: LinkConditions) throws {
        var link = try SimulatedLink.plain(toServer: conditions, toClient: conditions)
        try link.settle()
        var (written, read): (Int, [UInt8]) = (0, [])
        while read.count < Self.bytes.count {
            written += try link.client.write(Array(Self.bytes.dropFirst(written)))
            try link.settle()
            read += try link.server.read(atMost: .max)
        }
        #expect(read == Self.bytes)
    }

    @Test func `time passes on the link alone, as its conditions say`() throws {
        var conditions = LinkConditions.perfect
        conditions.latency = .seconds(10)
        var link = try SimulatedLink.plain(toServer: conditions, toClient: conditions)
        try link.settle()
        // ClientHello, the server's flight, the client's Finished, tickets.
        let now = link.now
        #expect(now == .seconds(40))
    }

    @Test func `both ends close, and the link ends`() throws {
        var link = try SimulatedLink.plain(toServer: .broadband, toClient: .satellite)
        try link.settle()
        try link.client.close()
        try link.settle()
        try link.server.close()
        try link.settle()
        let (client, server) = (link.client.state, link.server.state)
        #expect(client == .closed && server == .closed)
        #expect(link.failures.client == nil && link.failures.server == nil)
    }

    @Test func `an engine that isn't read stops its peer, not the link`() throws {
        var conditions = LinkConditions.perfect
        conditions.bytesInFlightMax = 2000
        var link = try SimulatedLink.plain(toServer: conditions)
        try link.settle()
        var written = 0
        while case let count = try link.client.write(Self.bytes), count > 0 {
            written += count
            try link.settle()
        }
        let inFlight = link.inFlightByteCount(from: .client)
        let drainable = link.client.drainableByteCount
        #expect(inFlight == 2000 && drainable > 0 && written < 100_000)
        let read = try link.server.read(atMost: 1000)
        #expect(read == Array(Self.bytes.prefix(1000)))
    }

    @Test func `more pieces than a link may take are a livelock, told with its seed`() throws {
        var link = try SimulatedLink.plain(toServer: .serialLine, seed: 77)
        var failure: SimulationFailure?
        do { try link.settle(stepsMax: 100) } catch { failure = error }
        #expect(failure?.invariant == .progressIsMade)
        #expect(failure?.seed == 77)
        #expect(failure?.description.contains("seed 77") == true)
    }

    @Test(arguments: Fault.allCases.filter { $0 != .earlyClose }, UInt64(0)..<8)
    func `each fault alone ends the connection with an error, and what was read before is intact`(
        fault: Fault,
        seed: UInt64
    ) throws {
        var conditions = LinkConditions.perfect
        conditions[fault] = 1
        var link = try SimulatedLink.plain(toServer: conditions, seed: seed)
        try link.settle()
        var (written, read): (Int, [UInt8]) = (0, [])
        // Beyond the last offset at which a fault can be.
        while link.faults(to: .client).isEmpty, written < 100_000 {
            written += try link.client.write(Self.bytes)
            try link.settle()
            while let bytes = try? link.server.read(), !bytes.isEmpty { read += bytes }
        }
        #expect(link.faults(to: .client) == [fault] && link.faults(to: .server) == [])
        // A damaged length may let the server wait for what never comes.
        try? link.server.feedEOF()
        while let bytes = try? link.server.read(), !bytes.isEmpty { read += bytes }
        #expect((Self.bytes + Self.bytes + Self.bytes).starts(with: read))
        let code = code(of: link.server.state)
        if fault == .truncation {
            #expect(code == .truncated)
        } else {
            #expect(code != nil && code != .internalFailure)
        }
    }

    @Test(arguments: UInt64(0)..<6)
    func `an owner that closes early ends its stream, not the peer's`(seed: UInt64) throws {
        var conditions = LinkConditions.perfect
        conditions.earlyClose = 1
        var link = try SimulatedLink.plain(toServer: conditions, seed: seed)
        try link.settle()
        while link.client.state == .open {
            _ = try link.client.write(Self.bytes)
            try link.settle()
            while try !link.server.read().isEmpty {}
        }
        try link.settle()
        let (client, server) = (link.client.state, link.server.state)
        #expect(link.faults(to: .client) == [.earlyClose])
        if client == .closedByLocal {
            #expect(server == .closedByPeer)
        } else {
            // In the handshake nothing can be closed.
            #expect(code(of: client) == .closed && code(of: server) == .truncated)
        }
    }

    private func code(of state: TLSEngine.State) -> TLSError.Code? {
        if case .failed(let error) = state { error.code } else { nil }
    }
}
