import Fixtures
import Foundation
import Sluice
import SluiceReplay
import Testing

/// Captures of real handshakes, as tools wrote them.
struct ClientHelloImportTests {
    @Test(
        arguments: [
            (.tls13, "127.0.0.1:", "server.test", ["h2", "http/1.1"]), (.tls12, "[::1]:", "localhost", []),
            (.cooked, "127.0.0.1:", "server.test", []), (.cooked2, "127.0.0.1:", "server.test", []),
            (.segments, "127.0.0.1:", "server.test", (0..<400).map { "protocol-number-\($0)" }),
        ] as [(Fixtures.PacketCapture, String, String, [String])]
    )
    func `a ClientHello is found`(
        file: Fixtures.PacketCapture,
        host: String,
        name: String,
        protocols: [String]
    ) throws {
        let found = try ClientHelloImport(file.bytes)
        try #require(found.clientHellos.count == 1)
        let hello = found.clientHellos[0]
        #expect(hello.source.hasPrefix(host))
        #expect(hello.destination.hasPrefix(host))
        #expect(hello.message.serverName == name)
        #expect(hello.message.applicationProtocols.map(\.description) == protocols)
        #expect(hello.message.supportedVersions.contains(0x0304) == (file != .tls12))
        #expect(hello.time.map { $0 > 1_735_689_600 } == true)
        #expect(found.skipped == ClientHelloImport.Skipped())
    }

    @Test func `both ClientHellos of a retried handshake are found`() throws {
        let hellos = try ClientHelloImport.clientHellos(in: Fixtures.PacketCapture.retry.bytes)
        #expect(hellos.map(\.isRetry) == [false, true])
        #expect(hellos.map(\.message.groups) == [[29, 24], [29, 24]])
        #expect(hellos[0].records != hellos[1].records)
    }

    @Test func `both of two connections are found, whole though in several records`() throws {
        let hellos = try ClientHelloImport.clientHellos(in: Fixtures.PacketCapture.records.bytes)
        #expect(Set(hellos.map(\.message.serverName)) == ["one.test", "two.test"])
        let one = try #require(hellos.first { $0.message.serverName == "one.test" })
        #expect(one.message.applicationProtocols.count == 100)
        #expect(one.records.count > one.message.message.count + 4 * 5)
    }

    @Test(arguments: Fixtures.packetCaptures)
    func `a server engine takes what was found`(file: Fixtures.PacketCapture) throws {
        let files = Fixtures.serverECDSA
        let identity = try TLSIdentity(pemChain: files.chain, pemKey: files.key)
        for hello in try ClientHelloImport.clientHellos(in: file.bytes) {
            var server = try TLSEngine(.server(identity))
            let taken = try server.feed(hello.records)
            let answer = server.drain()
            #expect(taken == hello.records.count)
            #expect(answer.starts(with: [0x16, 3, 3]))
        }
    }
}

/// The same captures after Wireshark's tools had them in hand.
@Suite(.enabled(if: Tool.areInstalled, "needs Wireshark's tools: package tshark"))
struct ConvertedCaptureTests {
    @Test(arguments: Fixtures.packetCaptures, ["pcap", "nsecpcap", "pcapng"])
    func `each format says the same`(file: Fixtures.PacketCapture, format: String) throws {
        let expected = try ClientHelloImport(file.bytes)
        #expect(try converted(file, ["-F", format]) == expected)
    }

    @Test(arguments: Fixtures.packetCaptures)
    func `a capture that begins after the connection did says the same`(file: Fixtures.PacketCapture) throws {
        let expected = try ClientHelloImport.clientHellos(in: file.bytes)
        #expect(try converted(file, [], packets: ["1-3"]).clientHellos == expected)
    }

    @Test func `packets that were cut short hold no whole ClientHello`() throws {
        let found = try converted(.tls13, ["-s", "200"])
        #expect(found.clientHellos.isEmpty)
        #expect(found.skipped.incompleteClientHellos == 1)
    }

    @Test func `captures that were merged say what each said`() throws {
        let all = try withTemporaryFolder { folder in
            let merged = folder.appending(path: "merged.pcapng")
            try Tool.mergecap.run(["-w", merged.path] + Fixtures.packetCaptures.map(\.path))
            return try ClientHelloImport.clientHellos(in: Array(Data(contentsOf: merged)))
        }
        let each = try Fixtures.packetCaptures.flatMap { try ClientHelloImport.clientHellos(in: $0.bytes) }
        #expect(Set(all) == Set(each))
        #expect(all.count == each.count)
    }

    @Test(arguments: Fixtures.packetCaptures)
    func `tshark sees as many`(file: Fixtures.PacketCapture) throws {
        let hellos = try ClientHelloImport.clientHellos(in: file.bytes)
        let types = try Tool.tshark.run([
            "-r", file.path, "-Y", "tls.handshake.type == 1", "-T", "fields", "-e", "tls.handshake.random",
        ])
        let randoms = types.split(whereSeparator: \.isNewline).map(String.init)
        #expect(Set(randoms) == Set(hellos.map { Hex.text(of: $0.message.message[6..<38]) }))
        #expect(randoms.count == hellos.count)
    }

    /// A capture after `editcap`, without some packets.
    private func converted(
        _ file: Fixtures.PacketCapture,
        _ options: [String],
        packets: [String] = []
    ) throws -> ClientHelloImport {
        try withTemporaryFolder { folder in
            let out = folder.appending(path: "out")
            try Tool.editcap.run(options + [file.path, out.path] + packets)
            return try ClientHelloImport(Array(Data(contentsOf: out)))
        }
    }
}
