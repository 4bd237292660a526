import Fixtures
import Foundation
import Testing

extension Interop.Proxies {
    /// A protocol in which both sides speak when they like.
    @Suite(.needs(.python)) struct WebSocketTests {
        @Test(arguments: ["terminate", "bridge"])
        func `messages and pings of a WebSocket come back`(mode: String) throws {
            let server = try Software.python.start([Self.script, "server"])
            let port = try server.line(beginningWith: "listening ")
            // A bridge needs TLS at the server, too.
            let front =
                try mode == "bridge" ? RealProxy(Fixtures.serverRSA.options + ["--to", "127.0.0.1:\(port)"]) : nil
            let upstream = ["--upstream-ca", Fixtures.path("root.pem"), "--upstream-name", "localhost"]
            let proxy = try RealProxy(
                ["--mode", mode, "--to", front?.address ?? "127.0.0.1:\(port)"] + Fixtures.serverECDSA.options
                    + (front == nil ? [] : upstream)
            )
            let client = try Software.python.run([Self.script, "client", proxy.port, Fixtures.path("root.pem")])
            #expect(client.text == "echoed 207\nclosed 1000\nleft 0\n", "\(client.errors)\(proxy.program.said)")
            #expect(try server.finish().status == 0)
        }

        private static let script =
            URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .path + "/Interop/Peers/websocket.py"
    }
}
