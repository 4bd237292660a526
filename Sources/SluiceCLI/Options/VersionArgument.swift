import ArgumentParser
import Sluice

/// A version of TLS as it is typed.
enum VersionArgument: String, CaseIterable, ExpressibleByArgument {
    case tls12 = "1.2"
    case tls13 = "1.3"

    /// The version itself.
    var version: TLSVersion {
        switch self {
        case .tls12: .tls12
        case .tls13: .tls13
        }
    }
}
