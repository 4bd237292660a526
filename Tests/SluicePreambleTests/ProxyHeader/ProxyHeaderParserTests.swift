import SluicePreamble
import Testing

/// Headers that others wrote, and what is none.
struct ProxyHeaderParserTests {
    private static let signature: [UInt8] = [13, 10, 13, 10, 0, 13, 10, 0x51, 0x55, 0x49, 0x54, 10]
    private static let ipv4: [UInt8] = [192, 0, 2, 1, 198, 51, 100, 2, 0, 1, 0, 2]

    /// As HAProxy 2.6.12 sent it, with all that it can tell and a checksum.
    private static let headerOfHAProxy = bytes(
        """
        0d0a0d0a000d0a515549540a211100927f0000017f000001872e480b03000484304f8f01000268320200096c6f63616c686f737405\
        002463323139396431642d393431392d343363382d626334312d6164316465303036393130382000440100000000210007544c5376\
        312e33250005454332353624001165636473612d776974682d534841323536230016544c535f4145535f3235365f47434d5f534841\
        333834
        """
    )

    private static func v2(_ command: UInt8, _ family: UInt8, _ block: [UInt8]) -> [UInt8] {
        signature + [command, family, UInt8(block.count >> 8), UInt8(block.count & 0xff)] + block
    }

    private static func header(_ bytes: [UInt8]) throws -> ProxyHeader? {
        var parser = ProxyHeaderParser()
        #expect(try parser.feed(bytes) == bytes.count)
        return parser.header
    }

    @Test(arguments: [
        "PROXY UNKNOWN\r\n", "PROXY UNKNOWN ffff::1 whatever it says\r\n",
        "PROXY UNKNOWN ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff 65535 65535\r\n",
    ])
    func `what follows UNKNOWN is ignored`(line: String) throws {
        #expect(try Self.header(Array(line.utf8)) == ProxyHeader(.unknown))
    }

    @Test func `the longest line has 107 bytes`() {
        let longest = Array(("PROXY UNKNOWN " + String(repeating: "x", count: 91) + "\r\n").utf8)
        #expect(longest.count == PreambleLimits.proxyHeaderV1BytesMax)
        #expect(Outcome(of: ProxyHeaderParser(), fed: longest).isFinished)
        let longer = Array(("PROXY UNKNOWN " + String(repeating: "x", count: 92) + "\r\n").utf8)
        #expect(Outcome(of: ProxyHeaderParser(), fed: longer).error?.code == .tooLong)
    }

    @Test(arguments: [
        "GET / HTTP/1.1\r\n", "PROXY TCP4 192.0.2.1 192.0.2.2 1 2\n", "PROXY TCP4 192.0.2.1 192.0.2.2 1\r\n",
        "PROXY TCP4 192.0.2.1 192.0.2.2 1 2 \r\n", "PROXY  TCP4 192.0.2.1 192.0.2.2 1 2\r\n",
        "PROXY TCP4 192.0.2.1 192.0.2.2 01 2\r\n", "PROXY TCP4 192.0.2.1 192.0.2.2 65536 2\r\n",
        "PROXY TCP4 192.0.2.01 192.0.2.2 1 2\r\n", "PROXY TCP4 ::1 ::1 1 2\r\n", "PROXY TCP6 192.0.2.1 ::1 1 2\r\n",
        "PROXY TCP6 192.0.2.1 192.0.2.1 1 2\r\n", "PROXY UDP4 192.0.2.1 192.0.2.2 1 2\r\n", "proxy UNKNOWN\r\n",
        "PROXY\r\n", "PROXY \r\n", "PROXY TCP4\r\n", "PROXY unknown\r\n", "PROXY UNKNOWNX\r\n",
        "PROXY TCP4 192.0.2.1 192.0.2.2 1 +2\r\n",
    ])
    func `a line that isn't exact is none`(line: String) {
        let outcome = Outcome(of: ProxyHeaderParser(), fed: Array(line.utf8))
        #expect(outcome.error?.code == .malformed && !outcome.isFinished, "\(outcome)")
    }

    @Test func `what HAProxy says of a client by TLS is understood`() throws {
        let header = try #require(try Self.header(Self.headerOfHAProxy))
        #expect(header.applicationProtocol == Array("h2".utf8) && header.authority == "localhost")
        #expect(header.uniqueID == Array("c2199d1d-9419-43c8-bc41-ad1de0069108".utf8))
        let tls = try #require(header.tls)
        #expect(tls.client == .tls && tls.verifyResult == 0 && !tls.isClientVerified)
        #expect(tls.version == "TLSv1.3" && tls.cipher == "TLS_AES_256_GCM_SHA384")
        #expect(tls.signatureAlgorithm == "ecdsa-with-SHA256" && tls.keyAlgorithm == "EC256")
        guard case .internet(.stream, let source, let destination) = header.route else {
            Issue.record("no route")
            return
        }
        #expect(source.description == "127.0.0.1:34606" && destination.description == "127.0.0.1:18443")
    }

    @Test func `a bit changed in what HAProxy says is found`() {
        var header = Self.headerOfHAProxy
        header[20] ^= 1
        #expect(Outcome(of: ProxyHeaderParser(), fed: header).error?.code == .checksumMismatch)
    }

    @Test func `HAProxy's health check and its line are understood`() throws {
        #expect(try Self.header(bytes("0d0a0d0a000d0a515549540a20000000")) == ProxyHeader(.local))
        let line = Array("PROXY TCP4 127.0.0.1 127.0.0.1 59840 18444\r\n".utf8)
        #expect(try Self.header(line)?.encoded(as: .v1) == line)
    }

    @Test func `a local header's block is discarded`() throws {
        for (family, block) in [(0x00, []), (0xff, [1, 2, 3]), (0x11, Self.ipv4 + [3, 0, 4, 0, 0, 0, 0])]
            as [(UInt8, [UInt8])]
        {
            #expect(try Self.header(Self.v2(0x20, family, block)) == ProxyHeader(.local))
        }
    }

    @Test func `unknown addresses are passed over`() throws {
        #expect(try Self.header(Self.v2(0x21, 0, [9, 9, 9])) == ProxyHeader(.unknown))
        let authority = try Self.header(Self.v2(0x21, 0, [2, 0, 1, 0x61]))
        #expect(authority == ProxyHeader(.unknown, fields: [.authority("a")]))
    }

    @Test(arguments: [
        v2(0x22, 0x11, ipv4), v2(0x11, 0x11, ipv4), v2(0x31, 0x11, ipv4), v2(0x21, 0x10, ipv4), v2(0x21, 0x13, ipv4),
        v2(0x21, 0x41, ipv4), v2(0x21, 0x01, ipv4), v2(0x21, 0x11, Array(ipv4.dropLast())), v2(0x21, 0x21, ipv4),
        v2(0x21, 0x31, ipv4), v2(0x21, 0x11, ipv4 + [1]), v2(0x21, 0x11, ipv4 + [1, 0, 2, 0]),
        v2(0x21, 0x11, ipv4 + [0x20, 0, 4, 1, 0, 0, 0]), v2(0x21, 0x11, ipv4 + [0x20, 0, 6, 1, 0, 0, 0, 0, 9]),
        v2(0x21, 0x11, ipv4 + [3, 0, 3, 0, 0, 0]),
    ])
    func `broken bytes are malformed`(bytes: [UInt8]) {
        let outcome = Outcome(of: ProxyHeaderParser(), fed: bytes)
        #expect(outcome.error?.code == .malformed, "\(outcome)")
    }

    @Test func `a length above the limit is too long at once`() {
        let outcome = Outcome(of: ProxyHeaderParser(), fed: Self.signature + [0x21, 0x11, 0x40, 0x01])
        #expect(outcome.error?.code == .tooLong)
    }

    @Test(arguments: ProxyHeaderTests.headers)
    func `a changed bit is found by the checksum`(header: ProxyHeader) throws {
        guard header.route != .local, header != ProxyHeader(.unknown) else { return }
        let bytes = try header.encoded(as: .v2, checksum: .crc32c)
        for index in 16..<bytes.count {
            var changed = bytes
            changed[index] ^= 1 << (index % 8)
            let outcome = Outcome(of: ProxyHeaderParser(), fed: changed)
            // A change in a field's type or length may hide the checksum itself, or break the fields.
            if outcome.isFinished { #expect(try Self.header(changed)?.fields != header.fields) }
        }
    }

    @Test func `a wrong checksum is told`() throws {
        let bytes = Self.v2(0x21, 0x11, Self.ipv4 + [3, 0, 4, 1, 2, 3, 4])
        #expect(Outcome(of: ProxyHeaderParser(), fed: bytes).error?.code == .checksumMismatch)
    }

    @Test(arguments: ProxyHeaderTests.headers)
    func `an end of the bytes at any place is a truncation`(header: ProxyHeader) throws {
        let bytes = try header.encoded(as: .v2)
        for count in 0..<bytes.count {
            let outcome = Outcome(of: ProxyHeaderParser(), fed: Array(bytes.prefix(count)), then: .eof)
            #expect(outcome.error?.code == .truncated)
        }
    }

    @Test func `only accepted versions are taken`() throws {
        let v1 = Array("PROXY UNKNOWN\r\n".utf8)
        let v2 = try ProxyHeader(.local).encoded(as: .v2)
        #expect(Outcome(of: ProxyHeaderParser(accepting: [.v2]), fed: v1).error?.code == .malformed)
        #expect(Outcome(of: ProxyHeaderParser(accepting: [.v1]), fed: v2).error?.code == .malformed)
        #expect(Outcome(of: ProxyHeaderParser(accepting: [.v2]), fed: v2).isFinished)
        #expect(Outcome(of: ProxyHeaderParser(accepting: []), fed: v2).error?.code == .malformed)
    }

    @Test func `random bytes make no trap`() {
        var random = SeededRandom(seed: 4)
        let starts = [[], Self.signature, Self.signature + [0x21, 0x11, 0], Array("PROXY TCP4 1".utf8)]
        for round in 0..<20_000 {
            let bytes =
                starts[round % 4]
                + (0..<Int.random(in: 1...60, using: &random)).map { _ in
                    UInt8.random(in: 0...255, using: &random)
                }
            let outcome = Outcome(of: ProxyHeaderParser(), fed: bytes, then: .eof)
            #expect(outcome.isFinished != (outcome.error != nil))
        }
    }
}
