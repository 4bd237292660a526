/// `tinyproxy`, which opens tunnels to one port, for one user.
struct Tinyproxy {
    /// Where it listens: `127.0.0.1:40123`.
    let address: String
    private let program: Program
    private let directory: TemporaryDirectory

    /// - Parameters:
    ///   - port: The only port that it opens tunnels to.
    ///   - credentials: `user password`, if it wants any.
    /// - Throws: Where it doesn't start.
    init(to port: String, credentials: String? = nil) throws {
        let directory = try TemporaryDirectory()
        (program, address) = try onFreePort { own in
            var lines = ["Port \(own)", "Listen 127.0.0.1", "LogLevel Info", "MaxClients 20", "ConnectPort \(port)"]
            if let credentials { lines.append("BasicAuth \(credentials)") }
            let file = try directory.write(Array(lines.map { "\($0)\n" }.joined().utf8), to: "tinyproxy.conf")
            let program = try Software.tinyproxy.start(["-d", "-c", file])
            try program.waitForOutput(containing: "Accepting connections")
            return (program, "127.0.0.1:\(own)")
        }
        self.directory = directory
    }
}

/// `socat` that listens for TLS as `localhost`, and leads one peer after the other to an address in the clear.
struct TLSFront {
    /// Where it listens.
    let port: String
    private let program: Program

    init(before address: String, identity: (chain: String, key: String)) throws {
        let listen = "OPENSSL-LISTEN:0,bind=127.0.0.1,cert=\(identity.chain),key=\(identity.key),verify=0,fork"
        program = try Software.socat.start(["-d", "-d", listen, "TCP:\(address)"])
        let line = try program.errorLine(containing: "listening on")
        port = String(line.split(separator: ":").last ?? "")
    }
}
