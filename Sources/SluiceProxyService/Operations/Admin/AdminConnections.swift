internal import NIOCore
internal import Synchronization

/// The connections of the admin server: how many there are, and their end.
final class AdminConnections: Sendable {
    private let countMax: Int
    private let state = Mutex(State())

    private struct State {
        var channels: [ObjectIdentifier: any Channel] = [:]
        var isEnding = false
    }

    init(countMax: Int) {
        self.countMax = countMax
    }

    /// Takes a connection on; returns false if there are too many, or if all are to end.
    func admit(_ channel: any Channel) -> Bool {
        let id = ObjectIdentifier(channel)
        let isAdmitted = state.withLock { state in
            guard !state.isEnding, state.channels.count < countMax else { return false }
            state.channels[id] = channel
            return true
        }
        if isAdmitted {
            channel.closeFuture.whenComplete { _ in self.state.withLock { $0.channels[id] = nil } }
        }
        return isAdmitted
    }

    /// Has each end after the answer that it waits for, if it does.
    func end() {
        let channels = state.withLock { state in
            state.isEnding = true
            return Array(state.channels.values)
        }
        for channel in channels { channel.pipeline.fireUserInboundEventTriggered(ChannelShouldQuiesceEvent()) }
    }

    /// Waits until all have ended. Their time is bounded, see ``AdminRequestGuard``.
    func ended() async {
        for channel in state.withLock({ Array($0.channels.values) }) { try? await channel.closeFuture.get() }
    }
}
