internal import NIOCore

/// The last steps of a channel: what it still has to send goes out, then it is closed or reset.
///
/// A peer that takes nothing for the linger time is given up, and one that takes a little at a time after the idle time. What
/// only the kernel still holds has what is left of a linger time before a reset.
final class ChannelEnd {
    /// How a channel ends.
    enum Way {
        /// As when everything is in order, as far as this proxy goes.
        case close
        /// So that the peer knows that something is missing.
        case reset
    }

    private let channel: any Channel
    private let way: Way
    private let linger: TimeAmount
    private let deadline: NIODeadline

    /// Bytes that the channel had when it was looked at last.
    private var waiting = Int.max

    init(_ channel: any Channel, _ way: Way, _ timeouts: ProxyConfiguration.Timeouts) {
        self.channel = channel
        self.way = way
        linger = TimeAmount(timeouts.linger)
        deadline = .now() + max(TimeAmount(timeouts.linger), TimeAmount(timeouts.idle ?? RuntimeLimits.endingMax))
    }

    /// Begins, on the channel's loop.
    func begin() {
        channel.writeAndFlush(ByteBuffer()).assumeIsolated().whenComplete { _ in
            switch self.way {
            case .close: self.channel.close(promise: nil)
            case .reset: self.resetWhenTaken()
            }
        }
        watch()
    }

    /// Gives up a peer that takes nothing.
    private func watch() {
        channel.eventLoop.assumeIsolated().scheduleTask(in: linger) {
            guard self.channel.isActive else { return }
            let options = self.channel.syncOptions
            let bytes = (try? options?.getOption(.bufferedWritableBytes)).flatMap { $0 } ?? 0
            guard bytes > 0, bytes < self.waiting, .now() < self.deadline else { return self.end() }
            self.waiting = bytes
            self.watch()
        }
    }

    /// A reset throws away what the kernel hasn't delivered: it waits until that is nothing.
    private func resetWhenTaken() {
        guard channel.isActive else { return }
        channel.kernelHasUnsentBytes.assumeIsolated().whenSuccess { hasBytes in
            guard hasBytes else { return self.end() }
            self.channel.eventLoop.assumeIsolated().scheduleTask(in: TimeAmount(RuntimeLimits.unsentLook)) {
                self.resetWhenTaken()
            }
        }
    }

    private func end() {
        switch way {
        case .close: channel.close(promise: nil)
        case .reset: channel.reset()
        }
    }
}

@available(*, unavailable)
extension ChannelEnd: Sendable {}
