import SluicePreamble
import SluiceProxy
import SluiceSimulation
import Testing

/// Ranges of addresses as text, and addresses in them.
struct AddressRangeTests {
    @Test(arguments: [
        ("10.0.0.0/8", "10.0.0.0/8"), ("10.1.2.3/8", "10.0.0.0/8"), ("192.0.2.1", "192.0.2.1"),
        ("192.0.2.1/32", "192.0.2.1"), ("0.0.0.0/0", "0.0.0.0/0"), ("255.255.255.255/1", "128.0.0.0/1"),
        ("::1/128", "::1"), ("::1", "::1"), ("::/0", "::/0"), ("2001:DB8:ffff::/33", "2001:db8:8000::/33"),
        ("::ffff:10.1.2.3/104", "10.0.0.0/8"), ("::ffff:10.1.2.3", "10.1.2.3"), ("::ffff:0:0/96", "0.0.0.0/0"),
        ("::ffff:10.1.2.3/64", "::/64"),
    ])
    func `a range has one spelling`(text: String, spelling: String) throws {
        let range = try #require(AddressRange(text))
        #expect(range.description == spelling)
        #expect(AddressRange(spelling) == range)
    }

    @Test(arguments: [
        "", "/", "/8", "10", "10/8", "10.0.0.0/", "10.0.0.0/33", "10.0.0.0/-1", "10.0.0.0/+8", "10.0.0.0/08",
        "10.0.0.0/8/8", "10.0.0.0/255.0.0.0", "10.0.0.0 /8", "10.0.0.0/ 8", "10.0.0.0/8\n", "10.0.0.0/٨", "::/129",
        "::/1000", "::/99999999999999999999", "[::]/0", "fe80::%eth0/64", "example.com", "10.0.0.256/8", "10.0.0.0/0x8",
    ])
    func `anything else is no range`(text: String) {
        #expect(AddressRange(text) == nil)
    }

    @Test(arguments: [-1, 33, 128, Int.min, Int.max])
    func `an address has only so many bits`(prefixLength: Int) throws {
        let address = try #require(InternetAddress("192.0.2.1"))
        #expect(AddressRange(address, prefixLength: prefixLength) == nil)
    }

    @Test(arguments: [
        ("10.0.0.0/8", "10.255.255.255", true), ("10.0.0.0/8", "11.0.0.0", false),
        ("10.0.0.0/8", "::ffff:10.0.0.1", true),
        ("10.0.0.0/8", "a00::", false), ("10.0.0.0/8", "::10.0.0.1", false), ("0.0.0.0/0", "203.0.113.9", true),
        ("0.0.0.0/0", "::", false), ("::/0", "::1", true), ("::/0", "10.0.0.1", false),
        ("::/0", "::ffff:10.0.0.1", false),
        ("192.0.2.1", "192.0.2.1", true), ("192.0.2.1", "192.0.2.0", false), ("192.0.2.0/31", "192.0.2.1", true),
        ("192.0.2.0/31", "192.0.2.2", false), ("2001:db8::/33", "2001:db8:7fff::1", true),
        ("2001:db8::/33", "2001:db8:8000::", false), ("::1/128", "::1", true), ("::1/128", "::2", false),
        ("::ffff:10.0.0.0/104", "10.9.9.9", true),
    ])
    func `an address is in a range or not`(range: String, address: String, isInside: Bool) throws {
        let range = try #require(AddressRange(range))
        let address = try #require(InternetAddress(address))
        #expect(range.contains(address) == isInside)
    }

    @Test(arguments: [
        ("10.0.0.0/8", "10.1.0.0/16", true), ("10.0.0.0/8", "10.0.0.0/8", true), ("10.1.0.0/16", "10.0.0.0/8", false),
        ("10.0.0.0/16", "10.0.0.0/8", false),
        ("10.0.0.0/8", "11.0.0.0/16", false), ("0.0.0.0/0", "10.0.0.0/8", true), ("::/0", "10.0.0.0/8", false),
        ("::/0", "::1", true), ("0.0.0.0/0", "::/0", false),
    ])
    func `a range holds another or not`(range: String, other: String, isInside: Bool) throws {
        let range = try #require(AddressRange(range))
        let other = try #require(AddressRange(other))
        #expect(range.contains(other) == isInside)
    }

    @Test(arguments: UInt64(0)..<16)
    func `addresses of a range are those that begin with the same bits`(seed: UInt64) throws {
        var generator = SplitMix64(seed: seed)
        for _ in 0..<200 {
            let count = generator.element(of: [4, 16])
            let length = generator.number(in: 0...count * 8)
            let one = generator.bytes(count)
            var other = one
            other[generator.number(in: 0...count - 1)] ^= 1 << generator.number(in: 0...7)
            let first = try #require(InternetAddress(bytes: one))
            let range = try #require(AddressRange(first, prefixLength: length))
            let address = try #require(InternetAddress(bytes: other))
            #expect(range.contains(address) == (bits(of: one).prefix(length) == bits(of: other).prefix(length)))
        }
    }

    private func bits(of bytes: [UInt8]) -> [Bool] {
        bytes.flatMap { byte in (0..<8).map { byte & (0x80 >> $0) != 0 } }
    }
}
