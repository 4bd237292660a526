import SluiceProxyService
import Testing

/// What is said about files that are wrong.
struct DecodingProblemTests {
    @Test(arguments: [
        ("limits: {rng: 4KiB}", "proxy.yaml:7:10: limits.rng: there is no such key; did you mean ring?"),
        (
            "log: {colour: no}",
            "proxy.yaml:7:7: log.colour: there is no such key; there are destination, format, level"
        ),
        ("limit: {ring: 4KiB}", "proxy.yaml:7:1: limit: there is no such key; did you mean limits?"),
        ("threads: 0", "proxy.yaml:7:10: threads: \"0\" won't do: it must be a number, 1 to 1024"),
        ("threads: two", "proxy.yaml:7:10: threads: \"two\" won't do: it must be a number, 1 to 1024"),
        ("threads:", "proxy.yaml:7:9: threads: it must be a number, 1 to 1024, not nothing"),
        ("threads: [1]", "proxy.yaml:7:10: threads: it must be a number, 1 to 1024, not a list"),
        ("limits: 4KiB", "proxy.yaml:7:9: limits: it must be a section of keys, not a single value"),
        ("reuse_port: maybe", "proxy.yaml:7:13: reuse_port: \"maybe\" won't do: it must be yes or no"),
        (
            "timeouts: {idle: 10}",
            "proxy.yaml:7:18: timeouts.idle: \"10\" won't do: it must be a time such as 500ms, 10s, 5m, 2h or 1d, "
                + "1ms to 30d, or none"
        ),
        (
            "limits: {ring: 16 kib}",
            "proxy.yaml:7:16: limits.ring: \"16 kib\" won't do: it must be a number of bytes such as 512, 16KiB or 4MiB, "
                + "1KiB to 16MiB"
        ),
        (
            "log: {level: loud}",
            "proxy.yaml:7:14: log.level: \"loud\" won't do: it must be one of trace, debug, info, notice, warning, error, critical"
        ),
        (
            "admin: 80",
            "proxy.yaml:7:8: admin: \"80\" won't do: it must be host:port, [IPv6]:port, unix:/path or systemd:NAME"
        ),
        (
            "admin: {address: ':1', permissions: 0600}",
            "proxy.yaml:7:37: admin.permissions: only sockets at a path have permissions: unix:/run/…"
        ),
        ("record_failures: {}", "proxy.yaml:7:18: record_failures.directory: this key must be there"),
    ])
    func `a problem is told with line, column, key and remedy`(line: String, words: String) {
        #expect(ConfigurationText.problems(ConfigurationText.least + "\n" + line) == [words])
    }

    @Test func `all problems of a file are told at once, in its order`() {
        let text = """
            threads: many
            listeners:
              - {adress: ":1", backlog: 0}
            routes:
              - name: a b
                mode: proxy
                upstream: {servers: [x, {weight: 0}]}
            """
        let found = ConfigurationText.problems(text).map { $0.split(separator: ": ").prefix(2).joined(separator: " ") }
        #expect(
            found == [
                "proxy.yaml:1:10 threads", "proxy.yaml:3:5 listeners[0].address", "proxy.yaml:3:6 listeners[0].adress",
                "proxy.yaml:3:29 listeners[0].backlog", "proxy.yaml:5:11 routes[0].name",
                "proxy.yaml:6:11 routes[0].mode",
                "proxy.yaml:7:26 routes[0].upstream.servers[0]",
                "proxy.yaml:7:29 routes[0].upstream.servers[1].address",
                "proxy.yaml:7:38 routes[0].upstream.servers[1].weight",
            ]
        )
    }

    @Test func `an empty file is told what must be there`() {
        #expect(
            ConfigurationText.problems("") == [
                "proxy.yaml:1:1: listeners: this key must be there", "proxy.yaml:1:1: routes: this key must be there",
            ]
        )
    }

    @Test func `text from the file is cut and cleaned in messages`() throws {
        let text = ConfigurationText.least + "\nthreads: \"a\\n" + String(repeating: "x", count: 500) + "\"\n"
        let found = try #require(ConfigurationText.problems(text).first)
        #expect(!found.contains("\n") && found.utf8.count < 200)
    }

    @Test func `an error can be branched on`() {
        #expect {
            try ConfigurationText.decode(ConfigurationText.least + "\nfoo: 1")
        } throws: { error in
            let problem = (error as? ConfigurationError)?.problems.first
            return problem?.code == .unknownKey && problem?.key == "foo"
                && problem?.place == .line("proxy.yaml", line: 7, column: 1)
        }
    }
}
