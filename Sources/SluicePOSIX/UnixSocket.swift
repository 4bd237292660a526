/// Connections of a client to a path on this machine.
public enum UnixSocket {
    /// Connects to the socket at a path.
    ///
    /// - Throws: ``TransportError``: `fileNotFound`, `connectionRefused` where nobody listens, `permissionDenied`,
    ///   `invalidArgument` for a path that is longer than the system takes.
    public static func connect(to path: String, by deadline: Deadline) throws(TransportError) -> Descriptor {
        let address = try SocketAddress(path: path)
        while true {
            do throws(TransportError) {
                return try SystemCalls.connectSocket(to: address, by: deadline)
            } catch  where error.isToBeRepeated {
                // Too many wait to be accepted there, and no poll tells when there is room (unix(7)).
                if deadline.isPassed { throw TransportError(.deadlinePassed, "connect to \(address) in time") }
                SystemCalls.pause(milliseconds: pauseMilliseconds)
            }
        }
    }

    /// Removes the socket at a path if it is sure that nobody listens there.
    ///
    /// - Throws: `invalidArgument` for a path that is longer than the system takes.
    package static func removeAbandoned(_ path: String) throws(TransportError) {
        if SystemCalls.isSocketFile(path), isAbandoned(try SocketAddress(path: path)) { SystemCalls.removeFile(path) }
    }

    /// Whether it is sure that nobody listens at an address: a socket whose owner is gone.
    static func isAbandoned(_ address: SocketAddress) -> Bool {
        do throws(TransportError) {
            _ = try SystemCalls.connectSocket(to: address, by: .after(.zero))
            return false
        } catch {
            return error.code == .connectionRefused
        }
    }

    private static let pauseMilliseconds: CInt = 5
}
