import SluicePreamble
import Testing

/// What is written can be read, and looks as the specification says.
struct ProxyHeaderTests {
    private static let signature: [UInt8] = [13, 10, 13, 10, 0, 13, 10, 0x51, 0x55, 0x49, 0x54, 10]

    private static func end(_ address: String, _ port: UInt16) throws -> ProxyHeader.Endpoint {
        ProxyHeader.Endpoint(try #require(InternetAddress(address)), port: port)
    }

    private static func parsed(_ bytes: [UInt8], _ cut: Cut = .whole) throws -> ProxyHeader? {
        var parser = ProxyHeaderParser()
        for piece in cut.pieces(of: bytes) { _ = try parser.feed(piece) }
        return parser.header
    }

    @Test(
        arguments: [
            ("192.0.2.1", 56_324, "198.51.100.2", 443, "PROXY TCP4 192.0.2.1 198.51.100.2 56324 443\r\n"),
            (
                "255.255.255.255", 65_535, "255.255.255.255", 65_535,
                "PROXY TCP4 255.255.255.255 255.255.255.255 65535 65535\r\n"
            ),
            ("2001:db8::1", 1, "::", 0, "PROXY TCP6 2001:db8::1 :: 1 0\r\n"),
            ("192.0.2.1", 1, "::1", 2, "PROXY TCP6 ::ffff:192.0.2.1 ::1 1 2\r\n"),
        ] as [(String, UInt16, String, UInt16, String)]
    )
    func `version 1 is a line`(source: String, from: UInt16, destination: String, to: UInt16, line: String) throws {
        let route = ProxyHeader.Route.internet(
            .stream,
            source: try Self.end(source, from),
            destination: try Self.end(destination, to)
        )
        let bytes = try ProxyHeader(route).encoded(as: .v1)
        #expect(text(bytes) == line)
        let mapped = try #require(InternetAddress("::ffff:192.0.2.1"))
        guard case .internet(_, let readSource, let readDestination)? = try Self.parsed(bytes)?.route else {
            Issue.record("no route")
            return
        }
        #expect(readDestination == (try Self.end(destination, to)) && readSource.port == from)
        #expect(readSource.address == InternetAddress(source) || readSource.address == mapped)
    }

    @Test func `version 2 of IPv4 has 28 bytes`() throws {
        let route = ProxyHeader.Route.internet(
            .stream,
            source: try Self.end("192.0.2.1", 0x1234),
            destination: try Self.end("198.51.100.2", 443)
        )
        let bytes = try ProxyHeader(route).encoded(as: .v2)
        #expect(bytes == Self.signature + [0x21, 0x11, 0, 12, 192, 0, 2, 1, 198, 51, 100, 2, 0x12, 0x34, 1, 0xbb])
    }

    @Test func `version 2 of a local connection has 16 bytes`() throws {
        #expect(try ProxyHeader(.local).encoded(as: .v2) == Self.signature + [0x20, 0, 0, 0])
        #expect(try ProxyHeader(.unknown).encoded(as: .v2) == Self.signature + [0x21, 0, 0, 0])
        #expect(try ProxyHeader(.unknown).encoded(as: .v1) == Array("PROXY UNKNOWN\r\n".utf8))
    }

    static let headers: [ProxyHeader] = {
        guard let v4 = InternetAddress("192.0.2.1"), let v6 = InternetAddress("2001:db8::2") else { return [] }
        let tls = ProxyHeader.TLSFacts(
            client: [.tls, .certificateOnConnection],
            verifyResult: 0,
            fields: [
                .init(.tlsVersion, Array("TLSv1.3".utf8)), .init(.tlsCommonName, Array("joe".utf8)),
                .init(.tlsCipher, Array("TLS_AES_256_GCM_SHA384".utf8)),
                .init(.tlsSignatureAlgorithm, Array("SHA256".utf8)), .init(.tlsKeyAlgorithm, Array("RSA2048".utf8)),
            ]
        )
        let fields: [ProxyHeader.Field] = [
            .applicationProtocol(Array("h2".utf8)), .authority("example.com"), .noOperation(bytes: 5), .tls(tls),
            .uniqueID([1, 2, 3]), .networkNamespace("blue"), .init(.init(rawValue: 0xea), [1, 2, 3, 4]),
        ]
        let routes = ProxyHeader.Transport.allCases.flatMap { transport in
            [(v4, v4), (v6, v6)].map { source, destination in
                ProxyHeader.Route.internet(
                    transport,
                    source: .init(source, port: 1),
                    destination: .init(destination, port: 65_535)
                )
            } + [.unix(transport, source: Array("/run/a".utf8), destination: [0] + Array("abstract".utf8))]
        }
        return [ProxyHeader(.local), ProxyHeader(.unknown), ProxyHeader(.unknown, fields: fields)]
            + routes.flatMap { [ProxyHeader($0), ProxyHeader($0, fields: fields)] }
    }()

    @Test(arguments: headers, Cut.all)
    func `what version 2 says is read again, and no byte behind`(header: ProxyHeader, cut: Cut) throws {
        for checksum in [ProxyHeader.Checksum.none, .crc32c] {
            let bytes = try header.encoded(as: .v2, checksum: checksum)
            let outcome = Outcome(of: ProxyHeaderParser(), fed: bytes + bytes, cut: cut)
            #expect(outcome.isFinished && outcome.taken == bytes.count)
            #expect(try Self.parsed(bytes, cut) == header)
        }
    }

    @Test func `fields are read by what they say`() throws {
        let header = try #require(Self.headers.last)
        #expect(header.applicationProtocol == Array("h2".utf8))
        #expect(header.authority == "example.com")
        #expect(header.uniqueID == [1, 2, 3])
        #expect(header.networkNamespace == "blue")
        let tls = try #require(header.tls)
        #expect(tls.client == [.tls, .certificateOnConnection] && tls.isClientVerified)
        #expect(tls.version == "TLSv1.3" && tls.commonName == "joe" && tls.cipher == "TLS_AES_256_GCM_SHA384")
        #expect(tls.signatureAlgorithm == "SHA256" && tls.keyAlgorithm == "RSA2048")
    }

    @Test func `no certificate is no verified client`() {
        #expect(!ProxyHeader.TLSFacts(client: .tls, verifyResult: 0).isClientVerified)
        #expect(!ProxyHeader.TLSFacts(client: [.tls, .certificateInSession], verifyResult: 1).isClientVerified)
    }

    @Test func `what a form can't say is the caller's fault`() throws {
        let route = ProxyHeader.Route.unix(.stream, source: [], destination: [])
        let long = ProxyHeader.Route.unix(.stream, source: [UInt8](repeating: 1, count: 109), destination: [])
        let cases: [(ProxyHeader, ProxyHeader.Version, PreambleError.Code)] = [
            (ProxyHeader(.local), .v1, .unsupported), (ProxyHeader(route), .v1, .unsupported),
            (ProxyHeader(.unknown, fields: [.authority("a")]), .v1, .unsupported),
            (ProxyHeader(.local, fields: [.authority("a")]), .v2, .unsupported),
            (ProxyHeader(.unknown, fields: [.init(.crc32c, [0, 0, 0, 0])]), .v2, .unsupported),
            (ProxyHeader(.unknown, fields: [.noOperation(bytes: 70_000)]), .v2, .unsupported),
            (ProxyHeader(.unknown, fields: [.noOperation(bytes: 17_000)]), .v2, .tooLong),
            (ProxyHeader(long), .v2, .tooLong),
        ]
        for (header, version, code) in cases {
            let error = #expect(throws: PreambleError.self) { try header.encoded(as: version) }
            #expect(error?.code == code && error?.fault == .caller)
        }
    }
}
