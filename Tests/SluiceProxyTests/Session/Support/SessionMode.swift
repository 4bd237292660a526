import Sluice
import SluiceProxy

/// What a session under test does with its two sides.
enum SessionMode: String, CaseIterable, CustomStringConvertible {
    /// TLS in, plaintext out.
    case terminate
    /// Plaintext in, TLS out.
    case originate
    /// TLS in, TLS out.
    case bridge
    /// TLS that goes through untouched.
    case forward
    /// Plaintext in and out.
    case plain

    var description: String { rawValue }

    /// Whether a side's peer speaks TLS, to the session or through it.
    func hasTLS(_ side: ProxySide) -> Bool {
        switch self {
        case .terminate: side == .client
        case .originate: side == .upstream
        case .bridge, .forward: true
        case .plain: false
        }
    }

    /// Whether the session itself speaks TLS with a side's peer.
    func endsTLS(_ side: ProxySide) -> Bool {
        self != .forward && hasTLS(side)
    }

    /// What the client begins with.
    var entrance: ProxySession.Entrance {
        hasTLS(.client) ? .tls() : .plaintext
    }
}
