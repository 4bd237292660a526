internal import Sluice
internal import SluiceProxy
internal import SluicePOSIX

/// The journals of one connection's engines, kept only if it fails.
final class ConnectionRecordings {
    init(_ journals: FailureJournals, _ route: RouteState, _ endpoints: ConnectionEndpoints) {}

    func repetition(of side: ProxySide) -> EngineRepetition? { nil }

    func keepIfFailed(_ report: SessionReport) {}
}

extension FailureJournals {
    /// Keeps what the configuration says.
    init(_ recording: ProxyConfiguration.FailureRecording) throws {
        try self.init(
            in: recording.directory,
            limits: Limits(journalBytesMax: recording.journalBytesMax, filesMax: recording.journalsMax)
        )
    }
}
