import Fixtures

extension RealServer {
    /// PostgreSQL with these settings, by default with TLS, and one user, whom it lets in over TLS alone by a method of
    /// `pg_hba.conf`.
    static func postgreSQL(
        _ settings: [String: String] = ["ssl": "on"],
        user: String = "postgres",
        method: String = "trust"
    ) throws -> RealServer {
        let home = try ServerHome()
        let data = home.path("data")
        let making = try ServerUser.current.start(
            .initdb,
            ["-D", data, "-U", user, "-A", "trust", "-N", "--locale=C", "-E", "UTF8"]
        ).finish()
        guard making.status == 0 else { throw ProgramFailure(description: "initdb: \(making.errors)") }
        let access = try home.write("hostssl all all 127.0.0.1/32 \(method)\n", to: "access")
        try home.write(Fixtures.root, to: "root.pem")
        let all = settings.merging([
            "ssl_cert_file": home.chain, "ssl_key_file": home.key, "ssl_ca_file": home.path("root.pem"),
            "hba_file": access, "fsync": "off", "unix_socket_directories": "",
        ]) { $1 }
        return try RealServer(.postgres, in: home) { port in
            ["-D", data, "-h", "127.0.0.1", "-p", "\(port)"] + all.flatMap { ["-c", "\($0)=\($1)"] }
        }
    }
}
