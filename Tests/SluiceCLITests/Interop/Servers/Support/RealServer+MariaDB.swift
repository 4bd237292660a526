extension RealServer {
    /// MariaDB with no tables, which lets anybody in.
    static func mariaDB() throws -> RealServer {
        let home = try ServerHome()
        let data = try home.folder("data")
        return try RealServer(.mariaDB, in: home) { port in
            [
                "--no-defaults", "--datadir=\(data)", "--aria-log-dir-path=\(data)", "--socket=\(home.path("socket"))",
                "--bind-address=127.0.0.1", "--port=\(port)", "--ssl-cert=\(home.chain)", "--ssl-key=\(home.key)",
                "--skip-grant-tables", "--skip-networking=0", "--skip-innodb", "--default-storage-engine=MyISAM",
            ]
        }
    }
}
