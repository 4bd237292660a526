import SluiceProxyService
import Testing

struct AddressTests {
    @Test(arguments: [
        ("0.0.0.0:443", ListenAddress.tcp(host: "0.0.0.0", port: 443)), (":443", .tcp(host: "", port: 443)),
        ("[::1]:0", .tcp(host: "::1", port: 0)), ("unix:/run/a b", .unix(path: "/run/a b", mode: nil)),
        ("systemd:https", .systemd(name: "https")),
    ])
    func `a place to listen at is parsed`(text: String, address: ListenAddress) {
        #expect(ListenAddress(text) == address)
        #expect(address.description == text)
    }

    @Test(arguments: ["", "443", "::1:443", "unix:", "systemd:", "systemd:a b", "h:65536", "unix:a\0b", "tcp:h:1"])
    func `anything else is no place to listen at`(text: String) {
        #expect(ListenAddress(text) == nil)
    }

    @Test func `a path that no socket can have is refused`() {
        #expect(ListenAddress("unix:/" + String(repeating: "x", count: 107)) == nil)
        #expect(UpstreamAddress("unix:/" + String(repeating: "x", count: 107)) == nil)
    }

    @Test(arguments: [
        ("db.internal:5432", UpstreamAddress.tcp(host: "db.internal", port: 5432)),
        ("[2001:db8::1]:1", .tcp(host: "2001:db8::1", port: 1)), ("unix:/run/app", .unix(path: "/run/app")),
    ])
    func `a server is parsed`(text: String, address: UpstreamAddress) {
        #expect(UpstreamAddress(text) == address)
        #expect(address.description == text)
    }

    @Test(arguments: ["", ":443", "h:0", "h", "unix:", "systemd:a"])
    func `anything else is no server`(text: String) {
        #expect(UpstreamAddress(text) == nil)
    }
}
