import Foundation
import SluiceProxyService

/// Pieces of configuration files.
enum ConfigurationText {
    /// The least that is a whole configuration: it passes everything on.
    static let least = """
        listeners:
          - address: 127.0.0.1:8443
        routes:
          - name: all
            mode: pass_through
            upstream: {servers: 127.0.0.1:443}
        """

    /// Where the worked example is.
    static let examplePath = String(
        #filePath.dropLast("Tests/SluiceProxyServiceTests/Configuration/ConfigurationText.swift".count)
            + "Examples/Proxy/proxy.yaml"
    )

    /// The worked example.
    static var example: [UInt8] {
        get throws { Array(try Data(contentsOf: URL(fileURLWithPath: examplePath))) }
    }

    /// A configuration with one route, of these lines.
    static func route(_ lines: String...) -> String {
        least.split(separator: "\n").prefix(2).joined(separator: "\n") + "\nroutes:\n  - name: all\n"
            + lines.map { "    \($0)\n" }.joined()
    }

    /// The configuration in a text.
    static func decode(_ text: String) throws(ConfigurationError) -> ProxyConfiguration {
        try ConfigurationDocument(yaml: Array(text.utf8), path: "proxy.yaml").configuration
    }

    /// What is wrong with a text, a line each.
    static func problems(_ text: String) -> [String] {
        problems(Array(text.utf8))
    }

    /// What is wrong with the bytes of a file, a line each.
    static func problems(_ bytes: [UInt8]) -> [String] {
        do throws(ConfigurationError) {
            _ = try ConfigurationDocument(yaml: bytes, path: "proxy.yaml")
            return []
        } catch {
            return error.problems.map(\.description)
        }
    }
}
