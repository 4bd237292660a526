extension RealServer {
    /// PostgreSQL with these settings, which lets anybody in as `postgres`.
    static func postgreSQL(_ settings: [String: String] = ["ssl": "on"]) throws -> RealServer {
        let home = try ServerHome()
        let data = home.path("data")
        let making = try ServerUser.current.start(
            .initdb,
            ["-D", data, "-U", "postgres", "-A", "trust", "-N", "--locale=C", "-E", "UTF8"]
        ).finish()
        guard making.status == 0 else { throw ProgramFailure(description: "initdb: \(making.errors)") }
        let all = settings.merging([
            "ssl_cert_file": home.chain, "ssl_key_file": home.key, "fsync": "off", "unix_socket_directories": "",
        ]) { $1 }
        return try RealServer(.postgres, in: home) { port in
            ["-D", data, "-h", "127.0.0.1", "-p", "\(port)"] + all.flatMap { ["-c", "\($0)=\($1)"] }
        }
    }
}
