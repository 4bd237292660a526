import ArgumentParser

extension Work: Codable {}

extension Work: ExpressibleByArgument {
    /// The works that a list names; a name also stands for all that continue it with a dash.
    static func parse(_ names: String) throws -> [Work] {
        let names = names.split(separator: ",").map { $0.uppercased() }
        let isNamed = { (work: Work, name: String) in work.rawValue == name || work.rawValue.hasPrefix(name + "-") }
        for name in names where !allCases.contains(where: { isNamed($0, name) }) {
            throw ValidationError("There is no work \(name).")
        }
        return allCases.filter { work in names.contains { isNamed(work, $0) } }
    }
}

/// What figures are in.
enum Unit: String, Codable {
    case perSecond = "/s"
    /// 10⁶ bytes per second.
    case megabytesPerSecond = "MB/s"
    case kibibytes = "KiB"
}

extension Work {
    /// As it heads tables.
    var title: String {
        switch self {
        case .full: "full handshakes, TLS 1.3"
        case .resumed: "resumed handshakes, TLS 1.3"
        case .bulk16K: "bulk data in writes of 16 KiB"
        case .bulk64K: "bulk data in writes of 64 KiB"
        case .bulk1K: "bulk data in writes of 1 KiB"
        case .pingPong: "round trips of 64 bytes"
        case .idle: "memory of an idle pair"
        case .full12: "full handshakes, TLS 1.2"
        case .crowd: "round trips over many pairs"
        }
    }

    var unit: Unit {
        switch self {
        case .bulk16K, .bulk64K, .bulk1K: .megabytesPerSecond
        case .idle: .kibibytes
        default: .perSecond
        }
    }

    /// What a fast peer does in a second on a common server. Only warm-ups are sized by it.
    private var amountPerSecond: Double {
        switch self {
        case .full, .full12: 1200
        case .resumed: 2000
        case .bulk16K, .bulk64K: 1700
        case .bulk1K: 400
        case .pingPong, .crowd: 370_000
        case .idle: 0
        }
    }

    /// The amount of a warm-up before samples that take some time.
    func warmUpAmount(sampleSeconds: Double) -> Int { max(1, Int(amountPerSecond * sampleSeconds / 10)) }

    /// The figure of a sample, in the unit.
    func figure(amount: Int, seconds: Double) -> Double {
        let perSecond = Double(amount) / seconds
        return unit == .megabytesPerSecond ? perSecond * Double(1 << 20) / 1e6 : perSecond
    }
}
