/// What the admin server answers with.
package struct AdminResources: Sendable {
    private let metrics: @Sendable () async -> [MetricFamily]
    private let readiness: @Sendable () async -> AdminReadiness
    private let configuration: @Sendable () async -> String

    /// Resources; each closure is called for each request, on no event loop.
    ///
    /// - Parameters:
    ///   - metrics: All of them, in any order.
    ///   - readiness: Whether the service takes connections.
    ///   - configuration: What it goes by, without secrets: a text of JSON.
    package init(
        metrics: @escaping @Sendable () async -> [MetricFamily],
        readiness: @escaping @Sendable () async -> AdminReadiness,
        configuration: @escaping @Sendable () async -> String
    ) {
        self.metrics = metrics
        self.readiness = readiness
        self.configuration = configuration
    }

    /// The answer to a request for a path, with a query that nothing here looks at. `GET` and `HEAD` are answered alike: who
    /// sends the answer leaves a `HEAD`'s body out.
    package func answer(_ method: String, _ target: String) async -> AdminAnswer {
        let path = target.prefix { $0 != "?" }
        guard ["/metrics", "/healthz", "/readyz", "/config"].contains(path) else {
            return .text(404, "There are /metrics, /healthz, /readyz and /config.\n")
        }
        guard method == "GET" || method == "HEAD" else { return .text(405, "Only GET and HEAD are answered.\n") }
        switch path {
        case "/metrics":
            return AdminAnswer(
                status: 200,
                contentType: PrometheusText.contentType,
                body: Array(PrometheusText.text(of: await metrics()).utf8)
            )
        case "/readyz":
            switch await readiness() {
            case .ready: return .text(200, "ready\n")
            case .notReady(let reason): return .text(503, reason + "\n")
            }
        case "/config":
            return AdminAnswer(
                status: 200,
                contentType: "application/json",
                body: Array((await configuration() + "\n").utf8)
            )
        default: return .text(200, "ok\n")
        }
    }
}

/// Whether a service takes connections.
package enum AdminReadiness: Hashable, Sendable {
    /// It does.
    case ready
    /// It doesn't, for this reason: `draining`.
    case notReady(String)
}

/// An answer of the admin server.
package struct AdminAnswer: Hashable, Sendable {
    /// The code of HTTP.
    package let status: Int
    /// What the body is.
    package let contentType: String
    /// The body.
    package let body: [UInt8]

    static func text(_ status: Int, _ text: String) -> AdminAnswer {
        AdminAnswer(status: status, contentType: "text/plain; charset=utf-8", body: Array(text.utf8))
    }
}
