import Fixtures
import Sluice
import SluicePOSIX

/// A TCP server for one peer that says what a script says, and then echoes over TLS as `server.test`.
struct ScriptedServer {
    /// Where it listens.
    let port: String

    /// What comes after the script.
    enum End: Sendable {
        /// A TLS server that echoes.
        case tls
        /// The end of the connection.
        case end
        /// Nothing, until the peer goes.
        case silence
    }

    /// - Parameters:
    ///   - script: What is waited for, as a part of what the peer says, and what is answered then.
    ///   - end: What comes after it.
    /// - Throws: Where no port is free.
    init(_ script: [(awaited: String, answer: String)], then end: End = .tls) throws {
        let server = try RawServer { peer in
            for line in script {
                var heard = ""
                while !heard.contains(line.awaited), !line.awaited.isEmpty {
                    let bytes = try peer.waitAndRead()
                    if bytes.isEmpty { return }
                    heard += String(decoding: bytes, as: UTF8.self)
                }
                try peer.writeAll(Array(line.answer.utf8))
            }
            switch end {
            case .tls: try peer.echoOverTLS()
            case .end: break
            case .silence: while try !peer.waitAndRead().isEmpty {}
            }
        }
        port = server.port
    }
}

extension Descriptor {
    /// Serves TLS as `server.test`, and gives back what comes until the peer closes, or cuts it off after so many bytes.
    borrowing func echoOverTLS(untilBytes countMax: Int = .max) throws {
        var count = 0
        let identity = Fixtures.serverECDSA
        var engine = try TLSEngine(.server(TLSIdentity(pemChain: identity.chain, pemKey: identity.key)))
        while case var bytes = try waitAndRead(), !bytes.isEmpty {
            while !bytes.isEmpty {
                bytes.removeFirst(try engine.feed(bytes))
                try writeAll(engine.drain())
                while case var text = try engine.read(), !text.isEmpty {
                    count += text.count
                    while !text.isEmpty {
                        text.removeFirst(try engine.write(text))
                        try writeAll(engine.drain())
                    }
                }
            }
            if count >= countMax { return }
            guard engine.isPeerClosed else { continue }
            try engine.close()
            try writeAll(engine.drain())
        }
    }
}
