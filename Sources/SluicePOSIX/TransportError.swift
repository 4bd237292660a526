public import Sluice

#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#elseif canImport(Darwin)
    internal import Darwin
#endif

/// Why a descriptor can't go on, or a file can't be used.
public struct TransportError: Error, Hashable, Sendable {
    /// What went wrong, in one word to branch on.
    public let code: Code

    /// `errno` after the call; 0 where the failure has none.
    public let number: CInt

    /// What could not be done, so that "can't" goes before it: `connect to 192.0.2.1:443`.
    public let words: String

    /// A failure of a call.
    init(errno number: CInt, _ words: String) {
        code = Code(errno: number)
        self.number = number
        self.words = words
    }

    /// A failure that has no `errno`.
    package init(_ code: Code, _ words: String) {
        self.code = code
        number = 0
        self.words = words
    }

    /// The same failure, of something that is better said in other words.
    package func of(_ words: String) -> TransportError {
        number == 0 ? TransportError(code, words) : TransportError(errno: number, words)
    }

    /// Whether the call would have had to wait.
    var isToBeRepeated: Bool { number == EAGAIN || number == EWOULDBLOCK }

    /// Who is at fault: the caller for files and addresses, the transport for the rest.
    public var fault: TLSError.Fault {
        switch code {
        case .fileExists, .fileNotFound, .permissionDenied, .fileTooLarge, .addressInUse, .invalidArgument: .caller
        default: .transport
        }
    }
}

extension TransportError: CustomStringConvertible {
    /// What could not be done and why, in one line for a log.
    public var description: String {
        number == 0 ? "can't \(words)" : "can't \(words): \(SystemCalls.words(forErrno: number))"
    }
}

extension TransportError {
    /// The kinds of failure. More may be added, so a `switch` needs a `default`.
    public struct Code: Hashable, Sendable, CustomStringConvertible {
        private enum Value: String {
            case addressInUse, connectionRefused, connectionReset, deadlinePassed, descriptorsExhausted, failed
            case fileExists, fileNotFound, fileTooLarge, hostNotFound, invalidArgument, outputUnread, permissionDenied
            case tunnelFailed, unreachable
        }

        private let value: Value

        /// The name of the static member: `connectionRefused`.
        public var description: String { value.rawValue }

        /// Somebody else listens there, or the address isn't this machine's.
        public static let addressInUse = Code(value: .addressInUse)
        /// Nobody listens there.
        public static let connectionRefused = Code(value: .connectionRefused)
        /// The peer, or something between, tore the connection down.
        public static let connectionReset = Code(value: .connectionReset)
        /// It took longer than the caller gave it.
        public static let deadlinePassed = Code(value: .deadlinePassed)
        /// The process or the system has no more descriptors.
        public static let descriptorsExhausted = Code(value: .descriptorsExhausted)
        /// Something else; `number` says what.
        public static let failed = Code(value: .failed)
        /// A file that should be new and isn't.
        public static let fileExists = Code(value: .fileExists)
        /// No such file.
        public static let fileNotFound = Code(value: .fileNotFound)
        /// A file that is larger than anything of its kind.
        public static let fileTooLarge = Code(value: .fileTooLarge)
        /// No address for that name.
        public static let hostNotFound = Code(value: .hostNotFound)
        /// Nobody reads standard output any more.
        package static let outputUnread = Code(value: .outputUnread)
        /// A value that can't be used there.
        public static let invalidArgument = Code(value: .invalidArgument)
        /// A file or a port that this user may not use.
        public static let permissionDenied = Code(value: .permissionDenied)
        /// The TLS connection that carries this one failed.
        public static let tunnelFailed = Code(value: .tunnelFailed)
        /// No way to the host or its network, or the host has ceased to answer the system.
        public static let unreachable = Code(value: .unreachable)

        init(errno number: CInt) {
            let value: Value =
                switch number {
                case EADDRINUSE, EADDRNOTAVAIL: .addressInUse
                case ECONNREFUSED: .connectionRefused
                case ECONNRESET, EPIPE, ECONNABORTED, ENOTCONN: .connectionReset
                case EMFILE, ENFILE: .descriptorsExhausted
                case EEXIST: .fileExists
                case ENOENT, ENOTDIR, EISDIR: .fileNotFound
                case EINVAL, EAFNOSUPPORT: .invalidArgument
                case EACCES, EPERM: .permissionDenied
                case EHOSTUNREACH, ENETUNREACH, ENETDOWN, ETIMEDOUT: .unreachable
                default: .failed
                }
            self.init(value: value)
        }

        private init(value: Value) {
            self.value = value
        }
    }
}
