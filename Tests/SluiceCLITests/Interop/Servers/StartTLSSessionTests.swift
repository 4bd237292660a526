import Testing

extension Interop.Servers {
    /// What outlives a connection that STARTTLS led to.
    @Suite struct StartTLSSessionTests {
        /// Of the servers here, those that keep a session for another connection.
        @Test(arguments: ServedProtocol.installed(["ftp", "mysql"]), SpokenVersion.allCases)
        func `a session is resumed`(served: ServedProtocol, version: SpokenVersion) throws {
            let server = try served.start()
            let directory = try TemporaryDirectory()
            let options = version.options + ["--session", directory.path("session")]
            for isResumed in [false, true, true] {
                let outcome = try StartTLSClient(served.name, to: server, options).finish()
                #expect(outcome.negotiated?.isResumed == isResumed, "\(outcome.errors)\n\(server.log)")
            }
        }

        @Test(.needs(.dovecot), .needs(.dovecotIMAP), arguments: SpokenVersion.allCases)
        func `a recorded connection replays without the server`(version: SpokenVersion) throws {
            let directory = try TemporaryDirectory()
            let journal = directory.path("journal")
            let server = try RealServer.dovecot(.imap)
            let client = try StartTLSClient("imap", to: server, version.options + ["--record", journal])
            try client.say("a LOGIN joe secret", until: "a OK")
            try client.say("b LOGOUT", until: "b OK")
            #expect(try client.waitForEnd().status == 0)
            let replay = try Program.runSluice("replay", journal)
            #expect(replay.status == 0, "\(replay.errors)")
        }
    }
}
