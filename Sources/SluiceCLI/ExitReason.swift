import ArgumentParser
import Sluice
import SluicePOSIX
import SluicePreamble
import SluiceProxyService
import SluiceReplay

/// What the process says at its end. This is the one place where failures become exit codes.
enum ExitReason: Int32, CaseIterable {
    /// Both ends said that they were through.
    case clean = 0
    /// Sluice failed through no fault of anybody else.
    case failure = 1
    /// The peer's certificate was not accepted.
    case verificationFailed = 2
    /// TLS failed in any other way: an alert, no version or suite in common, a peer that doesn't speak TLS.
    case tlsFailed = 3
    /// The peer's bytes ended without close_notify: something may be missing.
    case truncated = 4
    /// What carries the bytes failed, or took too long.
    case transportFailed = 5
    /// A replay came to something else than was recorded.
    case diverged = 6
    /// Something that must always hold didn't, in a simulation.
    case invariantBroken = 7
    /// The command line, or a file that it names, can't be used (EX_USAGE of sysexits.h, as ArgumentParser has it).
    case usage = 64

    /// The reason for a failure of TLS.
    init(_ error: TLSError) {
        switch error.code {
        case .verificationFailed: self = .verificationFailed
        case .truncated: self = .truncated
        case .internalFailure: self = .failure
        case .invalidCertificate, .invalidConfiguration, .invalidPrivateKey, .invalidSession, .keyMismatch,
            .wrongPassphrase:
            self = .usage
        default: self = .tlsFailed
        }
    }

    /// The reason for a failure of the transport or of a file.
    init(_ error: TransportError) {
        switch error.code {
        case .fileExists, .fileNotFound, .fileTooLarge, .permissionDenied: self = .usage
        default: self = .transportFailed
        }
    }

    /// The reason for a failure of what goes before TLS.
    init(_ error: PreambleError) {
        switch error.fault {
        case .peer: self = .tlsFailed
        case .caller: self = .usage
        case .transport: self = .truncated
        }
    }

    /// The reason for a failure on the way: a carrier's, whatever it is, is one of the network, but for its certificate.
    init(_ failure: RouteFailure) {
        let reason = ExitReason(failure.cause)
        let isKept = failure.side == .server || reason == .verificationFailed || reason == .usage
        self = isKept ? reason : .transportFailed
    }

    /// The reason for whatever a command threw.
    init(_ error: any Error) {
        switch error {
        case let error as TLSError: self.init(error)
        case let error as TransportError: self.init(error)
        case TLSStreamError.tls(let error): self.init(error)
        case TLSStreamError.transport(let error): self.init(error)
        case TLSStreamError.preamble(let error): self.init(error)
        case let error as PreambleError: self.init(error)
        case let error as RouteFailure: self.init(error)
        case is UsageError, is JournalError, is ConfigurationError: self = .usage
        case is ProxyServiceError: self = .transportFailed
        case is Divergence: self = .diverged
        default: self = .failure
        }
    }

    /// What it means, for the help.
    var words: String {
        switch self {
        case .clean: "clean: both ends closed with close_notify"
        case .failure: "Sluice itself failed"
        case .verificationFailed: "the peer's certificate was not accepted"
        case .tlsFailed: "TLS failed: an alert, nothing in common, or no TLS (no STARTTLS)"
        case .truncated: "the peer's bytes ended without close_notify"
        case .transportFailed: "the network, a proxy or an output failed, or a time was over"
        case .diverged: "a replay came to something else than was recorded"
        case .invariantBroken: "what must always hold didn't, in a simulation"
        case .usage: "an option, or a file that it names, can't be used"
        }
    }

    /// All of them as lines of help.
    static var table: String {
        allCases.map { "  \($0.rawValue < 10 ? " " : "")\($0.rawValue)  \($0.words)" }.joined(separator: "\n")
    }
}

/// Something on the command line that can't be used.
struct UsageError: Error, CustomStringConvertible {
    /// What, and what to do.
    let description: String

    init(_ description: String) {
        self.description = description
    }
}
