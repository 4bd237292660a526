internal import Logging
internal import Sluice
internal import SluicePOSIX
internal import SluicePreamble
internal import SluiceProxy
internal import SluiceReplay

/// The journals of one connection's engines, kept only if it fails.
final class ConnectionRecordings {
    private let journals: FailureJournals
    private let sides: PerSide<BoundedJournal>
    private let route: String
    private let place: String
    private let time = UnixTime.now
    private let start = ServiceClock.now

    init(_ journals: FailureJournals, _ route: RouteState, _ endpoints: ConnectionEndpoints) {
        self.journals = journals
        self.route = route.name
        place = endpoints.client?.description ?? "local"
        sides = PerSide(client: journals.makeJournal(), upstream: journals.makeJournal())
    }

    /// What makes the engine of a side repeatable, and has it recorded.
    ///
    /// - Throws: Where the system has no randomness.
    func repetition(of side: ProxySide) throws(TLSError) -> EngineRepetition {
        let start = start
        let recorder = sides[side].recorder(
            recordedBy: "sluice proxy",
            place: place,
            wallClock: time,
            elapsed: { ServiceClock.now - start }
        )
        return EngineRepetition(seed: try .random(), time: time, recorder: recorder)
    }

    /// Writes the journals to files if the connection failed.
    func keepIfFailed(_ report: SessionReport, _ logger: Logger) {
        guard report.end?.reason.isRecorded ?? false else { return }
        for side in ProxySide.allCases where sides[side].bytes?.isEmpty == false {
            let name = JournalName(time: time, route: route, peer: place, side: side.word)
            let journal = sides[side]
            Task { [journals] in
                do {
                    if let path = try await journals.keep(journal, named: name) {
                        logger.info("recorded a failure", metadata: ["file": "\(path)"])
                    }
                } catch {
                    logger.error("a failure can't be recorded", metadata: ["error": "\(error)"])
                }
            }
        }
    }
}

extension SessionEnd.Reason {
    /// Whether the bytes may tell why it ended so.
    fileprivate var isRecorded: Bool {
        switch self {
        case .handshakeFailed, .handshakeTimeout, .tlsFailed, .truncated, .internalError: true
        default: false
        }
    }
}
