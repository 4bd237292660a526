import Sluice
import SluicePOSIX

/// The file of `--session`: the newest session with a server, kept between runs.
struct SessionFile {
    /// Where it is.
    let path: String

    /// The session in the file; nil if there is no file yet.
    ///
    /// - Throws: For a file that is something else, so that it isn't overwritten by mistake.
    func load() throws -> TLSSession? {
        let bytes: [UInt8]
        do throws(TransportError) {
            bytes = try Files.read(path, bytesMax: TLSLimits.exportedSessionBytesMax)
        } catch {
            if error.code == .fileNotFound { return nil }
            throw error
        }
        do throws(TLSError) {
            return try TLSSession(exported: bytes)
        } catch {
            throw UsageError("--session \(path): \(error.words); remove the file or name another")
        }
    }

    /// Puts a session in the place of the one before.
    func save(_ session: TLSSession) throws(TransportError) {
        try Files.replace(path, withSecret: session.exported())
    }
}
