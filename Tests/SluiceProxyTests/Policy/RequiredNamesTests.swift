import SluiceProxy
import Testing

/// Who may come in by mutual TLS.
struct RequiredNamesTests {
    @Test(arguments: [
        ("Www.example.com", "dns:www.example.com"), ("dns:*.example.com", "dns:*.example.com"),
        ("uri:spiffe://example.org/web", "uri:spiffe://example.org/web"),
        ("uri:spiffe://example.org/*", "uri:spiffe://example.org/*"), ("uri:urn:uuid:1", "uri:urn:uuid:1"),
        ("uri:spiffe://example.org/a/b/*", "uri:spiffe://example.org/a/b/*"),
        ("email:Ann@Example.com", "email:Ann@example.com"), ("email:*@example.com", "email:*@example.com"),
    ])
    func `a pattern says what kind it is of`(text: String, spelling: String) throws {
        let pattern = try #require(SubjectNamePattern(text))
        #expect(pattern.description == spelling)
        #expect(SubjectNamePattern(spelling) == pattern)
    }

    @Test(arguments: [
        "", "dns:", "dns:*", "uri:", "uri:*", "uri:spiffe", "uri:spiffe:", "uri::x", "uri:1a:x", "uri:a b:x", "uri:é:x",
        "uri:spiffe://example.org*", "uri:spiffe://*", "uri:spiffe:///*", "uri:spiffe://example.org/web*",
        "uri:spiffe://*/web", "uri:spiffe://example.org/*/web", "uri:spiffe://example.org/**", "uri:urn:*",
        "uri:spiffe://example.org/a/../*", "uri:spiffe://example.org/%2E/*", "uri:spiffe://example.org/wéb",
        "uri:spiffe://example.org/a b", "uri:spiffe://e/" + String(repeating: "a", count: 2_048), "email:",
        "email:example.com", "email:@example.com", "email:ann@", "email:a*@example.com", "email:**@example.com",
        "email:ann@*.example.com", "email:ann@b@example.com", "email:ann@192.0.2.1", "email:a n@example.com",
        "email:" + String(repeating: "a", count: 65) + "@example.com", "ip:192.0.2.1", "DNS:example.com", "192.0.2.1",
    ])
    func `anything else is no pattern`(text: String) {
        #expect(SubjectNamePattern(text) == nil)
    }

    @Test(arguments: [
        ("www.example.com", "dns:WWW.example.com"), ("*.example.com", "dns:www.example.com"),
        ("uri:spiffe://example.org/web", "uri:spiffe://example.org/web"),
        ("uri:spiffe://example.org/*", "uri:spiffe://example.org/web"),
        ("uri:spiffe://example.org/*", "uri:spiffe://example.org/a/b"),
        ("uri:spiffe://example.org/a/*", "uri:spiffe://example.org/a/..."),
        ("email:ann@example.com", "email:ann@EXAMPLE.com"), ("email:*@example.com", "email:bob@example.com"),
    ])
    func `a certificate with the name comes in`(pattern: String, name: String) throws {
        #expect(try accepts([pattern], name))
        #expect(try accepts(["other.example", pattern], name))
    }

    @Test(arguments: [
        ("www.example.com", "dns:example.com"), ("www.example.com", "uri:www.example.com"),
        ("www.example.com", "email:www.example.com"), ("*.example.com", "dns:*.example.com"),
        ("www.example.com", "dns:www.example.com\0.evil.test"),
        ("uri:spiffe://example.org/web", "uri:spiffe://example.org/web/"),
        ("uri:spiffe://example.org/web", "uri:spiffe://EXAMPLE.org/web"),
        ("uri:spiffe://example.org/web", "dns:spiffe://example.org/web"),
        ("uri:spiffe://example.org/K", "uri:spiffe://example.org/\u{212A}"),
        ("uri:spiffe://example.org/*", "uri:spiffe://example.org/"),
        ("uri:spiffe://example.org/*", "uri:spiffe://example.org"),
        ("uri:spiffe://example.org/*", "uri:spiffe://example.org.evil.test/web"),
        ("uri:spiffe://example.org/a/*", "uri:spiffe://example.org/a/../b"),
        ("uri:spiffe://example.org/a/*", "uri:spiffe://example.org/a/b/%2e%2E/%2e./b"),
        ("uri:spiffe://example.org/a/*", "uri:spiffe://example.org/a/./b"),
        ("uri:spiffe://example.org/*", "uri:spiffe://example.org/a\0"),
        ("uri:spiffe://example.org/*", "uri:spiffe://example.org/é"),
        ("email:ann@example.com", "email:Ann@example.com"),
        ("email:ann@example.com", "email:ann@www.example.com"), ("email:*@example.com", "email:@example.com"),
        ("email:*@example.com", "email:a@b@example.com"), ("email:*@example.com", "email:\"a@b\"@example.com"),
        ("email:*@example.com", "email:ann@example.com\0"), ("email:\u{60}@example.com", "email:\u{1FEF}@example.com"),
    ])
    func `a certificate with another name stays out`(pattern: String, name: String) throws {
        #expect(try !accepts([pattern], name))
    }

    @Test func `a certificate comes in by any of its names`() throws {
        let names = RequiredNames([try #require(SubjectNamePattern("email:ann@example.com"))])
        #expect(names.accepts(dns: ["a.example"], uri: ["urn:a:b"], email: ["bob@example.com", "ann@example.com"]))
        #expect(!names.accepts(dns: ["a.example"], uri: ["urn:a:b"], email: ["bob@example.com"]))
        #expect(!names.accepts())
    }

    @Test func `where no name is asked for each comes in`() {
        #expect(RequiredNames().accepts())
        #expect(RequiredNames().accepts(dns: ["a.example"]))
    }

    private func accepts(_ patterns: [String], _ name: String) throws -> Bool {
        let names = RequiredNames(try patterns.map { try #require(SubjectNamePattern($0)) })
        let parts = name.split(separator: ":", maxSplits: 1).map { String($0) }
        return switch parts[0] {
        case "dns": names.accepts(dns: [parts[1]])
        case "uri": names.accepts(uri: [parts[1]])
        default: names.accepts(email: [parts[1]])
        }
    }
}
