import Fixtures
import Foundation
import Sluice
import SluiceReplay
import SluiceSimulation
import Testing

@Suite struct `A damaged journal` {
    private static let journals: [[UInt8]] = {
        let pair = RecordedPair(
            changeClient: { $0.parameters.observations = [.keyLog, .messages, .records] },
            changeServer: { configuration in
                configuration.parameters.applicationProtocols = ["h2", "http/1.1"]
                configuration.sessions.ticketKeys = [SessionTicketKey(bytes: Array(1...80))].compactMap { $0 }
            }
        )
        let journals = try? pair.journals { client, server in
            try client.write([1, 2, 3])
            RecordedPair.carry(&client, &server)
            _ = try server.read()
            try client.close()
        }
        return [journals?.client ?? [], journals?.server ?? []]
    }()

    @Test func `a journal of another version says of which`() throws {
        let text = String(decoding: try RecordedPair().journals().client, as: UTF8.self)
            .replacing(#""journal":1"#, with: #""journal":7"#)
        let error = #expect(throws: JournalError.self) { _ = try Journal(parsing: Array(text.utf8)) }
        #expect(error?.words == "the journal is of version 7, and this reads version 1 alone")
    }

    @Test(arguments: [0, 1])
    func `that is cut anywhere is refused where it ends`(index: Int) throws {
        let bytes = Self.journals[index]
        #expect(bytes.count > 5000)
        for count in stride(from: 0, to: bytes.count, by: 149) where count == 0 || bytes[count - 1] != 10 {
            let cut = Array(bytes.prefix(count))
            let failure = try #require(refusal(of: cut))
            #expect(failure.line == cut.count { $0 == 10 } + 1)
            #expect(failure.code == .truncated)
        }
    }

    @Test(arguments: [0, 1])
    func `that is cut is recovered up to its last line`(index: Int) throws {
        let bytes = Self.journals[index]
        let whole = try Journal(parsing: bytes)
        let headerBytes = try #require(bytes.firstIndex(of: 10)) + 1
        for count in stride(from: headerBytes, to: bytes.count, by: 307) {
            let lines = bytes.prefix(count).count { $0 == 10 }
            let journal = try Journal(recovering: Array(bytes.prefix(count)))
            #expect(journal.entries.count == lines - 1)
            let expected = Journal(header: whole.header, entries: Array(whole.entries.prefix(lines - 1)))
            #expect(journal.encoded() == expected.encoded())
        }
    }

    @Test(arguments: [0, 1], UInt64(0)..<4)
    func `is read, or refused at a place within it`(index: Int, seed: UInt64) throws {
        var generator = SplitMix64(seed: seed)
        let bytes = Self.journals[index]
        let lineBytes = bytes.split(separator: 10).map(\.count)
        var refusals = 0
        for _ in 0..<100 {
            var damaged = bytes
            for _ in 0..<Int.random(in: 1...3, using: &generator) {
                let place = Int.random(in: 0..<damaged.count, using: &generator)
                switch Int.random(in: 0..<4, using: &generator) {
                case 0: damaged[place] = UInt8.random(in: 0...255, using: &generator)
                case 1: damaged[place] ^= 1 << UInt8.random(in: 0...7, using: &generator)
                case 2: damaged.remove(at: place)
                default: damaged.insert(UInt8.random(in: 32...126, using: &generator), at: place)
                }
            }
            guard let failure = refusal(of: damaged) else { continue }
            refusals += 1
            #expect((1...lineBytes.count + 4).contains(failure.line))
            #expect((1...bytes.count).contains(failure.column))
            #expect(!failure.words.isEmpty)
        }
        #expect(refusals > 20)
    }

    @Test(arguments: [
        (#""journal":1"#, #""journal":2"#, JournalError.Code.unsupportedVersion),
        (#""versions":["1.3","1.3"]"#, #""versions":["1.3","1.2"]"#, .invalidValue),
        (#""versions":["1.3","1.3"]"#, #""versions":["1.1","1.3"]"#, .invalidValue),
        (#""ringCapacity":17408"#, #""ringCapacity":1"#, .outOfRange),
        (#""securityLevel":2"#, #""securityLevel":9"#, .outOfRange),
        (#""securityLevel":2"#, #""securityLevel":"2""#, .wrongType),
        (#""securityLevel":2"#, #""securityLevle":2"#, .unknownField),
        (#""securityLevel":2,"#, #""#, .missingField),
        (#""extent":"chainAndName""#, #""extent":"everything""#, .invalidValue),
        (#""roots":["30"#, #""roots":["31"#, .invalidValue),
        (#""serverName":"server.test""#, #""serverName":"not a name""#, .invalidValue),
        (#""call":"close""#, #""call":"explode""#, .invalidValue),
        (#""call":"close""#, #""call":"close","bytes":"00""#, .unknownField),
        (#""call":"drain","atMost":"#, #""call":"drain","atMost":9"#, .outOfRange),
        (#""seed":""#, #""seed":"00"#, .invalidValue),
        (#""at":0"#, #""at":-1"#, .outOfRange),
        (#""at":0"#, #""at":1.5"#, .unsupportedNumber),
        (#""at":0"#, #""at":0,"at":0"#, .duplicateField),
    ])
    func `with a wrong value says what is wrong`(text: String, wrong: String, code: JournalError.Code) throws {
        let journal = String(decoding: Self.journals[0], as: UTF8.self)
        let range = try #require(journal.firstRange(of: text))
        let damaged = journal.replacingCharacters(in: range, with: wrong)
        let failure = try #require(refusal(of: Array(damaged.utf8)))
        #expect(failure.code == code, "\(failure)")
        let line = journal[..<range.lowerBound].utf8.count { $0 == 10 } + 1
        #expect(failure.line == line, "\(failure)")
    }

    @Test func `without a header is refused`() throws {
        let entries = try #require(Self.journals[0].firstIndex(of: 10)) + 1
        #expect(refusal(of: Array(Self.journals[0].dropFirst(entries)))?.code == .missingField)
        #expect(refusal(of: [])?.code == .truncated)
        #expect(refusal(of: [10])?.code == .truncated)
    }

    private func refusal(of bytes: [UInt8]) -> JournalError? {
        do throws(JournalError) {
            _ = try Journal(parsing: bytes)
            return nil
        } catch {
            return error
        }
    }
}
