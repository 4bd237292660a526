/// What a client of the admin server may take.
package struct AdminLimits: Hashable, Sendable {
    /// The most connections at once; one more is closed.
    package var connectionsMax: Int

    /// The most bytes of a request, its head and its body.
    package var requestBytesMax: Int

    /// How long a connection may be without an answer.
    package var requestTime: Duration

    /// Limits: of their own some scrapers, people and probes need 64 connections, 16 KiB and 10 seconds.
    package init(connectionsMax: Int = 64, requestBytesMax: Int = 16_384, requestTime: Duration = .seconds(10)) {
        self.connectionsMax = connectionsMax
        self.requestBytesMax = requestBytesMax
        self.requestTime = requestTime
    }
}
