import SluicePreamble
import Testing

/// Addresses and hosts as text.
struct AddressTests {
    @Test(arguments: [
        ("0.0.0.0", "0.0.0.0"), ("255.255.255.255", "255.255.255.255"), ("::", "::"), ("::1", "::1"),
        ("2001:DB8:0:0:1:0:0:1", "2001:db8::1:0:0:1"), ("1::", "1::"), ("1:2:3:4:5:6:7:8", "1:2:3:4:5:6:7:8"),
        ("::ffff:192.0.2.1", "::ffff:192.0.2.1"), ("::ffff:c000:201", "::ffff:192.0.2.1"),
        ("1:2:3:4:5:6:192.0.2.1", "1:2:3:4:5:6:c000:201"), ("1:0:3:4:5:6:7:8", "1:0:3:4:5:6:7:8"),
        ("64:ff9b::192.0.2.33", "64:ff9b::c000:221"), ("1::2:3:4:5:6:7", "1:0:2:3:4:5:6:7"),
        ("0001:0:0:0:0:0:0:0", "1::"),
    ])
    func `addresses are parsed and written in one form`(text: String, written: String) throws {
        let address = try #require(InternetAddress(text))
        #expect(address.description == written)
        #expect(InternetAddress(written) == address)
        #expect(InternetAddress(bytes: address.bytes) == address)
    }

    @Test(arguments: [
        "", "1", "1.2.3", "1.2.3.4.5", "01.2.3.4", "256.1.1.1", "1.2.3.-4", "1.2.3.4 ", " 1.2.3.4", "1..3.4", "1.2.3.٤",
        ":", ":::", "1:", ":1", "1::2::3", "1:2:3:4:5:6:7", "1:2:3:4:5:6:7:8:9", "1::2:3:4:5:6:7:8", "12345::", "g::",
        "+1::", "::1%lo", "[::1]", "::1.2.3", "1.2.3.4::", "::1.2.3.4:5", "1:2:3:4:5:6:7:1.2.3.4", "::ffff:01.2.3.4",
        "0000:0000:0000:0000:0000:0000:0000:0000:0000:0000",
    ])
    func `anything else is no address`(text: String) {
        #expect(InternetAddress(text) == nil)
    }

    @Test(arguments: [
        ("example.com", "example.com"), ("Example.COM.", "Example.COM"), ("localhost", "localhost"),
        ("a_b.c-d", "a_b.c-d"),
        ("xn--bcher-kva.example", "xn--bcher-kva.example"), ("[::1]", "::1"), ("::1", "::1"),
        ("192.0.2.1", "192.0.2.1"),
        ("1.example", "1.example"),
    ])
    func `hosts are names and addresses`(text: String, host: String) {
        #expect(PreambleHost(text)?.description == host)
    }

    @Test(arguments: [
        "", ".", "..", "a..b", ".a", "a b", "a\r\nb", "a'b", "a\"b", "a<b", "a/b", "a@b", "a:1", "-a", "a-",
        "bücher.example",
        "1.2.3", "1.2.3.4.5", "[192.0.2.1]", "[a]", "[]", "[", "]", "a\0", String(repeating: "a", count: 64),
        String(repeating: "a.", count: 128), "::1%lo",
    ])
    func `anything else is no host`(text: String) {
        #expect(PreambleHost(text) == nil)
    }
}
