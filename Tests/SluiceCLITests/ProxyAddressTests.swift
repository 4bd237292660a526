import Testing

@testable import SluiceCLI

struct ProxyAddressTests {
    @Test(arguments: [
        ("http://proxy", "proxy:80", ProxyAddress.Scheme.http, nil), ("https://proxy", "proxy:443", .https, nil),
        ("HTTP://proxy:3128/", "proxy:3128", .http, nil), ("https://[::1]:8443", "[::1]:8443", .https, nil),
        ("http://tom:secret@proxy:1", "proxy:1", .http, "tom"), ("http://tom@proxy:1", "proxy:1", .http, "tom"),
        ("http://t%40m:p%3a%25@proxy:1", "proxy:1", .http, "t@m"),
        ("http://tom:a:b@c@proxy:1", "proxy:1", .http, "tom"),
    ])
    func `an address has its parts`(text: String, place: String, scheme: ProxyAddress.Scheme, user: String?) throws {
        let address = try ProxyAddress(text, credentials: nil)
        #expect("\(address.place)" == place && address.scheme == scheme && address.credentials?.user == user)
        #expect("\(address)" == "the proxy \(place)")
    }

    @Test(arguments: [
        "proxy:3128", "ftp://x:secret@proxy", "http://", "http://x:secret@", "http://:80", "http://x:secret@proxy:0",
        "http://proxy/secret", "http://x:secret@proxy:70000", "http://x:secret%zz@proxy", "http://x:secret%0a@proxy",
        "http://x:secret%f@proxy", "http://::1/", "http://x%3ay:secret@proxy", "http://x:secret%ff@proxy",
    ])
    func `what is no address is refused and not repeated`(text: String) {
        let error = #expect(throws: (any Error).self) { try ProxyAddress(text, credentials: nil) }
        let words = error.map { "\($0)" } ?? ""
        #expect(words.contains("--via") && !words.contains("secret"))
    }

    @Test func `credentials of the environment are as they are, and those of the address come first`() throws {
        let address = try ProxyAddress("http://proxy", credentials: "tom:a%41:b")
        #expect(try address == ProxyAddress("http://tom:a%2541:b@proxy", credentials: nil))
        #expect(try ProxyAddress("http://ann@proxy", credentials: "tom:x").credentials?.user == "ann")
    }

    @Test(arguments: [
        ("http://tom:secret@proxy:1", "http://…@proxy:1"), ("--via=https://tom:se@cret@proxy", "--via=https://…@proxy"),
        ("http://proxy", "http://proxy"), ("a@b", "a@b"), ("a@b://c", "a@b://c"),
    ])
    func `a command line is shown without credentials`(word: String, shown: String) {
        #expect(ProxyAddress.withoutCredentials(word) == shown)
    }
}
