// TLS through a channel that carries lines of text alone: what one end prints in base64 is what the other end reads. The
// engine knows nothing of it, and anything that moves bytes can take the place of `print` and `readLine`.
//
//     swift build --package-path Examples --product custom-transport
//     PATH=$PWD/Examples/.build/debug:$PATH
//     cd Fixtures/Certificates && mkfifo back
//     custom-transport client server.test root.pem < back |
//         custom-transport server server-ecdsa.pem server-ecdsa.key.pem > back
//
// Each end greets the other, and says on standard error how it was greeted. (With `tee` in the pipe the lines can be
// watched.) Exit code 1: the other end isn't who it should be, or its greeting was cut off.

import Foundation
import Sluice

@main
enum CustomTransport {
    static func main() {
        do {
            var engine = try makeEngine(CommandLine.arguments)
            while engine.needs != .nothing {
                switch engine.needs {
                case .drain: say(Data(engine.drain()).base64EncodedString(), to: .standardOutput)
                case .ciphertext: receive(&engine)
                default: say(String(decoding: try engine.read(), as: UTF8.self), to: .standardError)
                }
                guard engine.state == .open else { continue }
                try engine.write(Array("hello from the \(CommandLine.arguments[1])".utf8))
                try engine.close()
            }
            _ = try engine.read()  // Throws what became of it, if that isn't a clean end.
        } catch {
            say("custom-transport: \(error)", to: .standardError)
            exit(1)
        }
    }

    /// Feeds a line. One that isn't base64, or is too long, ends the connection. What fails, the engine keeps in mind.
    static func receive(_ engine: inout TLSEngine) {
        let bytes = readLine().flatMap { Data(base64Encoded: $0) }.map { Array($0) } ?? []
        if bytes.isEmpty || (try? engine.feed(bytes)) != bytes.count { try? engine.feedEOF() }
    }

    static func say(_ line: String, to file: FileHandle) { file.write(Data("\(line)\n".utf8)) }

    static func makeEngine(_ words: [String]) throws -> TLSEngine {
        guard words.count == 4 else { throw CocoaError(.userCancelled) }
        if words[1] == "client" {
            var configuration = TLSClientConfiguration(serverName: ServerName(words[2]) ?? "localhost")
            configuration.verification = .roots(.file(words[3]))
            return try TLSEngine(configuration)
        }
        let (chain, key) = try (Data(contentsOf: URL(filePath: words[2])), Data(contentsOf: URL(filePath: words[3])))
        return try TLSEngine(.server(TLSIdentity(pemChain: Array(chain), pemKey: Array(key))))
    }
}
