extension RealServer {
    /// Exim, which takes mail for anybody and puts it into `mail` in its home. Its log has "Completed" once it is there.
    static func exim() throws -> RealServer {
        let home = try ServerHome()
        _ = try home.folder("spool")
        let user = ServerUser.current
        return try RealServer(.exim, in: home) { port in
            let settings = [
                "exim_user": user.name, "exim_group": user.group, "spool_directory": home.path("spool"),
                "pid_file_path": home.path("pid"),
                "primary_hostname": "server.test", "tls_advertise_hosts": "*", "tls_certificate": home.chain,
                "tls_privatekey": home.key, "host_lookup": "", "keep_environment": "", "acl_smtp_rcpt": "take_all",
            ]
            let text =
                settings.map { "\($0) = \($1)\n" }.joined() + """
                    begin acl
                    take_all:
                      accept
                    begin routers
                    all:
                      driver = accept
                      transport = file
                    begin transports
                    file:
                      driver = appendfile
                      file = \(home.path("mail"))
                      create_file = anywhere
                      user = \(user.name)
                      group = \(user.group)

                    """
            let file = try home.write(text, to: "conf")
            return ["-C", file, "-bdf", "-oX", "127.0.0.1.\(port)"]
        }
    }

    /// What a mailbox of Dovecot's is read by, or filled.
    enum MailboxProtocol: String {
        case imap, pop3, lmtp
    }

    /// Dovecot with a mailbox of `joe`, whose password is `secret`: one mail, ``mailBody``.
    static func dovecot(_ mailbox: MailboxProtocol) throws -> RealServer {
        let home = try ServerHome()
        for folder in ["joe", "joe/new", "joe/cur", "joe/tmp"] { _ = try home.folder(folder) }
        _ = try home.write("From: jim\r\nSubject: greetings\r\n\r\n\(mailBody)\r\n", to: "joe/new/1.one.test")
        let user = ServerUser.current
        return try RealServer(.dovecot, in: home) { port in
            let text = """
                protocols = \(mailbox)
                listen = 127.0.0.1
                base_dir = \(home.path("run"))
                state_dir = \(home.path("state"))
                log_path = /dev/stderr
                default_internal_user = \(user.name)
                default_internal_group = \(user.group)
                default_login_user = \(user.name)
                first_valid_uid = 1
                mail_location = maildir:\(home.path("joe"))
                ssl = yes
                ssl_cert = <\(home.chain)
                ssl_key = <\(home.key)
                disable_plaintext_auth = yes
                passdb {
                  driver = static
                  args = password=secret
                }
                userdb {
                  driver = static
                  args = uid=\(user.name) gid=\(user.group) home=\(home.path("joe"))
                }
                service anvil {
                  chroot =
                }
                service \(mailbox == .lmtp ? "lmtp" : "\(mailbox)-login") {
                  user = \(user.name)
                  chroot =
                  inet_listener \(mailbox) {
                    port = \(port)
                  }
                  inet_listener \(mailbox)s {
                    port = 0
                  }
                }

                """
            return ["-F", "-c", try home.write(text, to: "conf")]
        }
    }

    /// What is in Dovecot's mail.
    static let mailBody = "a mail that came by STARTTLS"
}
