/// A protocol version that Sluice speaks. There is nothing below TLS 1.2 (RFC 8996).
public enum TLSVersion: UInt16, CaseIterable, Comparable, CustomStringConvertible, Hashable, Sendable {
    /// TLS 1.2, RFC 5246.
    case tls12 = 0x0303
    /// TLS 1.3, RFC 8446.
    case tls13 = 0x0304

    /// Older before newer.
    public static func < (left: TLSVersion, right: TLSVersion) -> Bool {
        left.rawValue < right.rawValue
    }

    /// `TLS 1.2` or `TLS 1.3`.
    public var description: String {
        switch self {
        case .tls12: "TLS 1.2"
        case .tls13: "TLS 1.3"
        }
    }
}
