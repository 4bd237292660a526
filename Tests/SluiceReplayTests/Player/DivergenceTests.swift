import Fixtures
import Sluice
import SluiceReplay
import Testing

@Suite struct `A divergence` {
    @Test(arguments: [
        // A server's first drain begins with its ServerHello in a record of its own.
        (TLSVersion.tls13, 3, "ServerHello"), (.tls13, 6, "ServerHello at 1"), (.tls13, 40, "ServerHello at 35"),
        (.tls12, 6, "ServerHello at 1"), (.tls12, 60, "ServerHello at 55"),
    ])
    func `names the record and the message of a drained byte`(
        version: TLSVersion,
        offset: Int,
        message: String
    ) throws {
        let journal = try Journal(parsing: RecordedPair(version: version).journals().server)
        let index = try #require(journal.index(where: \.isDrain))
        let changed = journal.replacing(index, with: journal.entries[index].call.flippingOutcome(at: offset))
        let divergence = try #require(changed.divergence())
        #expect(divergence.entryIndex == index && divergence.line == index + 2)
        #expect(divergence.call.hasPrefix("drain(atMost: "))
        guard case .bytes(let bytes) = divergence.difference else {
            Issue.record("\(divergence)")
            return
        }
        #expect(bytes.offset == offset)
        let place = try #require(divergence.place)
        #expect(place.stream == .ciphertext(.sent) && place.offset == offset)
        #expect(place.record?.index == 0 && place.record?.offset == offset)
        #expect(place.record?.record.contentType == 22 && place.record?.record.version == 0x0303)
        #expect(place.message?.description == message)
        #expect(divergence.otherLibrary == nil)
    }

    @Test func `counts bytes and records from the beginning of the connection`() throws {
        let journal = try Journal(parsing: RecordedPair(version: .tls12).journals().client)
        let drains = journal.entries.indices.filter { journal.entries[$0].call.isDrain }
        // ClientHello; then ClientKeyExchange, ChangeCipherSpec and Finished, of which the last is encrypted.
        guard case .bytes(let hello) = journal.entries[drains[0]].call.outcome,
            case .bytes(let flight) = journal.entries[drains[1]].call.outcome
        else {
            Issue.record("a drain gives bytes")
            return
        }
        let last = flight.count - 1
        let changed = journal.replacing(drains[1], with: journal.entries[drains[1]].call.flippingOutcome(at: last))
        let divergence = try #require(changed.divergence())
        #expect(divergence.passed.sent == hello.count && divergence.place?.offset == hello.count + last)
        #expect(divergence.place?.record?.index == 3 && divergence.place?.record?.record.contentType == 22)
        #expect(divergence.place?.message == nil)
        let first = journal.replacing(drains[1], with: journal.entries[drains[1]].call.flippingOutcome(at: 9))
        #expect(first.divergence()?.place?.message?.message.description == "ClientKeyExchange")
    }

    @Test(arguments: [TLSVersion.tls12, .tls13])
    func `names encrypted messages where the recording observed them`(version: TLSVersion) throws {
        let pair = RecordedPair.fixture(version, client: { $0.parameters.observations = [.messages, .records] })
        let journal = try Journal(parsing: pair.journals().client)
        let index = try #require(journal.entries.indices.filter { journal.entries[$0].call.isDrain }.dropFirst().first)
        guard case .bytes(let bytes) = journal.entries[index].call.outcome else { return }
        let call = journal.entries[index].call.flippingOutcome(at: bytes.count - 1)
        let divergence = try #require(journal.replacing(index, with: call).divergence())
        #expect(divergence.place?.message?.message.description == "Finished", "\(divergence)")
        #expect(divergence.place?.message?.offset == nil)
    }

    @Test func `names no message for application data, though a KeyUpdate follows`() throws {
        let pair = RecordedPair.fixture(.tls13, client: { $0.parameters.observations = [.messages, .records] })
        let journal = try Journal(parsing: pair.journals().client)
        let write = try #require(journal.index(where: \.isWrite))
        let index = try #require(journal.entries[write...].firstIndex { $0.call.isDrain })
        let call = journal.entries[index].call.flippingOutcome(at: 8)
        let divergence = try #require(journal.replacing(index, with: call).divergence())
        #expect(divergence.place?.record?.record.contentType == 23 && divergence.place?.message == nil)
    }

    @Test func `shows plaintext that was read otherwise`() throws {
        let journal = try Journal(parsing: RecordedPair().journals().server)
        let index = try #require(journal.index(where: \.isRead))
        let changed = journal.replacing(index, with: journal.entries[index].call.flippingOutcome(at: 3))
        let divergence = try #require(changed.divergence())
        #expect(divergence.entryIndex == index)
        #expect(divergence.place?.stream == .plaintext(.received) && divergence.place?.offset == 3)
        #expect(divergence.place?.record == nil && divergence.place?.message == nil)
        #expect(divergence.description.contains("a questi") && divergence.description.contains("^^"))
    }

    @Test func `comes with the drain after a byte that was written otherwise`() throws {
        let journal = try Journal(parsing: RecordedPair().journals().client)
        let index = try #require(journal.index(where: \.isWrite))
        let changed = journal.replacing(index, with: journal.entries[index].call.flippingInput(at: 0))
        let divergence = try #require(changed.divergence())
        #expect(divergence.entryIndex == journal.entries[index...].firstIndex { $0.call.isDrain })
        #expect(divergence.place?.record?.record.contentType == 23 && divergence.place?.record?.offset == 5)
    }

    @Test(arguments: [TLSVersion.tls12, .tls13])
    func `comes with a damaged byte that was fed`(version: TLSVersion) throws {
        let journal = try Journal(parsing: RecordedPair(version: version).journals().client)
        let index = try #require(journal.index(where: \.isFeed))
        // The type of the ServerHello: no client takes another.
        let changed = journal.replacing(index, with: journal.entries[index].call.flippingInput(at: 5))
        let divergence = try #require(changed.divergence())
        #expect(divergence.entryIndex == index)
        guard case .result(.success(.count), .failure(let failure)) = divergence.difference else {
            Issue.record("\(divergence)")
            return
        }
        #expect(failure.code == .protocolViolation)
        #expect(divergence.place?.stream == .ciphertext(.received) && divergence.place?.record?.index == 0)
    }

    @Test func `tells why the engine sends an alert instead`() throws {
        let journal = try Journal(parsing: RecordedPair(version: .tls12).journals().client)
        let index = try #require(journal.index(where: \.isFeed))
        // The type of the ServerHello, put straight into the ring: the next call shows what came of it.
        guard case .feed(var bytes, _) = journal.entries[index].call.verb else { return }
        bytes[5] ^= 1
        let call = TLSCall(.fill(bytes), .count(bytes.count))
        let divergence = try #require(journal.replacing(index, with: call).divergence())
        #expect(divergence.entryIndex == journal.entries[index...].firstIndex { $0.call.isDrain })
        #expect(divergence.engineFailure?.code == .protocolViolation)
        #expect(divergence.description.contains("\n  the engine has failed: protocolViolation: "))
    }

    @Test func `tells a flag that is another`() throws {
        let journal = try Journal(parsing: RecordedPair().journals().client)
        let index = try #require(journal.index { if case .updateKeys = $0.verb { true } else { false } })
        let verb = journal.entries[index].call.verb
        let divergence = try #require(journal.replacing(index, with: TLSCall(verb, .flag(false))).divergence())
        #expect(divergence.entryIndex == index)
        #expect(divergence.difference == .result(expected: .success(.flag(false)), got: .success(.flag(true))))
        #expect(divergence.headline == "updateKeys(requestingPeer: true) came to true, not false")
    }

    @Test func `tells an event that is another, or none`() throws {
        let journal = try Journal(parsing: RecordedPair().journals().client)
        let index = try #require(journal.index(where: \.isEvent))
        let changed = journal.replacing(index, with: TLSCall(.nextEvent, .event(.peerClosed)))
        #expect(changed.divergence()?.entryIndex == index)
        let end = journal.entries.count - 1
        let longer = try #require(journal.inserting(TLSCall(.nextEvent, .event(.peerClosed)), behind: end).divergence())
        #expect(longer.entryIndex == end + 1)
        #expect(longer.headline == "nextEvent() came to nothing, not the event peerClosed")
    }

    @Test func `tells the part of a handshake that is another`() throws {
        let journal = try Journal(parsing: RecordedPair().journals().client)
        let other = try Journal(parsing: RecordedPair(version: .tls12).journals().client)
        let isSummary: (TLSCall) -> Bool = { if case .event(.handshakeCompleted) = $0.outcome { true } else { false } }
        let index = try #require(journal.index(where: isSummary))
        let foreign = other.entries[try #require(other.index(where: isSummary))].call
        let divergence = try #require(journal.replacing(index, with: foreign).divergence())
        #expect(divergence.description.contains("version: got TLS 1.3, not TLS 1.2"))
        #expect(!divergence.description.contains("serverName: "))
    }
}
