import SluicePOSIX
import Testing

struct HostPortTests {
    @Test(arguments: [
        ("example.com:443", "example.com", 443), ("192.0.2.1:1", "192.0.2.1", 1), ("[::1]:65535", "::1", 65_535),
        ("[fe80::1%lo]:80", "fe80::1%lo", 80), (":8443", "", 8443), ("*:0", "", 0), ("h:007", "h", 7),
    ])
    func `a host and a port are parsed`(text: String, host: String, port: UInt16) throws {
        let place = try #require(HostPort(text))
        #expect(place.host == host && place.port == port)
    }

    @Test(arguments: [
        "", ":", "h", "h:", "h:x", "h:-1", "h:+1", "h:65536", "h: 1", "::1:443", "[::1]", "[::1]443", "[::1:443",
        "::1]:443", "[h]:443", "a b:1", "h\0:1", "h:1:2", "h:٣",
    ])
    func `anything else is refused`(text: String) {
        #expect(HostPort(text) == nil)
    }

    @Test(arguments: [
        ("example.com", "example.com", 25), ("[::1]", "::1", 25), ("h:1", "h", 1), ("[::1]:1", "::1", 1), (":1", "", 1),
    ])
    func `a port that goes without saying may be left out`(text: String, host: String, port: UInt16) throws {
        let place = try #require(HostPort(text, defaultPort: 25))
        #expect(place.host == host && place.port == port)
    }

    @Test(arguments: ["h:", "h:x", "::1", "[h]", "a b", "[::1", "h\0", "h:1:2", "]"])
    func `anything else is refused where the port may be left out`(text: String) {
        #expect(HostPort(text, defaultPort: 25) == nil)
    }

    @Test(arguments: ["example.com:443", "[::1]:80"])
    func `it is written as it is read`(text: String) {
        #expect(HostPort(text)?.description == text)
    }
}
