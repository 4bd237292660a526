import Fixtures
import SluicePreamble
import Testing

extension Interop.Proxies {
    /// What version 2 of the PROXY protocol says of TLS.
    @Suite(.needs(.openssl)) struct HeaderBytesTests {
        @Test(arguments: SpokenVersion.allCases)
        func `a server is told version, suite, name, protocol and client`(version: SpokenVersion) throws {
            let heard = Mailbox<[UInt8]>()
            let server = try RawServer { peer in
                var bytes: [UInt8] = []
                while bytes.suffix(4) != [0x70, 0x69, 0x6e, 0x67], case let more = try peer.waitAndRead(), !more.isEmpty
                {
                    bytes += more
                }
                heard.put(bytes)
            }
            let proxy = try RealProxy(
                Fixtures.serverECDSA.options
                    + ["--to", "127.0.0.1:\(server.port)", "--send-proxy", "v2", "--alpn", "h2"]
                    + ["--client-ca", Fixtures.path("root.pem")]
            )
            let suite = version == .tls13 ? "TLS_AES_128_GCM_SHA256" : "ECDHE-ECDSA-AES128-GCM-SHA256"
            let choice = version == .tls13 ? ["-ciphersuites", suite] : ["-cipher", suite]
            let identity = [
                "-cert", Fixtures.client.chainPath, "-key", Fixtures.client.keyPath,
                "-cert_chain", Fixtures.path("intermediate.pem"),
            ]
            let client = try OpenSSLClient(to: proxy, [version.opensslOption, "-alpn", "h2"] + choice + identity)
            client.program.write("ping")
            let bytes = try #require(heard.wait(within: .seconds(20)), "\(proxy.program.said)")
            client.program.closeInput()
            // The values as they stand in the header, each behind its type and two bytes of length.
            for (type, value) in [
                (UInt8(0x01), "h2"), (0x02, "localhost"), (0x21, version.opensslName), (0x22, "client"), (0x23, suite),
            ] {
                let element = [type, 0, UInt8(value.utf8.count)] + Array(value.utf8)
                #expect(bytes.contains(element), "\(value): \(bytes)")
            }
            #expect(
                bytes.starts(with: [0x0d, 0x0a, 0x0d, 0x0a, 0x00, 0x0d, 0x0a, 0x51, 0x55, 0x49, 0x54, 0x0a, 0x21, 0x11])
            )
            // PP2_TYPE_SSL: by TLS, with a certificate on this connection and session; 0 for verified.
            #expect(bytes.firstRange(of: [0x07, 0, 0, 0, 0]) != nil, "\(bytes)")
            #expect(bytes.suffix(4) == [0x70, 0x69, 0x6e, 0x67])
        }
    }
}
