import Sluice
import Testing

struct ServerNameTests {
    @Test(arguments: [
        ("example.com", "example.com"), ("EXAMPLE.Com", "example.com"), ("example.com.", "example.com"),
        ("localhost", "localhost"), ("a", "a"), ("1a.b2", "1a.b2"), ("1.2.3.4a", "1.2.3.4a"),
        ("_sip._tcp.example", "_sip._tcp.example"), ("xn--bcher-kva.example", "xn--bcher-kva.example"),
        ("a--b.test", "a--b.test"), (String(repeating: "a", count: 63), String(repeating: "a", count: 63)),
        (longName(labels: 63, 63, 63, 61), longName(labels: 63, 63, 63, 61)), ("0x7f.1.example", "0x7f.1.example"),
    ])
    func `host names become canonical`(text: String, canonical: String) {
        #expect(ServerName(text)?.description == canonical)
        #expect(ServerName(text)?.kind == .dnsName)
        #expect(ServerName(text)?.addressBytes == nil)
        #expect(ServerName(text).map { ServerName($0.description) } == ServerName(text))
    }

    @Test(arguments: [
        ("192.0.2.1", "192.0.2.1"), ("0.0.0.0", "0.0.0.0"), ("255.255.255.255", "255.255.255.255"),
        ("::", "::"), ("::1", "::1"), ("[::1]", "::1"), ("1::", "1::"), ("2001:DB8::1", "2001:db8::1"),
        ("2001:db8:0:0:0:0:0:1", "2001:db8::1"), ("2001:0db8:0000::0001", "2001:db8::1"),
        ("1:0:0:2:0:0:0:3", "1:0:0:2::3"), ("1:0:0:2:3:0:0:4", "1::2:3:0:0:4"), ("1:0:2:3:4:5:6:7", "1:0:2:3:4:5:6:7"),
        ("1:2:3:4:5:6:7::", "1:2:3:4:5:6:7:0"), ("::2:3:4:5:6:7:8", "0:2:3:4:5:6:7:8"),
        ("::ffff:192.0.2.1", "::ffff:c000:201"), ("64:ff9b::192.0.2.33", "64:ff9b::c000:221"),
        ("1:2:3:4:5:6:1.2.3.4", "1:2:3:4:5:6:102:304"),
    ])
    func `addresses become canonical`(text: String, canonical: String) {
        #expect(ServerName(text)?.description == canonical)
        #expect(ServerName(text)?.kind == .ipAddress)
        #expect(ServerName(text)?.addressBytes?.count == (canonical.contains(":") ? 16 : 4))
        #expect(ServerName(text).map { ServerName($0.description) } == ServerName(text))
    }

    @Test(arguments: [
        "", ".", "..", ".a", "a..b", "a..", "-a.test", "a-.test", "a b", " a", "a\n", "a\0b", "*.example.com", "*",
        "bücher.example", "ｅxample.com", "Ka.test".replacing("K", with: "\u{212A}"), "example.com:443",
        "https://example.com", "user@example.com", "a/b", "1.2.3", "1.2.3.4.5", "256.1.1.1", "01.2.3.4", "1.2.3.4.",
        "1.2.3.-4", "1.2.3.+4", "127.1", "2130706433", "example.1", "[1.2.3.4]", "[::1", "::1]", "[]", "[::1]:443", ":",
        ":::", "1:2", "::1::", "1::2::3", "1:2:3:4:5:6:7:8:9", "1:2:3:4:5:6:7", "12345::", "g::", "::1%eth0",
        ":1:2:3:4:5:6:7",
        "1:2:3:4:5:6:7:", "1:2:3:4:5:6:7:8::", "::1:2:3:4:5:6:7:8", "1.2.3.4::", "::1.2.3.4:5", "::1.2.3",
        "::256.1.1.1",
        "1:2:3:4:5:6:7:1.2.3.4", "::+1", "::-1", "::１",
        String(repeating: "a", count: 64), longName(labels: 63, 63, 63, 62), String(repeating: ":", count: 10_000),
    ])
    func `everything else is no name`(text: String) {
        #expect(ServerName(text) == nil)
    }

    @Test func `a literal is a name`() {
        let name: ServerName = "Example.COM"
        #expect(name == ServerName("example.com."))
    }

    @Test func `a bad literal traps`() async {
        await #expect(processExitsWith: .failure) {
            let name: ServerName = "not a name"
            print(name)
        }
    }
}

private func longName(labels: Int...) -> String {
    labels.map { String(repeating: "a", count: $0) }.joined(separator: ".")
}
