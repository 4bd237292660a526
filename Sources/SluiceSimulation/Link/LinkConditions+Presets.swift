// Networks that people know, and some that nobody should.

extension LinkConditions {
    /// Everything arrives at once, as it was sent.
    public static let perfect = LinkConditions()

    /// A home's connection: 20 ms and a little more, 2.5 MB/s, in pieces.
    public static let broadband = make {
        $0.latency = .milliseconds(20)
        $0.jitter = .milliseconds(5)
        $0.bytesPerSecond = 2_500_000
        $0.cut = .random
    }

    /// A satellite's: 300 ms and more, 100 KB/s, held up now and then; little is on its way at once.
    public static let satellite = make {
        $0.latency = .milliseconds(300)
        $0.jitter = .milliseconds(200)
        $0.bytesPerSecond = 100_000
        $0.cut = .random
        $0.stall = 0.02
        $0.stallLength = .seconds(3)
        $0.bytesInFlightMax = 4096
    }

    /// Every byte for itself, as on a slow serial line.
    public static let serialLine = make {
        $0.bytesPerSecond = 11_520
        $0.cut = .oneByte
        $0.bytesInFlightMax = 256
    }

    /// Half of the directions end in the middle, without a word.
    public static let truncating = make(from: broadband) { $0.truncation = 0.5 }

    /// Half of the directions have their bytes damaged, in one way or another.
    public static let damaging = make(from: broadband) {
        $0.bitFlip = 0.2
        $0.loss = 0.1
        $0.duplication = 0.1
        $0.reordering = 0.1
    }

    /// Half of the ends are closed by an owner who has enough.
    public static let impatient = make(from: broadband) { $0.earlyClose = 0.5 }

    /// Slow, held up, in small pieces, and any fault may happen.
    public static let hostile = make(from: satellite) {
        for fault in Fault.allCases { $0[fault] = 0.08 }
    }

    private static func make(
        from conditions: LinkConditions = perfect,
        _ change: (inout LinkConditions) -> Void
    ) -> LinkConditions {
        var conditions = conditions
        change(&conditions)
        return conditions
    }
}
