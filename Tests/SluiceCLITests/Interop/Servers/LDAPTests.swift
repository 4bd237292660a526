import Testing

extension Interop.Servers {
    /// OpenLDAP: RFC 4511 §4.14.
    @Suite(.needs(.slapd)) struct LDAPTests {
        @Test(arguments: SpokenVersion.allCases)
        func `a bind and a search are answered`(version: SpokenVersion) throws {
            let server = try RealServer.slapd()
            let client = try StartTLSClient("ldap", to: server, version.options)
            // bindResponse, success
            try client.say(LDAPMessage.bind, until: "\u{2}\u{1}\u{2}\u{61}\u{7}\u{a}\u{1}\u{0}")
            try client.say(LDAPMessage.search, until: "1.3.6.1.4.1.1466.20037")
            client.say(LDAPMessage.unbind)
            let outcome = try client.waitForEnd()
            #expect(outcome.status == 0, "\(outcome.errors)\n\(server.log)")
            #expect(outcome.negotiated?.version == version.name)
        }

        @Test func `another name and another root are refused`() throws {
            try StartTLSClient.expectRefusals("ldap", by: RealServer.slapd())
        }
    }
}

/// Requests of LDAP in BER, RFC 4511.
private enum LDAPMessage {
    /// Nobody, by no password.
    static let bind: [UInt8] = [0x30, 12, 2, 1, 2, 0x60, 7, 2, 1, 3, 4, 0, 0x80, 0]

    /// What the server says of itself: the extended requests that it knows.
    static let search: [UInt8] =
        [0x30, 57, 2, 1, 3, 0x63, 52, 4, 0, 10, 1, 0, 10, 1, 0, 2, 1, 0, 2, 1, 0, 1, 1, 0]
        + [0x87, 11] + Array("objectClass".utf8) + [0x30, 20, 4, 18] + Array("supportedExtension".utf8)

    /// Goodbye.
    static let unbind: [UInt8] = [0x30, 5, 2, 1, 4, 0x42, 0]
}
