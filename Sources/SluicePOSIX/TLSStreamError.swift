public import Sluice

/// Why a ``TLSStream`` can't go on.
public enum TLSStreamError: Error, Hashable, Sendable, CustomStringConvertible {
    /// TLS failed, or the peer's bytes ended without close_notify.
    case tls(TLSError)
    /// What carries the bytes failed, or took longer than it was given.
    case transport(TransportError)

    /// The words of the error within.
    public var description: String {
        switch self {
        case .tls(let error): error.description
        case .transport(let error): error.description
        }
    }
}
