import SluiceProxy
import Testing

/// Host names as patterns, and names against them.
struct NamePatternTests {
    @Test(arguments: [
        ("example.com", "example.com"), ("WWW.Example.COM", "www.example.com"), ("localhost", "localhost"),
        ("example.com.", "example.com"), ("*.Example.com", "*.example.com"), ("*.com", "*.com"),
        ("xn--bcher-kva.example", "xn--bcher-kva.example"), ("_sip.example.com", "_sip.example.com"),
        ("a-b.1.example", "a-b.1.example"),
    ])
    func `a pattern has one spelling`(text: String, spelling: String) throws {
        let pattern = try #require(NamePattern(text))
        #expect(pattern.description == spelling)
        #expect(NamePattern(spelling) == pattern)
        #expect(pattern.isWildcard == text.hasPrefix("*"))
    }

    @Test(arguments: [
        "", "*", "*.", ".", "*..", "*.*.example.com", "www.*.com", "w*.example.com", "*w.example.com", "**.example.com",
        "*example.com", "*.192.0.2.1", "192.0.2.1", "::1", "[::1]", "example.com:443", "https://example.com", "a b",
        "bücher.example", "*.bücher.example", "-a.example", "a..b", "example.com\0", "*.example.com\n",
        "\u{212A}.example",
        String(repeating: "a", count: 64) + ".example", String(repeating: "a.", count: 200) + "example",
    ])
    func `anything else is no pattern`(text: String) {
        #expect(NamePattern(text) == nil)
    }

    @Test(arguments: [
        ("www.example.com", "www.example.com"), ("www.example.com", "WWW.EXAMPLE.COM"),
        ("www.example.com", "www.example.com."), ("*.example.com", "www.example.com"),
        ("*.example.com", "XN--BCHER-KVA.Example.com"), ("*.com", "example.com"),
    ])
    func `names are matched whatever their case`(text: String, name: String) throws {
        let pattern = try #require(NamePattern(text))
        #expect(pattern.matches(name))
    }

    @Test(arguments: [
        ("www.example.com", "example.com"), ("example.com", "www.example.com"),
        ("example.com", "example.com.evil.test"),
        ("*.example.com", "example.com"), ("*.example.com", "a.www.example.com"), ("*.example.com", ".example.com"),
        ("*.example.com", "*.example.com"), ("*.example.com", "www.example.com.evil.test"),
        ("*.example.com", "wwwexample.com"), ("*.example.com", "www.example.com\0"), ("*.com", "com"),
        ("*.com", "192.0.2.1"),
        ("k.example", "\u{212A}.example"), ("*.example.com", "\u{FFFD}.example.com"), ("localhost", ""),
    ])
    func `other names aren't matched`(text: String, name: String) throws {
        let pattern = try #require(NamePattern(text))
        #expect(!pattern.matches(name))
    }
}
