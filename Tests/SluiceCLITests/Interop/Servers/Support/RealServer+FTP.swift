extension RealServer {
    /// ProFTPD with an account of `joe`, whose password is `secret`. It allows CCC, the way back from TLS.
    static func proftpd() throws -> RealServer {
        let home = try ServerHome()
        let user = ServerUser.current
        let secret = try Software.openssl.run(["passwd", "-6", "secret"]).text.split(separator: "\n").first ?? ""
        let files = try home.folder("joe")
        let accounts = try home.write("joe:\(secret):\(user.id):\(user.groupID)::\(files):/bin/false\n", to: "accounts")
        return try RealServer(.proftpd, in: home) { port in
            let text = """
                LoadModule mod_tls.c
                ServerName proftpd
                ServerType standalone
                DefaultAddress 127.0.0.1
                Port \(port)
                User \(user.name)
                Group \(user.group)
                UseReverseDNS off
                ControlsEngine off
                DelayEngine off
                ScoreboardFile none
                PidFile \(home.path("pid"))
                TransferLog none
                WtmpLog off
                TLSEngine on
                TLSRequired auth
                TLSECCertificateFile \(home.chain)
                TLSECCertificateKeyFile \(home.key)
                TLSCertificateChainFile \(home.intermediate)
                AuthOrder mod_auth_file.c
                AuthUserFile \(accounts)
                RequireValidShell off

                """
            return ["-n", "-q", "-d", "1", "-c", try home.write(text, to: "conf")]
        }
    }
}
