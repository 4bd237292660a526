internal import COpenSSL

/// One block of PEM text, RFC 7468, while it is being looked at.
///
/// The pointers are valid only during the call that lends the block; what they point to is wiped after it, since it
/// may be a key.
@unsafe
struct PEMBlock {
    /// Which block of the text it is, counted from 1.
    let number: Int
    /// What stands after `-----BEGIN `: `CERTIFICATE`.
    let label: String
    /// The lines `Proc-Type` and `DEK-Info` of an encrypted traditional key, or "".
    let header: UnsafeMutablePointer<CChar>
    /// The decoded bytes.
    let bytes: UnsafeMutablePointer<UInt8>
    /// How many bytes there are.
    let count: Int

    /// `PEM block 2 (CERTIFICATE)`, for failures.
    var name: String { unsafe "PEM block \(number) (\(label))" }

    /// What `body` does about a block: go on to the next, or leave the rest unread.
    enum Step { case next, stop }

    /// Lends each block of `text` in turn (`PEM_read_bio`), whatever stands between the blocks and however lines end.
    ///
    /// - Returns: How many blocks were read.
    /// - Throws: What `body` throws, or `kind` for a block that can't be decoded.
    @discardableResult
    static func forEach(
        in text: RawSpan,
        malformed kind: CredentialFailure.Kind,
        _ body: (PEMBlock) throws(CredentialFailure) -> Step
    ) throws(CredentialFailure) -> Int {
        ERR_clear_error()
        return try unsafe MemoryBIO.reading(text) { bio throws(CredentialFailure) in
            var number = 0
            while let step = try unsafe readOne(bio, number: number + 1, malformed: kind, body) {
                number += 1
                if step == .stop { break }
            }
            return number
        }
    }

    /// Reads a block, lends it and wipes it; nil at the end of the text.
    private static func readOne(
        _ bio: OpaquePointer,
        number: Int,
        malformed kind: CredentialFailure.Kind,
        _ body: (PEMBlock) throws(CredentialFailure) -> Step
    ) throws(CredentialFailure) -> Step? {
        var label: UnsafeMutablePointer<CChar>?
        var header: UnsafeMutablePointer<CChar>?
        var bytes: UnsafeMutablePointer<UInt8>?
        var count = 0
        let didRead = unsafe PEM_read_bio(bio, &label, &header, &bytes, &count) == 1
        defer {
            unsafe sluice_OPENSSL_free(label)
            unsafe sluice_OPENSSL_free(header)
            unsafe sluice_OPENSSL_clear_free(bytes, count)
        }
        guard didRead, let label = unsafe label, let header = unsafe header, let bytes = unsafe bytes else {
            let failure = CredentialFailure(kind, "PEM block \(number) can't be decoded")
            if failure.openSSL.matches(library: ERR_LIB_PEM, reason: PEM_R_NO_START_LINE) { return nil }
            throw failure
        }
        let name = unsafe String(cString: label)
        return try unsafe body(PEMBlock(number: number, label: name, header: header, bytes: bytes, count: count))
    }
}
