internal import Synchronization

/// A file that only its owner may read (mode 0600), written piece by piece: the place of a journal.
///
/// Each piece is with the system when ``append(_:)`` returns, so it outlives the process.
public final class SecretFile: Sendable {
    /// Where it is.
    public let path: String

    private let descriptor: Descriptor
    private let firstFailure = Mutex<TransportError?>(nil)

    /// Makes a file.
    ///
    /// - Throws: `fileExists` where there is one; it isn't touched.
    public init(creating path: String) throws(TransportError) {
        self.path = path
        descriptor = try Files.createSecret(path)
    }

    /// Opens a file that is there, to go on behind its end. Its mode stays what it is.
    ///
    /// - Throws: `fileNotFound` where there is none.
    public init(appendingTo path: String) throws(TransportError) {
        self.path = path
        descriptor = try Files.openToAppend(path)
    }

    /// Appends bytes. The first failure is kept as ``failure``; nothing is written after it.
    public func append(_ bytes: [UInt8]) {
        firstFailure.withLock { failure in
            guard failure == nil else { return }
            do throws(TransportError) {
                try descriptor.writeAll(bytes)
            } catch {
                failure = error.of("write \(path)")
            }
        }
    }

    /// Why the file isn't whole, if it isn't.
    public var failure: TransportError? { firstFailure.withLock { $0 } }
}
