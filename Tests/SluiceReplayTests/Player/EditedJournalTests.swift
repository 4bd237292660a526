import Fixtures
import Sluice
import SluiceReplay
import SluiceSimulation
import Testing

@Suite struct `An edited journal` {
    @Test func `with another configuration diverges where that shows first`() throws {
        let journal = try Journal(parsing: RecordedPair().journals().client)
        guard case .client(var configuration) = journal.header.beginning.configuration else { return }
        configuration.parameters.applicationProtocols = ["h2"]
        let divergence = try #require(journal.beginning(.client(configuration)).divergence())
        #expect(divergence.entryIndex == 0 && divergence.call.hasPrefix("drain"))
        #expect(divergence.place?.message?.message.description == "ClientHello")
    }

    @Test func `with another seed, or another clock, diverges`() throws {
        let seed = RandomSeed(dangerouslyPredictable: 99)
        let journal = try Journal(parsing: RecordedPair().journals().server)
        #expect(journal.beginning(seed: seed).divergence()?.place?.offset == 11)
        // The context's randomness is its ticket key: nothing shows it before the first ticket.
        #expect(journal.beginning(contextSeed: seed).divergence()?.place?.record?.record.contentType == 23)
        let client = try Journal(parsing: RecordedPair().journals().client)
        let divergence = client.beginning(time: UnixTime(secondsSince1970: 0)).divergence()
        #expect(divergence?.description.contains("certificate is not yet valid") == true)
    }

    @Test func `with a configuration that can't be used has no engine`() throws {
        let journal = try Journal(parsing: RecordedPair().journals().client)
        guard case .client(var configuration) = journal.header.beginning.configuration else { return }
        for capacity in [-1, 0, Int.max] {
            configuration.parameters.ringCapacity = capacity
            let divergence = try #require(journal.beginning(.client(configuration)).divergence())
            #expect(divergence.entryIndex == nil && divergence.line == 1)
            #expect(divergence.description.hasPrefix("the beginning: the engine can't be made: invalidConfiguration"))
        }
    }

    @Test func `of another OpenSSL says that it can't be expected to match`() throws {
        let journal = try Journal(parsing: RecordedPair().journals().client)
        let foreign = journal.beginning(openSSLVersion: "OpenSSL 9.9.9")
        #expect(foreign.divergence() == nil)
        let seed = RandomSeed(dangerouslyPredictable: 99)
        let divergence = try #require(foreign.beginning(seed: seed).divergence())
        #expect(divergence.otherLibrary == "OpenSSL 9.9.9")
        #expect(divergence.description.contains("recorded with OpenSSL 9.9.9"))
    }

    @Test(arguments: ReplayScenario.decisions.filter { $0.pair.version == .tls13 })
    func `never answers a question that wasn't asked`(scenario: ReplayScenario) throws {
        for journal in try scenario.journals() {
            var replay = try JournalReplay(journal)
            while try replay.step() != nil {
                let answers = Self.answers(butTo: replay.engine.pendingDecision)
                for answer in answers {
                    let index = replay.position - 1
                    let divergence = journal.inserting(TLSCall(.resolve(answer)), behind: index).divergence()
                    guard case .question = divergence?.difference, divergence?.entryIndex == index + 1 else {
                        Issue.record("\(index): \(divergence.map { "\($0)" } ?? "no divergence")")
                        return
                    }
                }
            }
        }
    }

    /// Answers to other questions than this.
    private static func answers(butTo question: TLSDecision?) -> [TLSAnswer] {
        switch question {
        case .clientHello: [.clientIdentity(.presentNone), .peerCertificate(.accept)]
        case .clientIdentity: [.clientHello(.proceed), .peerCertificate(.accept)]
        case .peerCertificate: [.clientHello(.proceed), .clientIdentity(.presentNone)]
        case nil: [.clientHello(.proceed), .clientIdentity(.presentNone), .peerCertificate(.accept)]
        }
    }

    @Test func `never uses a client's context for a server`() throws {
        let scenario = try #require(ReplayScenario.decisions.first { $0.testDescription.hasPrefix("another context") })
        let journal = try scenario.journals()[1]
        let index = try #require(journal.index(where: \.isResolve))
        let context = try TLSContext(
            TLSClientConfiguration.client(to: "server.test"),
            seed: RandomSeed(dangerouslyPredictable: 1)
        )
        let call = TLSCall(.resolve(.clientHello(.use(context))))
        let divergence = try #require(journal.replacing(index, with: call).divergence())
        #expect(divergence.difference == .question(answered: "use another context, client", asked: "a ClientHello"))
    }

    @Test(arguments: [Int.min, -1, 0, 1 << 40, Int.max])
    func `asks for no more room than there are bytes`(count: Int) throws {
        let journal = try Journal(parsing: RecordedPair().journals().client)
        let verbs: [TLSCall.Verb] = [
            .drain(atMost: count), .read(atMost: count), .feed([], offered: count), .write([], offered: count),
        ]
        for verb in verbs {
            for index in journal.entries.indices {
                _ = journal.inserting(TLSCall(verb), behind: index).divergence()
            }
        }
    }

    @Test(arguments: [Int64.min, -1, 0, 1 << 40, .max])
    func `may say any time`(seconds: Int64) throws {
        let time = UnixTime(secondsSince1970: seconds)
        for version in [TLSVersion.tls12, .tls13] {
            for bytes in try [RecordedPair(version: version).journals()].flatMap({ [$0.client, $0.server] }) {
                let journal = try Journal(parsing: bytes)
                _ = journal.beginning(time: time).divergence()
                for index in journal.entries.indices {
                    _ = journal.inserting(TLSCall(.setTime(time)), behind: index).divergence()
                }
            }
        }
    }

    @Test(arguments: UInt64(0)..<100)
    func `in any order never traps`(seed: UInt64) throws {
        var random = SplitMix64(seed: seed)
        let scenarios = ReplayScenario.clean + ReplayScenario.decisions + ReplayScenario.failing
        let scenario = scenarios[Int(seed) % scenarios.count]
        for var journal in try scenario.journals() {
            for _ in 0..<Int.random(in: 1...4, using: &random) {
                guard let index = journal.entries.indices.randomElement(using: &random) else { continue }
                let other = Int.random(in: 0...journal.entries.count - 1, using: &random)
                switch Int.random(in: 0..<3, using: &random) {
                case 0: journal.entries.swapAt(index, other)
                case 1: journal.entries.remove(at: index)
                default: journal.entries.insert(journal.entries[index], at: other)
                }
            }
            if let divergence = journal.divergence() { #expect(!divergence.description.isEmpty) }
        }
    }

    @Test(arguments: UInt64(0)..<50)
    func `with other digits never traps`(seed: UInt64) throws {
        var random = SplitMix64(seed: seed)
        let scenarios = ReplayScenario.clean + ReplayScenario.decisions + ReplayScenario.failing
        let scenario = scenarios[Int(seed) * 7 % scenarios.count]
        let journals = try scenario.pair.journals(scenario.talk)
        for text in [journals.client, journals.server] {
            let digits = text.indices.filter { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(text[$0]) }
            for _ in 0..<5 {
                var edited = text
                for _ in 0..<Int.random(in: 1...3, using: &random) {
                    guard let place = digits.randomElement(using: &random) else { continue }
                    edited[place] = UInt8.random(in: UInt8(ascii: "0")...UInt8(ascii: "9"), using: &random)
                }
                guard let journal = try? Journal(parsing: edited), let divergence = journal.divergence() else {
                    continue
                }
                #expect(divergence.line >= 1 && !divergence.description.isEmpty)
            }
        }
    }
}
