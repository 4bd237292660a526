import SluiceProxyService
import Testing

struct ServiceLimitsTests {
    @Test func `a configuration of a thousand routes is within the limit`() {
        let route = "  - {sni: www.example.com, mode: terminate, cert: /etc/a.pem, key: /etc/a.key, to: 10.0.0.1:80}\n"
        #expect(route.utf8.count * 1000 < ServiceLimits.configurationBytesMax)
    }
}
