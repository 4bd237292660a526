/// A moment in whole seconds since 1970-01-01T00:00:00Z, leap seconds not counted: as certificates, tickets and libssl
/// count it. Sluice never reads a clock; a moment is always given.
public struct UnixTime: Comparable, ExpressibleByIntegerLiteral, Hashable, Sendable {
    /// Seconds since 1970; negative before.
    public let secondsSince1970: Int64

    /// The moment so many seconds after 1970 began.
    public init(secondsSince1970: Int64) {
        self.secondsSince1970 = secondsSince1970
    }

    /// The moment so many seconds after 1970 began.
    public init(integerLiteral secondsSince1970: Int64) {
        self.init(secondsSince1970: secondsSince1970)
    }

    /// 2000-01-01T00:00:00Z.
    public static let beginningOf2000: UnixTime = 946_684_800

    /// 9999-12-31T23:59:59Z, which in a certificate means that it has no end (RFC 5280 §4.1.2.5).
    public static let endOf9999: UnixTime = 253_402_300_799

    /// Earlier before later.
    public static func < (left: UnixTime, right: UnixTime) -> Bool {
        left.secondsSince1970 < right.secondsSince1970
    }
}

extension UnixTime: CustomStringConvertible {
    /// `2025-01-31T23:59:59Z`, ISO 8601 (days to dates by Howard Hinnant's algorithm).
    public var description: String {
        let (days, time) = Self.floorDivision(secondsSince1970, by: 86_400)
        // Years begin in March here, so that the leap day is the last one.
        let (era, dayOfEra) = Self.floorDivision(days + 719_468, by: 146_097)
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let monthFromMarch = (5 * dayOfYear + 2) / 153
        let day = dayOfYear - (153 * monthFromMarch + 2) / 5 + 1
        let month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9
        let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
        let date = [Self.padded(year, to: 4), Self.padded(month, to: 2), Self.padded(day, to: 2)]
        let clock = [time / 3600, time / 60 % 60, time % 60].map { Self.padded($0, to: 2) }
        return date.joined(separator: "-") + "T" + clock.joined(separator: ":") + "Z"
    }

    private static func floorDivision(_ number: Int64, by divisor: Int64) -> (quotient: Int64, remainder: Int64) {
        let (quotient, remainder) = number.quotientAndRemainder(dividingBy: divisor)
        return remainder < 0 ? (quotient - 1, remainder + divisor) : (quotient, remainder)
    }

    private static func padded(_ number: Int64, to width: Int) -> String {
        let digits = String(number)
        return String(repeating: "0", count: max(0, width - digits.count)) + digits
    }
}
