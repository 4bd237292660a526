import Testing

extension Interop.Servers {
    /// ProFTPD: RFC 4217.
    @Suite(.needs(.proftpd), .needs(.proftpdTLS)) struct FTPTests {
        @Test(arguments: SpokenVersion.allCases)
        func `a user logs in and asks where it is`(version: SpokenVersion) throws {
            let server = try RealServer.proftpd()
            let client = try StartTLSClient("ftp", to: server, version.options)
            try client.say("USER joe", until: "331 ")
            try client.say("PASS secret", until: "230 ")
            try client.say("PWD", until: "257 ")
            try client.say("QUIT", until: "221 ")
            let outcome = try client.waitForEnd()
            #expect(outcome.status == 0, "\(outcome.errors)\n\(server.log)")
            #expect(outcome.negotiated?.version == version.name)
        }

        @Test func `another name and another root are refused`() throws {
            try StartTLSClient.expectRefusals("ftp", by: RealServer.proftpd())
        }
    }
}
