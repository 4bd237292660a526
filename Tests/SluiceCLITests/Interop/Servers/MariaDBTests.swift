import Testing

extension Interop.Servers {
    /// MariaDB: its SSLRequest packet.
    @Suite(.needs(.mariaDB)) struct MariaDBTests {
        @Test(arguments: SpokenVersion.allCases)
        func `a login and a query are answered`(version: SpokenVersion) throws {
            let server = try RealServer.mariaDB()
            let client = try StartTLSClient("mysql", to: server, version.options)
            try client.say(login, until: "\u{7}\u{0}\u{0}\u{3}\u{0}")
            try client.say(packet([3] + Array("SELECT CONCAT('slui', 'ce')".utf8), 0), until: "sluice")
            client.say(packet([1], 0))
            let outcome = try client.waitForEnd()
            // MariaDB closes without close_notify.
            #expect(outcome.status == 4, "\(outcome.errors)\n\(server.log)")
            #expect(outcome.negotiated?.version == version.name)
        }

        @Test func `another name and another root are refused`() throws {
            try StartTLSClient.expectRefusals("mysql", by: RealServer.mariaDB())
        }

        /// The login of `root`: what the SSLRequest said already, the name, no password.
        private var login: [UInt8] {
            let said: [UInt8] = [0x01, 0x8a, 0, 0, 0, 0, 0, 1, 45] + [UInt8](repeating: 0, count: 23)
            return packet(said + Array("root".utf8) + [0, 0], 2)
        }

        /// A packet of less than 256 bytes with its number.
        private func packet(_ bytes: [UInt8], _ number: UInt8) -> [UInt8] {
            [UInt8(bytes.count), 0, 0, number] + bytes
        }
    }
}
