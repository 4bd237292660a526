internal import SluicePOSIX
internal import Synchronization

/// Where the secrets of connections are appended (`SSLKEYLOGFILE`). Whoever reads it reads the connections.
final class KeyLogFile: Sendable {
    private let descriptor: Descriptor
    private let lock = Mutex(())

    /// Opens a file, made with mode 0600 if there is none.
    init(_ path: String) throws(TransportError) {
        descriptor = try Files.openSecretLog(path)
    }

    /// Appends a line. One that can't be written is lost.
    func append(_ line: String) {
        lock.withLock { _ in
            try? descriptor.writeAll(Array((line + "\n").utf8))
        }
    }
}
