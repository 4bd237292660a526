internal import COpenSSL

/// A certificate revocation list: owns one reference to an `X509_CRL`.
///
/// `@unchecked Sendable` holds because nothing changes the list after the initialiser, and OpenSSL counts references
/// atomically and sorts the revoked entries under the list's own lock.
@safe
package final class CRLHandle: @unchecked Sendable {
    /// Our reference; released by `deinit` (`X509_CRL_free`).
    private let pointer: OpaquePointer

    /// The list in DER, as it was signed.
    package let der: [UInt8]

    private init(decoding start: UnsafePointer<UInt8>?, count: Int, name: String) throws(CredentialFailure) {
        ERR_clear_error()
        var next = unsafe start
        guard let list = unsafe d2i_X509_CRL(nil, &next, count) else {
            throw CredentialFailure(.malformedRevocationList, "\(name) is not a revocation list")
        }
        unsafe pointer = list
        der = unsafe [UInt8](UnsafeBufferPointer(start: start, count: count))
        guard unsafe next == start.map({ unsafe $0 + count }) else {
            throw CredentialFailure(.malformedRevocationList, "bytes follow the revocation list in \(name)")
        }
    }

    /// A list that somebody else owns: adds a reference (`X509_CRL_up_ref`, `i2d_X509_CRL`).
    init(sharing list: OpaquePointer) throws(CredentialFailure) {
        guard unsafe X509_CRL_up_ref(list) == 1 else {
            throw CredentialFailure(.outOfMemory, "X509_CRL_up_ref failed")
        }
        unsafe pointer = list
        let count = unsafe max(0, Int(i2d_X509_CRL(list, nil)))
        der = unsafe [UInt8](unsafeUninitializedCapacity: count) { buffer, initializedCount in
            var next = buffer.baseAddress
            initializedCount = unsafe max(0, Int(i2d_X509_CRL(list, &next)))
        }
    }

    deinit { unsafe X509_CRL_free(pointer) }

    /// Parses one list that fills `der` exactly (`d2i_X509_CRL`).
    package static func list(der: RawSpan) throws(CredentialFailure) -> CRLHandle {
        try unsafe der.withUnsafeBytes { buffer throws(CredentialFailure) in
            let start = unsafe buffer.baseAddress?.assumingMemoryBound(to: UInt8.self)
            return try unsafe CRLHandle(decoding: start, count: buffer.count, name: "\(buffer.count) bytes")
        }
    }

    /// Parses every list in PEM text; blocks of other kinds and text around the blocks are passed over.
    ///
    /// - Throws: `malformedRevocationList` that names the block, or says that there is none.
    package static func lists(pem: RawSpan) throws(CredentialFailure) -> [CRLHandle] {
        var lists: [CRLHandle] = []
        let kind = CredentialFailure.Kind.malformedRevocationList
        let count = try unsafe PEMBlock.forEach(in: pem, malformed: kind) { block throws(CredentialFailure) in
            if unsafe block.label == PEM_STRING_X509_CRL {
                lists.append(try unsafe CRLHandle(decoding: block.bytes, count: block.count, name: block.name))
            }
            return .next
        }
        if lists.isEmpty { throw CredentialFailure(kind, "no revocation list among \(count) PEM blocks") }
        return lists
    }

    /// Lends the `X509_CRL` for the length of a call; whoever keeps it must add a reference.
    func withPointer<R, E>(_ body: (OpaquePointer) throws(E) -> R) throws(E) -> R {
        defer { withExtendedLifetime(self) {} }
        return try unsafe body(pointer)
    }

    /// Who revokes, as one line of RFC 2253 (`X509_CRL_get_issuer`).
    package var issuer: String { unsafe withPointer { unsafe line(of: X509_CRL_get_issuer($0)) } }

    /// When it was made, in seconds since 1970 (`X509_CRL_get0_lastUpdate`).
    package var lastUpdate: Int64? { unsafe withPointer { unsafe secondsSince1970(X509_CRL_get0_lastUpdate($0)) } }

    /// When the next is due, likewise; nil where the list doesn't say (`X509_CRL_get0_nextUpdate`).
    package var nextUpdate: Int64? { unsafe withPointer { unsafe secondsSince1970(X509_CRL_get0_nextUpdate($0)) } }
}
