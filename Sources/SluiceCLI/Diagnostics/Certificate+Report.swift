import Sluice

extension Certificate {
    /// What `--show-certs` shows: who, by whom, when, for what names, and the PEM.
    func report(depth: Int) -> String {
        let names = dnsNames + ipAddresses + emailAddresses + uris
        return """
            certificate \(depth): \(description.printable)
              issuer:      \(issuer.printable)
              valid:       \(notBefore.map(utcText) ?? "?") to \(notAfter.map(utcText) ?? "?")
              key:         \(keyKind.map { "\($0)" } ?? "unknown")
              names:       \(names.isEmpty ? "none" : names.joined(separator: ", ").printable)
              fingerprint: SHA-256 \(fingerprint)
            \(pem)
            """
    }
}

/// Seconds since 1970 as `2025-01-31T23:59:59Z` (days to dates by Howard Hinnant's algorithm).
func utcText(_ seconds: Int64) -> String {
    let days = Int(seconds / 86_400) - (seconds % 86_400 < 0 ? 1 : 0)
    let time = Int(seconds) - days * 86_400
    let shifted = days + 719_468
    let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
    let dayOfEra = shifted - era * 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let monthFromMarch = (5 * dayOfYear + 2) / 153
    let day = dayOfYear - (153 * monthFromMarch + 2) / 5 + 1
    let month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9
    let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
    return "\(padded(year, to: 4))-\(padded(month, to: 2))-\(padded(day, to: 2))"
        + "T\(padded(time / 3600, to: 2)):\(padded(time / 60 % 60, to: 2)):\(padded(time % 60, to: 2))Z"
}

private func padded(_ number: Int, to width: Int) -> String {
    let digits = String(number)
    return String(repeating: "0", count: max(0, width - digits.count)) + digits
}
