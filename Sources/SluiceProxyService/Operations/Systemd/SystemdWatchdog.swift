package import Logging
internal import ServiceLifecycle
internal import SluicePOSIX

/// Tells systemd's watchdog that the process isn't stuck, as long as it runs.
package struct SystemdWatchdog: Service {
    private let notifier: SystemdNotifier
    private let logger: Logger

    /// A service that does nothing where systemd has no watchdog on.
    package init(_ notifier: SystemdNotifier, logger: Logger) {
        self.notifier = notifier
        self.logger = logger
    }

    /// Tells it until the service is to end.
    package func run() async {
        guard let interval = notifier.keepAliveInterval else {
            try? await gracefulShutdown()
            return
        }
        await cancelWhenGracefulShutdown {
            while !Task.isCancelled {
                do throws(TransportError) {
                    try notifier.keepAlive()
                } catch {
                    logger.warning("can't tell the watchdog", error: error)
                }
                try? await Task.sleep(for: interval)
            }
        }
    }
}
