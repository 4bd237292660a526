internal import COpenSSL

/// The kind of BIO by which an `SSL` reads from and writes to its `Wire` (BIO_meth_new(3)).
///
/// Its callbacks are the one exception to "note and return": moving bytes between the rings and libssl is what they are for.
/// They call nothing of OpenSSL's but to set the BIO's flags.
///
/// `@unchecked Sendable` holds because a `BIO_METHOD` isn't changed once it is made.
@safe struct WireBIO: @unchecked Sendable {
    /// Never freed.
    private let method: OpaquePointer

    /// The one of the process; nil if there is no memory or no BIO type left for it (OpenSSL has 127 to give).
    private static let kind = WireBIO()

    private init?() {
        let type = BIO_get_new_index()
        guard type != -1, let method = unsafe BIO_meth_new(type | BIO_TYPE_SOURCE_SINK, "sluice wire"),
            unsafe BIO_meth_set_read_ex(method, readFromWire) == 1,
            unsafe BIO_meth_set_write_ex(method, writeToWire) == 1,
            unsafe BIO_meth_set_ctrl(method, controlWire) == 1
        else { return nil }
        unsafe self.method = method
    }

    /// Has `ssl` read from and write to a wire, by a BIO that it owns (`BIO_new`, `SSL_set_bio`).
    ///
    /// - Parameters:
    ///   - wire: Stays the caller's, and must outlive `ssl`.
    ///   - ssl: Has no BIO yet.
    /// - Returns: Whether there was memory for that.
    static func attach(_ wire: UnsafeMutablePointer<Wire>, to ssl: OpaquePointer) -> Bool {
        guard let kind, let bio = unsafe BIO_new(kind.method) else { return false }
        unsafe BIO_set_data(bio, wire)
        unsafe SSL_set_bio(ssl, bio, bio)
        return true
    }
}

/// `BIO_meth_set_read_ex`: 1 for some bytes, 0 at their end, -1 to try again later.
@inline(__always)
private func readFromWire(
    bio: OpaquePointer?,
    buffer: UnsafeMutablePointer<CChar>?,
    capacity: Int,
    count: UnsafeMutablePointer<Int>?
) -> CInt {
    guard let wire = unsafe wire(of: bio) else { return 0 }
    // Each attempt says anew whether it may be repeated: libssl takes what an earlier one said for this one's.
    unsafe BIO_clear_flags(bio, retryFlags)
    let read = unsafe wire.pointee.read(into: UnsafeMutableRawBufferPointer(start: buffer, count: capacity))
    unsafe count?.pointee = read
    if read > 0 { return 1 }
    guard unsafe wire.pointee.refusal != nil else { return 0 }
    unsafe BIO_set_flags(bio, BIO_FLAGS_READ | BIO_FLAGS_SHOULD_RETRY)
    return -1
}

/// `BIO_meth_set_write_ex`: 1 for some bytes, -1 to try again later.
@inline(__always)
private func writeToWire(
    bio: OpaquePointer?,
    bytes: UnsafePointer<CChar>?,
    offered: Int,
    count: UnsafeMutablePointer<Int>?
) -> CInt {
    guard let wire = unsafe wire(of: bio) else { return 0 }
    unsafe BIO_clear_flags(bio, retryFlags)
    let written = unsafe wire.pointee.outbound.append(copying: UnsafeRawBufferPointer(start: bytes, count: offered))
    unsafe count?.pointee = written
    if written > 0 { return 1 }
    unsafe BIO_set_flags(bio, BIO_FLAGS_WRITE | BIO_FLAGS_SHOULD_RETRY)
    return -1
}

/// `BIO_meth_set_ctrl`: what libssl asks a BIO. It asks for more, seven times a record whether the kernel does TLS, and takes 0
/// for no.
@inline(__always)
private func controlWire(
    bio: OpaquePointer?,
    command: CInt,
    number: Int,
    argument: UnsafeMutableRawPointer?
) -> Int {
    switch command {
    case BIO_CTRL_FLUSH: 1
    // With this libssl tells an end from an attempt that may be repeated.
    case BIO_CTRL_EOF: unsafe wire(of: bio).map { unsafe $0.pointee.isAtEnd ? 1 : 0 } ?? 0
    default: 0
    }
}

private func wire(of bio: OpaquePointer?) -> UnsafeMutablePointer<Wire>? {
    unsafe BIO_get_data(bio)?.assumingMemoryBound(to: Wire.self)
}

/// What the last attempt may have left in a BIO's flags.
private let retryFlags = BIO_FLAGS_READ | BIO_FLAGS_WRITE | BIO_FLAGS_SHOULD_RETRY
