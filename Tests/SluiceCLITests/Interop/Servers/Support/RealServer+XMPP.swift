extension RealServer {
    /// Prosody as `localhost`, with a port for clients (`c2s`) or for servers (`s2s`).
    static func prosody(_ side: String) throws -> RealServer {
        let home = try ServerHome()
        let data = try home.folder("data")
        return try RealServer(.prosody, in: home) { port in
            let text = """
                data_path = "\(data)"
                pidfile = "\(home.path("pid"))"
                log = { info = "*console" }
                interfaces = { "127.0.0.1" }
                c2s_ports = { \(side == "c2s" ? "\(port)" : "") }
                s2s_ports = { \(side == "s2s" ? "\(port)" : "") }
                modules_enabled = { "tls", "saslauth", "dialback", "s2s" }
                authentication = "internal_plain"
                c2s_require_encryption = true
                ssl = { certificate = "\(home.chain)", key = "\(home.key)" }
                VirtualHost "localhost"

                """
            return ["-F", "--config", try home.write(text, to: "conf.lua")]
        }
    }
}
