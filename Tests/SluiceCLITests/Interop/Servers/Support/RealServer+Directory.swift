extension RealServer {
    /// OpenLDAP with an empty directory; Debian's is linked to GnuTLS.
    static func slapd() throws -> RealServer {
        let home = try ServerHome()
        let database = try home.folder("database")
        let text = """
            include /etc/ldap/schema/core.schema
            pidfile \(home.path("pid"))
            TLSCACertificateFile \(home.intermediate)
            TLSCertificateFile \(home.chain)
            TLSCertificateKeyFile \(home.key)
            database ldif
            suffix "dc=test"
            directory \(database)

            """
        let file = try home.write(text, to: "conf")
        return try RealServer(.slapd, in: home) { port in
            ["-f", file, "-h", "ldap://127.0.0.1:\(port)/", "-d", "256"]
        }
    }
}
