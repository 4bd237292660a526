import SluicePreamble
import SluiceProxy
import SluiceSimulation
import Testing

/// Who is let in.
struct AdmissionControlTests {
    private let one = InternetAddress("192.0.2.1")
    private let other = InternetAddress("192.0.2.2")

    @Test func `without limits all are let in`() {
        var control = AdmissionControl()
        for _ in 0..<10_000 { #expect(control.admit(one, at: .zero).ticket != nil) }
        #expect(control.connections == 10_000)
        #expect(control.admittedCount == 10_000)
        #expect(control.clientCount == 1)
    }

    @Test func `connections in all are limited, and room that is freed is given again`() throws {
        var control = AdmissionControl(AdmissionLimits(connectionsMax: 2))
        let first = try #require(control.admit(one, at: .zero).ticket)
        #expect(control.admit(nil, at: .zero).ticket != nil)
        #expect(control.admit(other, at: .zero) == .refused(.connections))
        control.release(first)
        #expect(control.admit(other, at: .zero).ticket != nil)
        #expect(control.admit(other, at: .zero) == .refused(.connections))
        #expect(control.refusedCount(.connections) == 2)
        #expect(control.refusedCount(.connectionsPerAddress) == 0)
        #expect(control.admittedCount == 3)
    }

    @Test func `connections per address are limited`() throws {
        var control = AdmissionControl(AdmissionLimits(connectionsPerAddressMax: 1))
        let first = try #require(control.admit(one, at: .zero).ticket)
        #expect(control.admit(one, at: .zero) == .refused(.connectionsPerAddress))
        #expect(control.admit(InternetAddress("::ffff:192.0.2.1"), at: .zero) == .refused(.connectionsPerAddress))
        #expect(control.admit(other, at: .zero).ticket != nil)
        control.release(first)
        #expect(control.clientCount == 1)
        #expect(control.admit(one, at: .zero).ticket != nil)
    }

    @Test func `clients without an address count in all alone`() {
        var control = AdmissionControl(AdmissionLimits(connectionsMax: 3, connectionsPerAddressMax: 1))
        let admissions = (0..<4).map { _ in control.admit(nil, at: .zero) }
        #expect(admissions.filter { $0.ticket != nil }.count == 3)
        #expect(control.clientCount == 0)
    }

    @Test(arguments: [
        (64, "2001:db8::1", "2001:db8::ffff:1:2:3", true), (64, "2001:db8::1", "2001:db8:0:1::1", false),
        (128, "2001:db8::1", "2001:db8::2", false), (128, "2001:db8::1", "2001:db8::1", true),
        (48, "2001:db8::1", "2001:db8:0:1::1", true), (0, "2001:db8::1", "::1", true), (999, "::1", "::2", false),
        (-9, "::1", "2001::", true), (64, "192.0.2.1", "192.0.2.2", false),
        (64, "::ffff:192.0.2.1", "::ffff:192.0.2.2", false),
        (0, "192.0.2.1", "192.0.2.2", false),
    ])
    func `an IPv6 network counts as one client`(prefixLength: Int, one: String, other: String, isSame: Bool) throws {
        var control = AdmissionControl(AdmissionLimits(connectionsPerAddressMax: 1, ipv6PrefixLength: prefixLength))
        let one = try #require(InternetAddress(one))
        let other = try #require(InternetAddress(other))
        #expect(control.admit(one, at: .zero).ticket != nil)
        #expect((control.admit(other, at: .zero).ticket == nil) == isSame)
    }

    @Test func `so many come at once after a calm, then so many per second`() {
        var control = AdmissionControl(AdmissionLimits(handshakesPerSecondMax: 10, handshakesBurstMax: 3))
        #expect(admitted(20, by: &control, at: .zero) == 3)
        #expect(admitted(5, by: &control, at: .milliseconds(99)) == 0)
        #expect(admitted(5, by: &control, at: .milliseconds(100)) == 1)
        #expect(admitted(5, by: &control, at: .milliseconds(350)) == 2)
        #expect(admitted(20, by: &control, at: .seconds(1_000)) == 3)
        #expect(control.refusedCount(.handshakesPerSecond) == 17 + 5 + 4 + 3 + 17)
    }

    @Test func `without a burst as many come at once as a second brings`() {
        var control = AdmissionControl(AdmissionLimits(handshakesPerSecondMax: 50))
        #expect(admitted(100, by: &control, at: .seconds(5)) == 50)
    }

    @Test func `who is refused for another reason leaves the rate alone`() {
        var control = AdmissionControl(
            AdmissionLimits(connectionsPerAddressMax: 1, handshakesPerSecondMax: 1, handshakesBurstMax: 2)
        )
        #expect(admitted(10, by: &control, at: .zero) == 1)
        #expect(control.refusedCount(.connectionsPerAddress) == 9)
        #expect(control.admit(other, at: .zero).ticket != nil)
    }

    @Test(arguments: [Int.min, -1, 0, 1, Int.max])
    func `any limits will do`(limit: Int) {
        var control = AdmissionControl(AdmissionLimits(handshakesPerSecondMax: limit, handshakesBurstMax: limit))
        #expect(control.admit(one, at: .zero).ticket != nil)
        _ = control.admit(one, at: .seconds(Int64.max))
        control.limits = AdmissionLimits(connectionsMax: limit, connectionsPerAddressMax: limit)
        _ = control.admit(one, at: .zero)
    }

    @Test func `a client that a PROXY header tells takes the place of the one that connected`() throws {
        let one = try #require(one)
        var control = AdmissionControl(AdmissionLimits(connectionsPerAddressMax: 1))
        let first = try #require(control.admit(nil, at: .zero).ticket)
        let second = try #require(control.admit(other, at: .zero).ticket)
        let named = try #require(control.admit(first, as: one).ticket)
        #expect(control.admit(second, as: one) == .refused(.connectionsPerAddress))
        #expect(control.admit(named, as: one) == .admitted(named))
        #expect(control.connections == 2)
        #expect(control.clientCount == 2)
        control.release(named)
        control.release(second)
        #expect(control.connections == 0)
        #expect(control.clientCount == 0)
        #expect(control.admittedCount == 2)
    }

    @Test func `new limits hold for those who come`() {
        var control = AdmissionControl()
        #expect(admitted(5, by: &control, at: .zero) == 5)
        control.limits = AdmissionLimits(connectionsMax: 2)
        #expect(control.connections == 5)
        #expect(control.admit(one, at: .zero) == .refused(.connections))
    }

    @Test(arguments: UInt64(0)..<100)
    func `whatever happens, limits hold and nobody is left behind`(seed: UInt64) {
        var world = AdmissionWorld(seed: seed)
        for _ in 0..<500 { world.step() }
        world.releaseAll()
    }

    private func admitted(_ count: Int, by control: inout AdmissionControl, at now: Duration) -> Int {
        var admitted = 0
        for _ in 0..<count where control.admit(one, at: now).ticket != nil { admitted += 1 }
        return admitted
    }
}

/// Clients at random, beside what must hold of their number.
private struct AdmissionWorld {
    private static let rate = 20
    private static let burst = 5
    private var generator: SplitMix64
    private var control: AdmissionControl
    private var tickets: [AdmissionTicket] = []
    private var moments: [Duration] = []
    private var now = Duration.zero

    init(seed: UInt64) {
        generator = SplitMix64(seed: seed)
        control = AdmissionControl()
        reload()
    }

    mutating func step() {
        now += generator.duration(upTo: .milliseconds(100))
        switch generator.number(in: 0...9) {
        case 0: reload()
        case 1...3: if !tickets.isEmpty { control.release(takeTicket()) }
        case 4: name()
        default: admit()
        }
        #expect(control.connections == tickets.count)
        #expect(control.clientCount <= tickets.count)
    }

    mutating func releaseAll() {
        while !tickets.isEmpty { control.release(takeTicket()) }
        #expect(control.connections == 0)
        #expect(control.clientCount == 0)
        #expect(moments.count == control.admittedCount)
    }

    private mutating func reload() {
        control.limits = AdmissionLimits(
            connectionsMax: generator.number(in: 1...30),
            connectionsPerAddressMax: generator.number(in: 1...5),
            handshakesPerSecondMax: Self.rate,
            handshakesBurstMax: Self.burst,
            ipv6PrefixLength: generator.element(of: [48, 64, 128])
        )
    }

    private mutating func admit() {
        let before = tickets.count
        guard let ticket = control.admit(address(), at: now).ticket else { return }
        #expect(before < control.limits.connectionsMax ?? 0)
        tickets.append(ticket)
        moments.append(now)
        expectFewPerAddress(ticket)
        expectRate()
    }

    private mutating func name() {
        guard !tickets.isEmpty, let address = address() else { return }
        let ticket = takeTicket()
        let renamed = control.admit(ticket, as: address).ticket
        tickets.append(renamed ?? ticket)
        if let renamed, renamed != ticket { expectFewPerAddress(renamed) }
    }

    private mutating func takeTicket() -> AdmissionTicket {
        tickets.remove(at: generator.number(in: 0...tickets.count - 1))
    }

    private mutating func address() -> InternetAddress? {
        let texts = [
            nil, "192.0.2.1", "::ffff:192.0.2.1", "192.0.2.2", "2001:db8::1", "2001:db8::2", "2001:db8:0:1::1",
        ]
        return generator.element(of: texts).flatMap { InternetAddress($0) }
    }

    /// Equal tickets are those of one client; nil's are alike too and aren't limited.
    private func expectFewPerAddress(_ ticket: AdmissionTicket) {
        var bare = AdmissionControl()
        if bare.admit(nil, at: .zero).ticket == ticket { return }
        #expect(tickets.count { $0 == ticket } <= control.limits.connectionsPerAddressMax ?? 0)
    }

    /// In no span of time more than flowed in and what the bucket holds.
    private func expectRate() {
        let isKept = zip(1..., moments.suffix(40).reversed()).allSatisfy { count, moment in
            .seconds(1) * (count - Self.burst) <= (now - moment) * Self.rate
        }
        #expect(isKept)
    }
}

extension Admission {
    /// nil if refused.
    var ticket: AdmissionTicket? {
        if case .admitted(let ticket) = self { ticket } else { nil }
    }
}
