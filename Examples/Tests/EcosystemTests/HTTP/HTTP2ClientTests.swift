import Foundation
import NIOCore
import NIOHPACK
import NIOHTTP2
import NIOPosix
import NIOTLS
import Programs
import Sluice
import SluiceNIO
import Subprocess
import Testing

/// swift-nio-http2's client behind Sluice's handler, and nginx.
@Suite(.timeLimit(.minutes(10)), .needs("nginx"))
struct HTTP2ClientTests {
    private let bytes = pattern(5_000_000)

    @Test(arguments: TLSVersion.allCases)
    func `many streams of one connection get their bytes`(version: TLSVersion) async throws {
        try await withNginx(serving: bytes) { socket in
            let streams = try await connect(to: socket, version)
            let bodies = try await withThrowingTaskGroup { group in
                for _ in 0..<8 { group.addTask { try await get("/big", by: streams) } }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            #expect(bodies.count == 8)
            #expect(bodies.allSatisfy { $0 == bytes })
            try await streams.channel.close()
        }
    }

    /// A connection that speaks HTTP/2.
    private struct Streams: Sendable {
        let channel: any Channel
        let multiplexer: NIOHTTP2Handler.AsyncStreamMultiplexer<Void>
    }

    private func connect(to socket: String, _ version: TLSVersion) async throws -> Streams {
        let settings = Settings(version: version, clientProtocols: ["h2", "http/1.1"])
        let negotiated = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .connect(unixDomainSocketPath: socket) { channel in
                channel.eventLoop.makeCompletedFuture {
                    let negotiation = NIOTypedApplicationProtocolNegotiationHandler<Streams> { choice in
                        channel.eventLoop.makeCompletedFuture {
                            guard case .negotiated("h2") = choice else { throw ChannelError.operationUnsupported }
                            let multiplexer = try channel.pipeline.syncOperations.configureAsyncHTTP2Pipeline(
                                mode: .client
                            ) { stream in stream.close() }
                            return Streams(channel: channel, multiplexer: multiplexer)
                        }
                    }
                    try channel.pipeline.syncOperations.addHandlers([settings.clientHandler(.sluice), negotiation])
                    return negotiation.protocolNegotiationResult
                }
            }
        return try await negotiated.get()
    }

    private func get(_ path: String, by streams: Streams) async throws -> [UInt8] {
        let stream = try await streams.multiplexer.openStream { stream in
            stream.eventLoop.makeCompletedFuture {
                try NIOAsyncChannel<HTTP2Frame.FramePayload, HTTP2Frame.FramePayload>(
                    wrappingChannelSynchronously: stream
                )
            }
        }
        return try await stream.executeThenClose { inbound, outbound in
            let request: HPACKHeaders = [
                ":method": "GET", ":scheme": "https", ":authority": "server.test", ":path": path,
            ]
            try await outbound.write(.headers(.init(headers: request, endStream: true)))
            var body: [UInt8] = []
            for try await payload in inbound {
                switch payload {
                case .headers(let headers): #expect(headers.headers.first(name: ":status") == "200")
                case .data(let data):
                    if case .byteBuffer(let buffer) = data.data { body += Array(buffer.readableBytesView) }
                    if data.endStream { return body }
                default: break
                }
            }
            return body
        }
    }

    /// Runs nginx while `body` does. It listens on a socket in a folder of its own, so that no port can be taken.
    private func withNginx(serving bytes: [UInt8], _ body: (_ socket: String) async throws -> Void) async throws {
        try await withTemporaryDirectory { folder in
            let socket = folder.appending(path: "socket").path
            try Data(bytes).write(to: folder.appending(path: "big"))
            let file = folder.appending(path: "nginx.conf")
            try Data(configuration(of: folder, socket).utf8).write(to: file)
            _ = try await Subprocess.run(
                Program.installed("nginx").executable,
                arguments: ["-e", "stderr", "-p", folder.path, "-c", file.path],
                input: .none,
                output: .discarded,
                error: .sequence
            ) { execution in
                for try await line in execution.standardError.strings() {
                    // It listens before it says which nginx it is.
                    if line.contains(": nginx/") { break }
                }
                try await body(socket)
                try execution.send(signal: .terminate)
            }
        }
    }

    private func configuration(of folder: URL, _ socket: String) -> String {
        let folders = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"]
            .map { "\($0)_temp_path \(folder.appending(path: $0).path);" }
        return """
            daemon off; master_process off; error_log stderr notice;
            pid \(folder.appending(path: "pid").path);
            events {}
            http {
                access_log off;
                \(folders.joined(separator: " "))
                server {
                    listen unix:\(socket) ssl http2;
                    ssl_protocols TLSv1.2 TLSv1.3;
                    ssl_certificate \(certificate("server-ecdsa.pem"));
                    ssl_certificate_key \(certificate("server-ecdsa.key.pem"));
                    root \(folder.path);
                }
            }
            """
    }
}
