// Gets a page with `withTLS` over a channel of SwiftNIO, and prints the answer, header and all:
//
//     swift run --package-path Examples async-client https://www.example.com/
//     swift run --package-path Examples async-client https://localhost:8443/ --ca Fixtures/Certificates/root.pem
//
// The server's certificate must lead to a root of the system, or to one of those in the file. What is refused, cut off
// or not there is told on standard error, with exit code 1.

import ArgumentParser
import Foundation
import NIOCore
import NIOPosix
import Sluice
import SluiceAsync
import SluiceNIO

@main
struct AsyncClient: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "async-client",
        abstract: "Gets a page over HTTPS."
    )

    @Argument(help: "What to get: https://host[:port][/path].") var url: String
    @Option(help: "The roots to trust instead of the system's, in PEM.") var ca: String?

    func run() async throws {
        guard let url = URL(string: url), url.scheme == "https", let host = url.host(), let name = ServerName(host)
        else { throw ValidationError("\(url) is no https:// address") }
        var configuration = TLSClientConfiguration.client(to: name)
        configuration.parameters.applicationProtocols = ["http/1.1"]
        if let ca { configuration.verification = .roots(.file(ca)) }
        let context = try TLSContext(configuration)

        let channel = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .connect(host: host, port: url.port ?? 443) { channel in
                channel.eventLoop.makeCompletedFuture {
                    try NIOAsyncChannel<ByteBuffer, ByteBuffer>(wrappingChannelSynchronously: channel)
                }
            }
        try await withNIOTransport(over: channel) { transport in
            try await withTLS(TLSEngine(context), over: transport) { stream in
                try await stream.write(request(for: url, of: host))
                for try await bytes in stream.plaintext { FileHandle.standardOutput.write(Data(bytes)) }
            }
        }
    }

    private func request(for url: URL, of host: String) -> [UInt8] {
        let path = url.path().isEmpty ? "/" : url.path()
        let target = path + (url.query().map { "?\($0)" } ?? "")
        return Array("GET \(target) HTTP/1.1\r\nHost: \(host)\r\nConnection: close\r\n\r\n".utf8)
    }
}
