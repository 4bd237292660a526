import Testing

/// Sluice against software that isn't ours: the built `sluice` and its peers as processes, over loopback.
///
/// What isn't installed is skipped and named with its Debian package. Each wait has a bound; no port is fixed.
@Suite enum Interop {}

/// The versions that every peer is tried with.
enum SpokenVersion: String, CaseIterable, CustomTestStringConvertible {
    case tls12 = "1.2"
    case tls13 = "1.3"

    var testDescription: String { "TLS \(rawValue)" }

    /// As `sluice` names it in what it reports.
    var name: String { "TLS \(rawValue)" }

    /// `--tls-min` and `--tls-max` for nothing but this version.
    var options: [String] { ["--tls-min", rawValue, "--tls-max", rawValue] }
}
