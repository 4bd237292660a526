import Fixtures
import Foundation

/// `openssl s_server`, for one connection unless told otherwise: what comes goes to its standard output, between lines
/// about the connection, and its standard input goes to the client. Lines that begin with a letter may be commands.
struct OpenSSLServer {
    /// The program.
    let program: Program
    /// Where it listens.
    let address: String
    private let directory: TemporaryDirectory

    init(_ options: [String] = [], identity: Fixtures.Identity = Fixtures.serverECDSA, connections: Int = 1) throws {
        directory = try TemporaryDirectory()
        let marker = "-----END CERTIFICATE-----\n"
        let certificates = String(decoding: identity.chain, as: UTF8.self).components(separatedBy: marker).dropLast()
        let rest = certificates.dropFirst().map { $0 + marker }.joined()
        let chain = rest.isEmpty ? [] : ["-cert_chain", try directory.write(Array(rest.utf8), to: "chain.pem")]
        let own = ["-cert", identity.chainPath, "-key", identity.keyPath, "-naccept", "\(connections)"]
        program = try Software.openssl.start(["s_server", "-accept", "127.0.0.1:0"] + own + chain + options)
        address = try program.line(beginningWith: "ACCEPT ")
    }

    /// Gives it bytes for the client once it has one: input that is there before makes `s_server` wait for the client's
    /// bytes and forget its own.
    func write(_ bytes: [UInt8]) throws {
        _ = try program.line(beginningWith: "CIPHER is ")
        program.write(bytes)
    }

    /// Waits for its end, after its last connection.
    func finish() throws -> Program.Outcome {
        try program.finish()
    }
}

extension SpokenVersion {
    /// The option of `openssl` for nothing but this version.
    var opensslOption: String { self == .tls12 ? "-tls1_2" : "-tls1_3" }

    /// As OpenSSL and nginx name it.
    var opensslName: String { "TLSv\(rawValue)" }
}
