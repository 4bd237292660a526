internal import COpenSSL

/// The network side of a BIO pair: two rings between the owner's bytes and an `SSL`.
///
///                     inbound ring
///     feed ─────────► ░░░░████████ ─────────► SSL_read, SSL_do_handshake
///     drain ◄──────── ████████░░░░ ◄───────── SSL_write, SSL_do_handshake
///                     outbound ring
///
/// Both rings are allocated at pairing (`BIO_make_bio_pair`) and freed when the pair is released, which an idle
/// connection does. The `SSL` owns the other side; freeing one side only unpairs the other, so any order is right.
///
/// A ring is small at first: a connection that exchanges messages needs no more. The first bytes that don't fit make it as large
/// as its capacity (``grow(_:for:isGateClosed:)``), so that nobody sees a difference.
@safe struct BIOPair: ~Copyable {
    /// The side that the owner pumps; nil while there are no rings. Owned: freed in ``release()`` or `deinit`.
    private var network: OpaquePointer?

    /// Bytes that each ring can hold.
    let capacity: Int

    /// Bytes that each ring holds as it is.
    private var inboundSize: Int
    private var outboundSize: Int

    /// Whether ``shutdownInbound()`` was called.
    private var isShutDown = false

    /// Bytes fed that the engine has not taken yet, `0...capacity`. Kept here: asking a BIO takes longer than the rest of a verb.
    private(set) var inboundByteCount = 0

    /// Bytes ready to be drained, `0...capacity`.
    private(set) var outboundByteCount = 0

    /// The request that lending the ring made OpenSSL forget, while nothing was put in; else 0.
    private var requestKept = 0

    /// A pair without rings yet.
    init(capacity: Int) {
        unsafe network = nil
        self.capacity = capacity
        inboundSize = min(capacity, smallRingBytes)
        outboundSize = min(capacity, smallRingBytes)
    }

    deinit {
        unsafe BIO_free(network)
    }

    /// Whether the rings are there.
    var isAllocated: Bool { unsafe network != nil }

    /// Makes the rings and hands their other side to `ssl`, which owns it (`BIO_new_bio_pair`, `SSL_set_bio`).
    mutating func allocate(for ssl: OpaquePointer) throws(OpenSSLFailure) {
        assert(!isAllocated, "the rings are there already")
        (inboundSize, outboundSize) = (min(capacity, smallRingBytes), min(capacity, smallRingBytes))
        let engineSide = unsafe try makePair()
        unsafe SSL_set_bio(ssl, engineSide, engineSide)
    }

    /// `BIO_new_bio_pair` of the rings' sizes. Returns the engine's side.
    private mutating func makePair() throws(OpenSSLFailure) -> OpaquePointer? {
        ERR_clear_error()
        var (engineSide, networkSide): (OpaquePointer?, OpaquePointer?) = (nil, nil)
        guard unsafe BIO_new_bio_pair(&engineSide, outboundSize, &networkSide, inboundSize) == 1
        else { throw .takingQueue() }
        unsafe network = networkSide
        return unsafe engineSide
    }

    /// Bytes that can be fed before the inbound ring, as it is, is full.
    var inboundRoom: Int { inboundSize - inboundByteCount }

    /// Bytes that the engine can write before the outbound ring, as it is, is full.
    var outboundRoom: Int { outboundSize - outboundByteCount }

    /// One of the rings.
    enum Ring { case inbound, outbound }

    /// Makes a ring as large as its capacity, with what is in it: another pair takes the place of this one.
    ///
    /// - Parameters:
    ///   - ring: Which.
    ///   - ssl: Whose rings these are.
    ///   - isGateClosed: Whether `ssl` reads from something else now (`InputGate`), and is to go on doing so.
    /// - Returns: Whether it is larger now; false where it was large already.
    /// - Throws: What libcrypto says where there is no memory; the rings stay as they are.
    mutating func grow(_ ring: Ring, for ssl: OpaquePointer, isGateClosed: Bool) throws(OpenSSLFailure) -> Bool {
        guard isAllocated, (ring == .inbound ? inboundSize : outboundSize) < capacity else { return false }
        let (old, sizes, request) = unsafe (network, (inboundSize, outboundSize), readRequest)
        if ring == .inbound { inboundSize = capacity } else { outboundSize = capacity }
        let engineSide: OpaquePointer?
        do throws(OpenSSLFailure) { unsafe engineSide = try makePair() } catch {
            (inboundSize, outboundSize) = sizes
            throw error
        }
        unsafe Self.carry(from: SSL_get_wbio(ssl), to: network)
        unsafe Self.carry(from: old, to: engineSide)
        if isGateClosed {
            unsafe SSL_set0_wbio(ssl, engineSide)
        } else {
            unsafe SSL_set_bio(ssl, engineSide, engineSide)
        }
        unsafe BIO_free(old)
        if isShutDown { shutdownInbound() }
        requestKept = request
        return true
    }

    /// Moves all that can be read from one BIO to another that has room for it (`BIO_read`, `BIO_write`).
    private static func carry(from source: OpaquePointer?, to target: OpaquePointer?) {
        let count = unsafe Int(BIO_ctrl_pending(source))
        guard count > 0 else { return }
        let bytes = unsafe [UInt8](unsafeUninitializedCapacity: count) { buffer, initializedCount in
            initializedCount = unsafe max(0, Int(BIO_read(source, buffer.baseAddress, CInt(buffer.count))))
        }
        unsafe _ = BIO_write(target, bytes, CInt(bytes.count))
    }

    /// Frees both rings (`BIO_free`) and takes the BIOs from `ssl`.
    mutating func release(from ssl: OpaquePointer) {
        unsafe SSL_set_bio(ssl, nil, nil)
        unsafe BIO_free(network)
        unsafe network = nil
        (inboundByteCount, outboundByteCount, requestKept, isShutDown) = (0, 0, 0, false)
    }

    /// Sees what the engine has read and written (`BIO_ctrl_wpending`, `BIO_ctrl_pending`). After each call that may do so.
    mutating func recount() {
        inboundByteCount = unsafe network.map { unsafe Int(BIO_ctrl_wpending($0)) } ?? 0
        outboundByteCount = unsafe network.map { unsafe Int(BIO_ctrl_pending($0)) } ?? 0
    }

    /// Notes what the engine is known to have read and written.
    mutating func note(read: Int = 0, written: Int = 0) {
        inboundByteCount -= read
        outboundByteCount += written
        assert(unsafe inboundByteCount == Int(BIO_ctrl_wpending(network)), "what was read isn't known")
        assert(unsafe outboundByteCount == Int(BIO_ctrl_pending(network)), "what was written isn't known")
    }

    /// Bytes that can be fed before the ring is full.
    var inboundFreeByteCount: Int { capacity - inboundByteCount }

    /// Bytes that the engine can still write before the outbound ring is full.
    var outboundFreeByteCount: Int { capacity - outboundByteCount }

    /// How many bytes the engine asked for and did not get when it last read (`BIO_ctrl_get_read_request`).
    ///
    /// libssl reads a record's 5-byte header, then exactly its body, as long as read-ahead is off; so this is the
    /// number of bytes to the end of the header or the body. It never exceeds the ring's capacity.
    var readRequest: Int {
        let request = unsafe network.map { unsafe Int(BIO_ctrl_get_read_request($0)) } ?? 0
        return request > 0 ? request : requestKept
    }

    /// Says that no more bytes will be fed: the engine then reads an end of file (`BIO_shutdown_wr`).
    mutating func shutdownInbound() {
        isShutDown = true
        if let network = unsafe network { unsafe _ = sluice_BIO_shutdown_wr(network) }
    }

    /// Lends one contiguous free stretch of the inbound ring to be filled (`BIO_nwrite0`, `BIO_nwrite`).
    ///
    /// A full ring lends an empty span. A stretch ends where the ring wraps, so it may be shorter than what is free.
    /// With `isEmpty` the span is empty whatever is free.
    ///
    /// BIO_nwrite0 forgets the engine's request although nothing was put in yet, and a transport may have nothing.
    ///
    /// - Returns: Bytes that `body` put in.
    mutating func fillInbound<E>(
        isEmpty: Bool = false,
        _ body: (inout OutputRawSpan) throws(E) -> Void
    ) throws(E) -> Int {
        requestKept = readRequest
        var start: UnsafeMutablePointer<CChar>?
        let available = unsafe isAllocated && !isEmpty ? max(0, Int(BIO_nwrite0(network, &start))) : 0
        let stretch = unsafe UnsafeMutableRawBufferPointer(start: start, count: available)
        var output = unsafe OutputRawSpan(buffer: stretch, initializedCount: 0)
        var failure: E?
        do throws(E) { try body(&output) } catch { failure = error }
        let count = unsafe output.finalize(for: stretch)
        if count > 0 {
            requestKept = 0
            inboundByteCount += count
            // BIO_nwrite0 said that these bytes are free and nothing ran in between, so all of them are taken.
            let taken = unsafe BIO_nwrite(network, &start, CInt(count))
            assert(Int(taken) == count, "the ring took fewer bytes than it lent")
        }
        if let failure { throw failure }
        return count
    }

    /// Copies as much as fits into the inbound ring (`BIO_write`). Returns how much that was.
    @inline(__always)
    mutating func fillInbound(copying bytes: RawSpan) -> Int {
        guard let network = unsafe network, bytes.byteCount > 0 else { return 0 }
        requestKept = 0
        let count = unsafe bytes.withUnsafeBytes { buffer in
            unsafe max(0, Int(BIO_write(network, buffer.baseAddress, CInt(clamping: buffer.count))))
        }
        inboundByteCount += count
        return count
    }

    /// Moves as much as fits from the outbound ring to `output` (`BIO_read`). Returns how much that was.
    mutating func takeOutbound(into output: inout OutputRawSpan) -> Int {
        guard let network = unsafe network, outboundByteCount > 0 else { return 0 }
        let count = unsafe output.withUnsafeMutableBytes { buffer, initializedCount in
            let free = buffer.count - initializedCount
            guard free > 0, let start = buffer.baseAddress else { return 0 }
            let count = unsafe max(0, Int(BIO_read(network, start + initializedCount, CInt(clamping: free))))
            initializedCount += count
            return count
        }
        outboundByteCount -= count
        return count
    }

    /// Lends one contiguous stretch of the outbound ring's bytes and removes what `body` says it took: BIO_nread0(3) and
    /// BIO_nread(3), without the statistics that those keep.
    ///
    /// An empty ring lends an empty span.
    @inline(__always)
    mutating func takeOutbound<E>(_ body: (RawSpan) throws(E) -> Int) throws(E) -> Int {
        var start: UnsafeMutablePointer<CChar>?
        let available = unsafe outboundByteCount > 0 ? max(0, BIO_ctrl(network, BIO_C_NREAD0, 0, &start)) : 0
        let stretch = unsafe UnsafeRawBufferPointer(start: start, count: available)
        let count = try body(unsafe stretch.bytes)
        precondition(count >= 0 && count <= available, "return how many of the lent bytes were taken")
        if count > 0 {
            unsafe _ = BIO_ctrl(network, BIO_C_NREAD, count, &start)
            outboundByteCount -= count
        }
        return count
    }

    /// Takes back the fed bytes that the engine has not read: what follows the peer's close_notify.
    ///
    /// The bytes sit on the engine's side of the ring, so they are read through the `SSL`'s own BIO (`BIO_read`), the
    /// one that it writes to: what it reads from may be a closed gate.
    mutating func takeInbound(from ssl: OpaquePointer) -> [UInt8] {
        let count = inboundByteCount
        guard count > 0, let engineSide = unsafe SSL_get_wbio(ssl) else { return [] }
        defer { recount() }
        return unsafe [UInt8](unsafeUninitializedCapacity: count) { buffer, initializedCount in
            initializedCount = unsafe max(0, Int(BIO_read(engineSide, buffer.baseAddress, CInt(buffer.count))))
        }
    }
}

/// The size of a ring at first: the flights of most servers and the messages of most conversations fit.
private let smallRingBytes = 3072
