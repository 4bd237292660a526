public import Sluice
public import SluicePreamble

/// Why a ``TLSStream`` can't go on.
public enum TLSStreamError: Error, Hashable, Sendable, CustomStringConvertible {
    /// TLS failed, or the peer's bytes ended without close_notify.
    case tls(TLSError)
    /// What carries the bytes failed, or took longer than it was given.
    case transport(TransportError)
    /// There was no TLS: what goes before it failed.
    case preamble(PreambleError)

    /// The words of the error within.
    public var description: String {
        switch self {
        case .tls(let error): error.description
        case .transport(let error): error.description
        case .preamble(let error): error.description
        }
    }
}
