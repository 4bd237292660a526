// TLS inside the binary frames of a WebSocket: where something in between ends the outer TLS, or there is none, the two
// ends still speak to each other alone.
//
//     swift build --package-path Examples --product framed-stream
//     PATH=$PWD/Examples/.build/debug:$PATH
//     cd Fixtures/Certificates
//     framed-stream server --cert server-ecdsa.pem --key server-ecdsa.key.pem --port 8080 &
//     framed-stream client --name server.test --ca root.pem --port 8080 "hello in there"
//
// The server sends back what it gets. The transport is in WebSocketTransport.swift.

import ArgumentParser
import Foundation
import NIOCore
import NIOPosix
import NIOWebSocket
import Sluice
import SluiceAsync

@main
struct FramedStream: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "framed-stream",
        abstract: "TLS inside the frames of a WebSocket.",
        subcommands: [Client.self, Server.self]
    )

    struct Client: AsyncParsableCommand {
        @Option(help: "Whom the server's certificate must name.") var name: String
        @Option(help: "The roots that may have signed it, in PEM.") var ca: String
        @Option(help: "Where the server is.") var host = "127.0.0.1"
        @Option(help: "Its port.") var port: Int
        @Argument(help: "What to say.") var message: String

        func run() async throws {
            guard let serverName = ServerName(name) else { throw ValidationError("\(name) is no name of a server") }
            var configuration = TLSClientConfiguration.client(to: serverName)
            configuration.verification = .roots(.file(ca))
            let context = try TLSContext(configuration)

            let channel = try await WebSocket.connect(to: host, port: port)
            try await channel.executeThenClose { inbound, _ in
                let transport = WebSocketTransport(channel, inbound: inbound, as: .client)
                try await withTLS(TLSEngine(context), over: transport) { stream in
                    try await stream.write(Array(message.utf8))
                    try await stream.close()
                    for try await bytes in stream.plaintext { FileHandle.standardOutput.write(Data(bytes)) }
                }
            }
        }
    }

    struct Server: AsyncParsableCommand {
        @Option(help: "The certificate and its intermediates, in PEM.") var cert: String
        @Option(help: "The private key, in PEM.") var key: String
        @Option(help: "Where to listen.") var host = "127.0.0.1"
        @Option(help: "0 takes a free one.") var port = 0

        func run() async throws {
            let (chain, key) = try (Data(contentsOf: URL(filePath: cert)), Data(contentsOf: URL(filePath: key)))
            let identity = try TLSIdentity(pemChain: Array(chain), pemKey: Array(key))
            let context = try TLSContext(.server(identity))

            let listener = try await WebSocket.listen(at: host, port: port)
            say("listening on \(host):\(listener.channel.localAddress?.port ?? port)", to: .standardOutput)
            try await listener.executeThenClose { accepted in
                try await withThrowingDiscardingTaskGroup { group in
                    for try await upgraded in accepted { group.addTask { await serve(upgraded, context) } }
                }
            }
        }

        /// One client's failure is its own.
        private func serve(_ upgraded: WebSocket.Upgraded, _ context: TLSContext) async {
            do {
                guard let channel = try await upgraded.get() else { return }
                try await channel.executeThenClose { inbound, _ in
                    let transport = WebSocketTransport(channel, inbound: inbound, as: .server)
                    try await withTLS(TLSEngine(context), over: transport) { stream in
                        for try await bytes in stream.plaintext { try await stream.write(bytes) }
                    }
                }
            } catch {
                say("framed-stream: \(error)", to: .standardError)
            }
        }

        private func say(_ line: String, to file: FileHandle) {
            file.write(Data("\(line)\n".utf8))
        }
    }
}
