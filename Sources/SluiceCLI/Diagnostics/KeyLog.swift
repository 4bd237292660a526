import SluicePOSIX

/// A key-log file, as `SSLKEYLOGFILE` has it: one line for each secret, appended at once.
final class KeyLog: Sendable {
    private let file: Descriptor

    /// Opens a file, or makes one that only its owner may read.
    init(path: String) throws(TransportError) {
        file = try Files.openSecretLog(path)
    }

    /// Appends a line. One write for each, so that the lines of several processes don't mix.
    func append(_ line: String) throws(TransportError) {
        try file.writeAll(Array((line + "\n").utf8))
    }
}
