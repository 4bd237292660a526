import Fixtures
import Foundation
import SluicePOSIX
import Testing

/// `sluice proxy` that reads its files again while clients come and go.
struct ReloadTests {
    @Test func `no connection is lost while a certificate is replaced again and again`() throws {
        let echo = try PlainUpstream.echo()
        let (text, directory) = try Self.filesInDirectory(to: echo.address)
        let proxy = try ConfiguredProxy(text, in: directory)
        let long = try TLSClient(to: proxy.port)
        #expect(try long.exchange())
        let load = Load(on: proxy.port)
        for round in 0..<(isFullRun ? 50 : 6) {
            let before = load.doneCount
            try Self.copy(round.isMultiple(of: 2) ? "server-rsa" : "server-ecdsa", to: directory)
            proxy.program.signal(SIGHUP)
            _ = try proxy.log(" reloaded ", times: round + 1)
            try eventually { load.doneCount > before }
        }
        let (count, failures) = load.stop()
        #expect(failures.isEmpty && count > 0)
        #expect(try long.exchange())
        let expected = try Self.serialNumber(of: proxy)
        try Self.copy("server-rsa", to: directory)
        proxy.program.signal(SIGHUP)
        try eventually { try Self.serialNumber(of: proxy) != expected }
    }

    @Test func `files that change are noticed`() throws {
        let echo = try PlainUpstream.echo()
        var (text, directory) = try Self.filesInDirectory(to: echo.address)
        text.rest = ["reload: {interval: 1s}"]
        let proxy = try ConfiguredProxy(text, in: directory)
        let before = try Self.serialNumber(of: proxy)
        try Self.copy("server-rsa", to: directory)
        #expect(try proxy.log(" reloaded ")[0].contains("changed: "))
        #expect(try Self.serialNumber(of: proxy) != before)
    }

    @Test func `a bad file changes nothing, and its line and key are told`() throws {
        let echo = try PlainUpstream.echo()
        let (text, directory) = try Self.filesInDirectory(to: echo.address)
        let proxy = try ConfiguredProxy(text, in: directory)
        let before = try Self.serialNumber(of: proxy)
        try proxy.reload(text.with("limits: {conections: 1}"))
        #expect(try proxy.log("not reloaded")[0].contains("proxy.yaml:4:10: limits.conections"))
        _ = try directory.write(Array("no certificate".utf8), to: "server.pem")
        try proxy.reload(text.with("limits: {connections: 1}"))
        let problem = try proxy.log("not reloaded", times: 2)[1]
        #expect(problem.contains("routes[0].certificates[0].certificate") && problem.contains("server.pem"))
        #expect(try Self.serialNumber(of: proxy) == before)
        let clients = [try TLSClient(to: proxy.port), try TLSClient(to: proxy.port)]
        for client in clients { #expect(try client.exchange()) }
    }

    @Test func `a listener comes and goes, and those who came in there stay`() throws {
        let echo = try PlainUpstream.echo()
        let proxy = try ConfiguredProxy(ProxyText(to: echo.address))
        let port = try RawServer.unusedPort()
        var more = ProxyText(to: echo.address)
        more.listeners.append("{address: \"127.0.0.1:\(port)\"}")
        try proxy.reload(more)
        _ = try proxy.log(" reloaded ")
        let client = try TLSClient(to: port)
        #expect(try client.exchange())
        try proxy.reload(ProxyText(to: echo.address))
        _ = try proxy.log(" reloaded ", times: 2)
        try eventually { (try? RawClient(to: port)) == nil }
        #expect(try client.exchange())
        #expect(try TLSClient(to: proxy.port).exchange())
    }

    @Test func `a listener that can't be opened changes nothing`() throws {
        let echo = try PlainUpstream.echo()
        let proxy = try ConfiguredProxy(ProxyText(to: echo.address))
        var taken = ProxyText(to: "127.0.0.1:1")
        taken.listeners = ["{address: \"\(echo.address)\"}"]
        try proxy.reload(taken)
        #expect(try proxy.log("not reloaded")[0].contains(echo.address))
        #expect(try TLSClient(to: proxy.port).exchange())
    }

    /// The certificate and key of the proxy are files that a test replaces.
    private static func filesInDirectory(to server: String) throws -> (ProxyText, TemporaryDirectory) {
        let directory = try TemporaryDirectory()
        try copy("server-ecdsa", to: directory)
        var text = ProxyText(to: server)
        text.certificate = directory.path("server.pem")
        text.key = directory.path("server.key")
        return (text, directory)
    }

    /// Puts an identity in place, both files at once as far as a reader can tell: the proxy reads again only when told.
    private static func copy(_ name: String, to directory: TemporaryDirectory) throws {
        _ = try directory.write(Fixtures.bytes("\(name).pem"), to: "server.pem")
        _ = try directory.write(Fixtures.bytes("\(name).key.pem"), to: "server.key")
    }

    private static func serialNumber(of proxy: ConfiguredProxy) throws -> String? {
        try TLSClient(to: proxy.port).serialNumber
    }
}

extension ProxyText {
    /// The same with another line.
    func with(_ line: String) -> ProxyText {
        var text = self
        text.rest.append(line)
        return text
    }
}
