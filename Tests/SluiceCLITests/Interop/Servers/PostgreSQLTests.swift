import Fixtures
import Foundation
import Testing

extension Interop.Servers {
    /// PostgreSQL: its SSLRequest.
    @Suite(.needs(.postgres), .needs(.initdb)) struct PostgreSQLTests {
        @Test(.needs(.psql), .needs(.socat), arguments: SpokenVersion.allCases)
        func `psql queries through a relay that puts TLS under it`(version: SpokenVersion) throws {
            let server = try RealServer.postgreSQL()
            let psql = try PSQL(to: server, version.options)
            let facts = try psql.run("SELECT version FROM pg_stat_ssl WHERE pid = pg_backend_pid()")
            #expect(facts.text == "\(version.opensslName)\n", "\(facts.errors)\(psql.log)")
            let rows = "SELECT string_agg(lpad(i::text, 8, '0'), '') AS t FROM generate_series(1, 131072) AS i"
            let digest = try psql.run("SELECT md5(t) FROM (\(rows)) AS r").text
            let large = try psql.run("SELECT t, md5(t) FROM (\(rows)) AS r").output
            #expect(large.count == 1_048_576 + 1 + digest.utf8.count)
            expectSame(large.prefix(1_048_576), (1...131_072).flatMap { zeroPadded($0) })
            #expect(String(decoding: large.suffix(digest.utf8.count), as: UTF8.self) == digest)
        }

        @Test(.needs(.psql), .needs(.socat))
        func `a megabyte goes up`() throws {
            let server = try RealServer.postgreSQL()
            let psql = try PSQL(to: server)
            let text = String(repeating: "0123456789abcdef", count: 4096)
            let values = (0..<16).map { _ in "('\(text)')" }.joined(separator: ",")
            let outcome = try psql.run(
                "SELECT count(t), sum(length(t)), md5(string_agg(t, '')) FROM (VALUES \(values)) AS v(t)"
            )
            #expect(outcome.text.hasPrefix("16|1048576|"), "\(outcome.errors)\(psql.log)")
        }

        @Test(.needs(.psql), .needs(.socat), arguments: SpokenVersion.allCases)
        func `a client's certificate is its login`(version: SpokenVersion) throws {
            let server = try RealServer.postgreSQL(method: "cert map=people")
            let psql = try PSQL(
                to: server,
                version.options + ["--cert", Fixtures.client.chainPath, "--key", Fixtures.client.keyPath]
            )
            let outcome = try psql.run("SELECT current_user, client_dn FROM pg_stat_ssl WHERE pid = pg_backend_pid()")
            #expect(outcome.text == "postgres|/O=Sluice Test/CN=client\n", "\(outcome.errors)\(psql.log)\(server.log)")
            let nobody = try PSQL(to: server, version.options).run("SELECT 1")
            #expect(nobody.status == 2 && nobody.errors.contains("connection requires a valid client certificate"))
        }

        @Test(.needs(.psql), .needs(.socat))
        func `a server that is killed in a query is told to psql and truncation`() throws {
            let server = try RealServer.postgreSQL()
            let psql = try PSQL(to: server)
            // A notice is sent at once, and behind it the server has nothing left to read.
            let program = try psql.start("DO $$ BEGIN RAISE NOTICE 'begun'; PERFORM pg_sleep(60); END $$")
            _ = try program.errorLine(containing: "begun")
            server.signal(SIGKILL)
            let outcome = try program.finish()
            #expect(outcome.status == 2 && outcome.output.isEmpty)
            #expect(outcome.errors.contains("server closed the connection unexpectedly"))
            try psql.waitForLog(containing: "sluice: truncated: the peer's bytes ended without close_notify")
        }

        @Test func `another name and another root are refused`() throws {
            try StartTLSClient.expectRefusals("postgres", by: RealServer.postgreSQL())
        }

        @Test func `a server without TLS is refused`() throws {
            let server = try RealServer.postgreSQL(["ssl": "off"])
            let outcome = try StartTLSClient("postgres", to: server).finish()
            #expect(outcome.status == 3)
            #expect(outcome.errors.contains("the server has no TLS"), "\(outcome.errors)")
        }

        private func zeroPadded(_ number: Int) -> [UInt8] {
            let digits = Array("\(number)".utf8)
            return [UInt8](repeating: UInt8(ascii: "0"), count: 8 - digits.count) + digits
        }
    }
}
