internal import Sluice
internal import SluiceProxy
internal import SluicePOSIX

/// The journals of one connection's engines, kept only if it fails.
final class ConnectionRecordings {
    init(_ journals: FailureJournals, _ route: RouteState, _ endpoints: ConnectionEndpoints) {}

    func repetition(of side: ProxySide) -> EngineRepetition? { nil }

    func keepIfFailed(_ report: SessionReport) {}
}

final class FailureJournals: Sendable {
    init(_ recording: ProxyConfiguration.FailureRecording) throws {}
}
