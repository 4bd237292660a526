import Sluice
import Testing

@testable import SluiceReplay

@Suite struct `A ServerHello` {
    /// TLS 1.3 with a key share and a resumption, by hand.
    private let tls13 = message(
        extensions: [0, 43, 0, 2, 3, 4] + [0, 51, 0, 4, 0, 29, 0, 0] + [0, 41, 0, 2, 0, 0]
    )

    private static func message(random: [UInt8] = Array(1...32), extensions: [UInt8]?) -> [UInt8] {
        var body: [UInt8] = [3, 3] + random + [0, 0x13, 0x01, 0]
        if let extensions { body += [0, UInt8(extensions.count)] + extensions }
        return [2, 0, 0, UInt8(body.count)] + body
    }

    @Test func `tells what the server chose`() throws {
        let hello = try #require(ServerHello(message: tls13))
        #expect(hello.isTLS13 && hello.version == 0x0304 && hello.cipherSuite == 0x1301 && hello.group == 29)
        #expect(hello.acceptsResumption && !hello.isRetryRequest && hello.byteCount == tls13.count)
    }

    @Test func `of TLS 1.2 may have no extensions, or the protocol among them`() throws {
        let bare = try #require(ServerHello(message: Self.message(extensions: nil)))
        #expect(!bare.isTLS13 && bare.version == 0x0303 && bare.group == nil && bare.applicationProtocol == nil)
        let named = Self.message(extensions: [0, 16, 0, 5, 0, 3, 2, 104, 50])
        #expect(ServerHello(message: named)?.applicationProtocol == "h2")
    }

    @Test func `that is cut or too long is none`() {
        for count in 0..<tls13.count { #expect(ServerHello(message: Array(tls13.prefix(count))) == nil) }
        #expect(ServerHello(message: tls13 + [0]) == nil)
        #expect(ServerHello(message: [1] + tls13.dropFirst()) == nil)
        #expect(ServerHello(message: Self.message(extensions: [0, 43, 0, 9, 3, 4])) == nil)
    }

    @Test func `with extensions cut within is read as far as they make sense`() throws {
        let odd = Self.message(extensions: [0, 43, 0, 1, 3] + [0, 51, 0, 0] + [0, 16, 0, 2, 0, 9])
        let hello = try #require(ServerHello(message: odd))
        #expect(hello.version == 0x0303 && hello.group == nil && hello.applicationProtocol == nil)
    }

    @Test(arguments: [
        (UInt16(0x0a0a), true), (0x1a1a, true), (0xfafa, true), (0x0a1a, false), (0x1301, false), (0, false),
    ])
    func `and a ClientHello have numbers that stand for nothing`(number: UInt16, stands: Bool) {
        #expect(isGREASE(number) == stands)
    }

    @Test func `has numbers with names, and others`() {
        #expect(cipherSuiteName(0x1302) == "TLS_AES_256_GCM_SHA384" && cipherSuiteName(0x00aa) == "0x00aa")
        #expect(groupName(29) == "X25519" && groupName(0xffff) == "0xffff")
        #expect(versionName(0x0304) == "TLS 1.3" && versionName(2) == "0x0002")
    }
}
