internal import COpenSSL

/// The network side of a BIO pair: two rings of equal capacity between the owner's bytes and an `SSL`.
///
///                     inbound ring
///     feed ─────────► ░░░░████████ ─────────► SSL_read, SSL_do_handshake
///     drain ◄──────── ████████░░░░ ◄───────── SSL_write, SSL_do_handshake
///                     outbound ring
///
/// Both rings are allocated at pairing (`BIO_make_bio_pair`) and freed when the pair is released, which an idle
/// connection does. The `SSL` owns the other side; freeing one side only unpairs the other, so any order is right.
@safe struct BIOPair: ~Copyable {
    /// The side that the owner pumps; nil while there are no rings. Owned: freed in ``release()`` or `deinit`.
    private var network: OpaquePointer?

    /// Bytes that each ring holds when it is there.
    let capacity: Int

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
    }

    deinit {
        unsafe BIO_free(network)
    }

    /// Whether the rings are there.
    var isAllocated: Bool { unsafe network != nil }

    /// Makes the rings and hands their other side to `ssl`, which owns it (`BIO_new_bio_pair`, `SSL_set_bio`).
    mutating func allocate(for ssl: OpaquePointer) throws(OpenSSLFailure) {
        assert(!isAllocated, "the rings are there already")
        ERR_clear_error()
        var engineSide: OpaquePointer?
        guard unsafe BIO_new_bio_pair(&engineSide, capacity, &network, capacity) == 1 else { throw .takingQueue() }
        unsafe SSL_set_bio(ssl, engineSide, engineSide)
    }

    /// Frees both rings (`BIO_free`) and takes the BIOs from `ssl`.
    mutating func release(from ssl: OpaquePointer) {
        unsafe SSL_set_bio(ssl, nil, nil)
        unsafe BIO_free(network)
        unsafe network = nil
        (inboundByteCount, outboundByteCount, requestKept) = (0, 0, 0)
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
    func shutdownInbound() {
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
