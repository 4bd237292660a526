import Sluice
import SluicePOSIX
import SluicePreamble

/// A failure on the way to the peer, with the side whose it is.
struct RouteFailure: Error, CustomStringConvertible {
    /// What failed.
    let cause: any Error
    /// Whose failure it is.
    let side: Side

    private let place: String?
    private let endWords: String?

    /// Who is at the other end of a step.
    enum Side: Hashable, Sendable {
        /// Whom TLS is with.
        case server
        /// What is between, as a part of the network: it is no more than a carrier of bytes.
        case carrier
    }

    /// - Parameters:
    ///   - side: Whose failure it is.
    ///   - place: Where that is, for people; nil where the cause says it.
    ///   - cause: What failed.
    ///   - endWords: How the carrier ended, if it knows.
    init(_ side: Side, at place: String?, _ cause: any Error, endWords: String? = nil) {
        self.side = side
        self.place = place
        self.cause = cause
        self.endWords = endWords
    }

    /// Place, cause and end in one line.
    var description: String {
        let words = [causeWords, endWords].compactMap(\.self).joined(separator: "; ")
        return place.map { "\($0): \(words)" } ?? words
    }

    private var causeWords: String {
        switch cause {
        case TLSStreamError.preamble(let error): error.words
        case TLSStreamError.transport(let error) where error.code == .deadlinePassed: "no answer within --timeout"
        default: "\(cause)"
        }
    }
}

extension TLSStreamError {
    /// Whether it may be no more than the echo of a carrier that has ended.
    var mayBeEnd: Bool {
        switch self {
        case .tls(let error): error.code == .truncated
        case .transport(let error): error.code == .connectionReset
        case .preamble(let error): error.code == .truncated
        }
    }
}
