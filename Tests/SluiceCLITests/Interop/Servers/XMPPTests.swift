import Testing

extension Interop.Servers {
    /// Prosody: RFC 6120 §5.
    @Suite(.needs(.prosody)) struct XMPPTests {
        @Test(arguments: SpokenVersion.allCases)
        func `a client is offered ways to log in`(version: SpokenVersion) throws {
            let server = try RealServer.prosody("c2s")
            let client = try StartTLSClient("xmpp", to: server, version.options)
            try client.say(streamStart("jabber:client"), until: "<mechanism>SCRAM-SHA-1</mechanism>")
            try client.say("</stream:stream>", until: "</stream:stream>")
            let outcome = try client.waitForEnd()
            #expect(outcome.status == 0, "\(outcome.errors)\n\(server.log)")
            #expect(outcome.negotiated?.version == version.name)
            #expect(!outcome.text.contains("<starttls"), "a second TLS isn't offered inside the first")
        }

        @Test(arguments: SpokenVersion.allCases)
        func `a server is answered`(version: SpokenVersion) throws {
            let server = try RealServer.prosody("s2s")
            let client = try StartTLSClient("xmpp-server", to: server, version.options)
            try client.say(streamStart("jabber:server"), until: "<dialback")
            try client.say("</stream:stream>", until: "</stream:stream>")
            let outcome = try client.waitForEnd()
            #expect(outcome.status == 0, "\(outcome.errors)\n\(server.log)")
            #expect(outcome.negotiated?.version == version.name)
        }

        @Test(arguments: [("xmpp", "c2s"), ("xmpp-server", "s2s")])
        func `another name and another root are refused`(name: String, side: String) throws {
            try StartTLSClient.expectRefusals(name, by: RealServer.prosody(side), ["--starttls-name", "localhost"])
        }

        private func streamStart(_ namespace: String) -> String {
            "<?xml version='1.0'?><stream:stream xmlns='\(namespace)' xmlns:stream='http://etherx.jabber.org/streams' "
                + "to='localhost' version='1.0'>"
        }
    }
}
