import Foundation

extension Software {
    static let setsid = Software(executable: "setsid", debianPackage: "util-linux")
    static let setpriv = Software(executable: "setpriv", debianPackage: "util-linux")

    static let dovecotIMAP = Software(executable: "/usr/lib/dovecot/imap", debianPackage: "dovecot-imapd")
    static let dovecotLMTP = Software(executable: "/usr/lib/dovecot/lmtp", debianPackage: "dovecot-lmtpd")
    static let dovecotPOP3 = Software(executable: "/usr/lib/dovecot/pop3", debianPackage: "dovecot-pop3d")
    static let dovecot = Software(executable: "dovecot", debianPackage: "dovecot-core")
    static let exim = Software(executable: "exim4", debianPackage: "exim4-daemon-light")
    static let mariaDB = Software(executable: "mariadbd", debianPackage: "mariadb-server-core")
    static let proftpd = Software(executable: "proftpd", debianPackage: "proftpd-core")
    static let proftpdTLS = Software(executable: "/usr/lib/proftpd/mod_tls.so", debianPackage: "proftpd-mod-crypto")
    static let prosody = Software(executable: "prosody", debianPackage: "prosody")
    static let slapd = Software(executable: "slapd", debianPackage: "slapd")

    static let initdb = postgreSQL("initdb")
    static let postgres = postgreSQL("postgres")
    static let psql = Software(executable: "psql", debianPackage: "postgresql-client")

    /// A program of the newest PostgreSQL: Debian keeps each version's in a folder of its own, outside every `PATH`.
    private static func postgreSQL(_ executable: String) -> Software {
        let folder = "/usr/lib/postgresql"
        let versions = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        let newest = versions.compactMap { Int($0) }.max().map { "\(folder)/\($0)/bin/" } ?? ""
        return Software(executable: newest + executable, debianPackage: "postgresql")
    }
}
