import Fixtures

/// `curl` of one version to a web server, such as `sluice serve --www`: it verifies the server, by default for `localhost`.
struct CurlClient {
    private let arguments: [String]
    private let server: any Listening

    init(
        to server: any Listening,
        _ version: SpokenVersion,
        _ options: [String] = [],
        trusting roots: String = Fixtures.path("root.pem")
    ) {
        // -q: not the configuration of whoever runs the tests.
        let own = ["-q", "--silent", "--show-error", "--noproxy", "*", "--max-time", "30", "--cacert", roots]
        let versions = ["--tlsv\(version.rawValue)", "--tls-max", version.rawValue]
        arguments = own + versions + options
        self.server = server
    }

    /// Asks for pages on one host, which is 127.0.0.1 whatever its name.
    func get(_ paths: String..., host: String = "localhost", saying words: String? = nil) throws -> Program.Outcome {
        let place = ["--connect-to", "\(host):443:\(server.address)"]
        let report = words.map { ["--write-out", $0 + "\\n"] } ?? []
        let pages = paths.flatMap { ["https://\(host)\($0)"] }
        return try Software.curl.run(arguments + place + report + pages)
    }
}

extension Program.Outcome {
    /// What a page of `sluice serve --www` says of something: `version`, `ALPN`, `session`.
    func fact(_ name: String) -> String? {
        text.split(separator: "\n").first { $0.hasPrefix(name + ":") }
            .map { String($0.dropFirst(name.count + 1).drop { $0 == " " }) }
    }
}
