import Fixtures
import Foundation

/// A `sluice connect` to a server on 127.0.0.1 that calls itself `localhost`.
struct SluiceClient {
    /// The program.
    let program: Program

    /// Starts it. By default it trusts the test root and looks for `localhost`.
    init(
        to address: String,
        _ options: [String] = [],
        trusting roots: String = Fixtures.path("root.pem"),
        name: String = "localhost"
    ) throws {
        let own = ["connect", address, "--server-name", name, "--ca", roots]
        program = try Program.sluice(own + options)
    }

    /// Runs it to its end with nothing to say.
    static func run(
        to address: String,
        _ options: [String] = [],
        trusting roots: String = Fixtures.path("root.pem"),
        name: String = "localhost"
    ) throws -> Program.Outcome {
        let client = try SluiceClient(to: address, options, trusting: roots, name: name)
        client.program.closeInput()
        return try client.program.finish()
    }

    /// Sends bytes to a server that echoes, waits until as many are back, then closes.
    static func exchange(_ bytes: [UInt8], with address: String, _ options: [String] = []) throws -> Program.Outcome {
        let client = try SluiceClient(to: address, options)
        client.program.write(bytes)
        _ = try client.program.output(ofAtLeast: bytes.count)
        client.program.closeInput()
        return try client.program.finish()
    }
}

extension Program.Outcome {
    /// What `sluice connect` negotiated.
    var negotiated: Negotiated? {
        let prefix = "sluice: connected: "
        return errors.split(separator: "\n").first { $0.hasPrefix(prefix) }
            .map { Negotiated(String($0.dropFirst(prefix.count))) }
    }
}

extension Program.Outcome {
    /// What `sluice serve` negotiated, with one client after the other: `sluice: #1 192.0.2.1:50000: TLS 1.3, …`.
    var accepted: [Negotiated] {
        errors.split(separator: "\n").compactMap { line in
            guard line.hasPrefix("sluice: #"), let range = line.range(of: ": TLS ") else { return nil }
            return Negotiated("TLS " + line[range.upperBound...])
        }
    }
}

/// What `sluice` says of a handshake: `TLS 1.3, TLS_AES_256_GCM_SHA384, X25519, …, ALPN h2, resumed`.
struct Negotiated {
    /// The parts between the commas.
    let parts: [String]

    init(_ line: String) {
        parts = line.split(separator: ",").map { String($0.drop { $0 == " " }) }
    }

    var version: String { parts.first ?? "" }
    var suite: String { parts.dropFirst().first ?? "" }
    var applicationProtocol: String? {
        parts.first { $0.hasPrefix("ALPN ") }.map { String($0.dropFirst("ALPN ".count)) }
    }
    var isResumed: Bool { parts.contains("resumed") }
    /// Whether a group, signature algorithm or client is named.
    func names(_ part: String) -> Bool { parts.contains(part) }
}
