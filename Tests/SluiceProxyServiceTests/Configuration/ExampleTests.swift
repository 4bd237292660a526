import Fixtures
import Foundation
import SluiceProxyService
import Testing

/// The example that is meant to be copied.
struct ExampleTests {
    @Test func `the worked example is right, and with its files there is nothing to warn of`() throws {
        let folder = try ConfigurationFolder()
        for name in ["certificates", "tickets"] {
            try FileManager.default.createDirectory(atPath: folder.path + name, withIntermediateDirectories: false)
        }
        try folder.write("tickets/new.key", [UInt8](0..<80))
        try folder.write("tickets/old.key", [UInt8](0..<48))
        for (name, fixture) in [
            ("shop-ecdsa", "server-ecdsa"), ("shop-rsa", "server-rsa"), ("staging", "other"), ("proxy", "client"),
        ] {
            try folder.write("certificates/\(name).pem", Fixtures.bytes("\(fixture).pem"))
            try folder.write("certificates/\(name).key", Fixtures.bytes("\(fixture).key.pem"))
        }
        try folder.write("certificates/company-ca.pem", Fixtures.bytes("root.pem"))
        try folder.write("certificates/internal-ca.pem", Fixtures.bytes("root.pem"))
        try folder.write("certificates/company.crl", Fixtures.bytes("intermediate.crl.pem"))
        let text = String(decoding: try ConfigurationText.example, as: UTF8.self)
        let loaded = try folder.load(text)
        // The test certificates are for other names.
        #expect(loaded.warnings.allSatisfy { $0.words.hasPrefix("no certificate of this route is for ") })
        #expect(loaded.routes.map(\.configuration.name) == ["shop", "staging", "partner", "database"])
    }

    @Test func `what the example says is the default is the default`() throws {
        let configuration = try ConfigurationDocument(contentsOf: ConfigurationText.examplePath).configuration
        let expected = try ConfigurationText.decode(ConfigurationText.least)
        var limits = expected.limits
        (limits.connectionsPerAddressMax, limits.handshakesPerSecondMax) = (200, 500)
        #expect(configuration.limits == limits && configuration.timeouts == expected.timeouts)
        #expect(configuration.log == expected.log && configuration.threads == expected.threads)
        #expect(
            configuration.portSharing == expected.portSharing && configuration.fileWatching == expected.fileWatching
        )
    }
}
