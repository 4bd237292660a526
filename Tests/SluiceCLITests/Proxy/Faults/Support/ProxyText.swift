import Fixtures

/// A configuration of a proxy, in YAML.
struct ProxyText {
    /// What its one listener says.
    var listeners = ["{address: \"127.0.0.1:0\"}"]
    /// `terminate` and the like.
    var mode = "terminate"
    /// What the clients see.
    var certificate = Fixtures.path("server-ecdsa.pem")
    /// The key for it.
    var key = Fixtures.path("server-ecdsa.key.pem")
    /// `host:port`.
    var servers: [String]
    /// More of `upstream`: `balance: least_connections`.
    var upstream: [String] = []
    /// More of the route.
    var route: [String] = []
    /// More of the file: `timeouts: {idle: 1s}`.
    var rest: [String] = []
    /// Where those who watch come.
    var admin: String?

    init(to servers: String...) { self.servers = servers }

    var text: String {
        let files = "certificates: [{certificate: \"\(certificate)\", key: \"\(key)\"}]"
        let own = mode == "terminate" || mode == "bridge" ? [files] : []
        let places = servers.map { "\"\($0)\"" }.joined(separator: ", ")
        let upstream = (["servers: [\(places)]"] + upstream).joined(separator: ", ")
        let route = ["name: main", "mode: \(mode)"] + own + self.route + ["upstream: {\(upstream)}"]
        let more = rest + (admin.map { ["admin: \"\($0)\""] } ?? [])
        return """
            listeners: [\(listeners.joined(separator: ", "))]
            routes:
            - {\(route.joined(separator: ", "))}
            \(more.joined(separator: "\n"))

            """
    }

    /// The same with servers that the test root vouches for.
    var trustingRoot: ProxyText {
        var text = self
        text.route.append("upstream_tls: {server_name: localhost, ca: [\"\(Fixtures.path("root.pem"))\"]}")
        return text
    }
}
