import Fixtures

/// `nginx` in one process, with a directory of its own and nothing of the system's configuration.
///
/// `/` is a line of what it negotiated: ``NginxServer/facts``; `/big` is five million bytes.
struct NginxServer: Listening {
    /// The program.
    let program: Program
    /// Where it listens.
    let address: String
    private let directory: TemporaryDirectory

    /// Starts it and waits until it listens, with more parameters of `listen` and directives of the `server` block.
    init(
        _ version: SpokenVersion,
        parameters: String = "",
        _ directives: [String] = [],
        identity: Fixtures.Identity = Fixtures.serverECDSA
    ) throws {
        let own = [
            "ssl_protocols \(version.opensslName)", "ssl_certificate \(identity.chainPath)",
            "ssl_certificate_key \(identity.keyPath)", "location = / { return 200 \"\(Self.facts)\\n\"; }",
        ]
        try self.init(listen: "ssl \(parameters)", own + directives)
    }

    /// Starts one without TLS; `/` is what the directives say.
    init(plaintext parameters: String, _ directives: [String]) throws {
        try self.init(listen: parameters, directives)
    }

    private init(listen parameters: String, _ directives: [String]) throws {
        let directory = try TemporaryDirectory()
        _ = try directory.write(Payload.pattern(5_000_000), to: "big")
        (program, address) = try onFreePort { port in
            let listen = ["listen 127.0.0.1:\(port) \(parameters)", "root \(directory.path(""))"]
            let server = listen + directives
            let text = Self.configuration(of: server, in: directory)
            let file = try directory.write(Array(text.utf8), to: "nginx.conf")
            let program = try Software.nginx.start(["-e", "stderr", "-p", directory.path(""), "-c", file])
            // It listens before it says which nginx it is.
            _ = try program.errorLine(containing: ": nginx/")
            return (program, "127.0.0.1:\(port)")
        }
        self.directory = directory
    }

    /// What `/` says, in variables of nginx: version, session (`r` if resumed), protocol, client.
    private static let facts = "$ssl_protocol $ssl_session_reused ALPN=$ssl_alpn_protocol client=$ssl_client_s_dn"

    private static func configuration(of server: [String], in directory: TemporaryDirectory) -> String {
        let folders = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"]
            .map { "\($0)_temp_path \(directory.path($0));" }
        let block = server.map { $0.hasSuffix("}") ? $0 : "\($0);" }
        return """
            daemon off; master_process off; pid \(directory.path("pid")); error_log stderr notice;
            events {}
            http {
                access_log off;
                \(folders.joined(separator: " "))
                server { \(block.joined(separator: "\n")) }
            }

            """
    }
}
