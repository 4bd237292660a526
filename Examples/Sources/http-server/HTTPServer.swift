// A web server of Hummingbird's, with Sluice in the place of swift-nio-ssl: HTTP/1.1 and HTTP/2, as the client chooses.
//
//     swift run --package-path Examples http-server --cert Fixtures/Certificates/server-ecdsa.pem \
//         --key Fixtures/Certificates/server-ecdsa.key.pem --port 8443
//     curl --cacert Fixtures/Certificates/root.pem --http2 https://localhost:8443/
//     curl --cacert Fixtures/Certificates/root.pem --http1.1 --data-binary @file https://localhost:8443/echo
//
// SIGTERM and SIGINT end it once requests under way are answered. What puts TLS under Hummingbird is in
// SluiceChannel.swift.

import ArgumentParser
import Foundation
import Hummingbird
import Logging
import NIOCore
import Sluice

@main
struct HTTPServer: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "http-server",
        abstract: "Hummingbird over Sluice."
    )

    @Option(help: "The certificate and its intermediates, in PEM.") var cert: String
    @Option(help: "The private key, in PEM.") var key: String
    @Option(help: "Where to listen.") var host = "127.0.0.1"
    @Option(help: "0 takes a free one.") var port = 0

    func run() async throws {
        let (chain, key) = try (Data(contentsOf: URL(filePath: cert)), Data(contentsOf: URL(filePath: key)))
        let identity = try TLSIdentity(pemChain: Array(chain), pemKey: Array(key))
        var logger = Logger(label: "http-server", factory: { StreamLogHandler.standardError(label: $0) })
        logger.logLevel = .warning

        let application = Application(
            router: makeRouter(),
            server: try .sluice(identity),
            configuration: .init(address: .hostname(host, port: port)),
            onServerRunning: { [host, port] channel in
                let line = "listening on \(host):\(channel.localAddress?.port ?? port)\n"
                FileHandle.standardOutput.write(Data(line.utf8))
            },
            logger: logger
        )
        try await application.runService()
    }

    private func makeRouter() -> Router<BasicRequestContext> {
        let router = Router()
        router.get("/") { _, _ in "hello over TLS\n" }
        // Back as it comes, so that no more of it is held than is on its way.
        router.post("/echo") { request, _ in Response(status: .ok, body: .init(asyncSequence: request.body)) }
        return router
    }
}
