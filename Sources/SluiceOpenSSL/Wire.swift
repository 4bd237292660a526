/// What lies between an `SSL` and whoever carries its bytes: two rings, and what libssl is told about them.
///
///                          inbound ring
///     feed ──┬───────────► ░░░░████████ ─────────► SSL_read, SSL_do_handshake
///            └─ lent ────────────────────────────►
///     drain ◄───────────── ████████░░░░ ◄───────── SSL_write, SSL_do_handshake
///                          outbound ring
///
/// The other side is a BIO (`WireBIO`). It stands in for OpenSSL's BIO pair, `BIO_s_bio`, which does the same work: there each
/// question of what is in a ring is a call with checks that takes longer than the rest of a verb, fed bytes are always copied,
/// the rings have their full size from the beginning, and reading can't be stopped (measured on 3.0.19).
///
/// In memory of its own, since the BIO and the message callback point to it. Libssl changes it during the calls of one
/// connection alone, on the thread that makes them.
@safe struct Wire: ~Copyable {
    /// Fed, and not read by libssl.
    var inbound: ByteRing

    /// Written by libssl, to be drained.
    var outbound: ByteRing

    /// Bytes that are being fed: libssl reads them where they are, behind those of the ring. Empty outside of ``lend(_:)`` and
    /// ``takeBack()``.
    private var lent: UnsafeRawBufferPointer

    /// How many bytes libssl asked for and did not get, or a record header's: what it reads first.
    ///
    /// Without read-ahead libssl asks for a record's header, then for exactly its body, so this is the number of bytes to the
    /// end of one of them.
    private(set) var readRequest = recordHeaderBytes

    /// Whether no more bytes will come.
    var isEnded = false

    /// Whether libssl gets no bytes until the end of its present call. A server that waits for its owner's verdict on a
    /// TLS 1.2 client stops in this way.
    var isHeld = false

    /// Whether libssl was refused bytes in its present call, or its last one, because an alert would have no room.
    private(set) var isStarved = false

    /// Whether the owner wants to hear of records.
    var observesRecords: Bool

    /// Records whose header libssl has read.
    var recordsInbound: UInt64 = 0

    /// Records that libssl has made.
    var recordsOutbound: UInt64 = 0

    init(capacity: Int, observesRecords: Bool) {
        inbound = ByteRing(capacity: capacity)
        outbound = ByteRing(capacity: capacity)
        unsafe lent = UnsafeRawBufferPointer(start: nil, count: 0)
        self.observesRecords = observesRecords
    }

    /// Fed bytes that libssl has not read.
    var inboundByteCount: Int { unsafe inbound.count + lent.count }

    /// Whether no more bytes will come, and libssl has read all.
    var isAtEnd: Bool { isEnded && inboundByteCount == 0 }

    /// Notes that a call of libssl's begins.
    mutating func beginCall() {
        isHeld = false
        isStarved = false
    }

    /// What became of an attempt to read.
    enum ReadResult {
        case bytes(Int)
        case end
        case retry
    }

    /// Gives libssl bytes, as many as there are or it wants.
    ///
    /// It goes on reading as soon as it has written: from the last message of a flight to the next record, from one alert to
    /// the next. If that record is bad and the outbound ring full, the fatal alert has nowhere to go; libssl drops it or leaves
    /// it in a buffer that no public call reaches. So it gets no bytes without room for an alert.
    @inline(__always)
    mutating func read(into buffer: UnsafeMutableRawBufferPointer) -> ReadResult {
        if isHeld { return .retry }
        guard outbound.freeCount >= controlBytesReserved else {
            isStarved = true
            return .retry
        }
        var count = unsafe inbound.move(into: buffer)
        if count < buffer.count, unsafe lent.count > 0 {
            count += unsafe moveLent(into: UnsafeMutableRawBufferPointer(rebasing: buffer[count...]))
        }
        if count > 0 {
            readRequest = recordHeaderBytes
            return .bytes(count)
        }
        if isEnded { return .end }
        readRequest = min(buffer.count, inbound.capacity)
        return .retry
    }

    private mutating func moveLent(into buffer: UnsafeMutableRawBufferPointer) -> Int {
        let count = unsafe min(buffer.count, lent.count)
        unsafe buffer.copyMemory(from: UnsafeRawBufferPointer(rebasing: lent[..<count]))
        unsafe lent = UnsafeRawBufferPointer(rebasing: lent[count...])
        return count
    }

    /// Lets libssl read bytes where they are, until ``takeBack()``.
    ///
    /// - Parameter bytes: No more than ``ByteRing/freeCount`` of the inbound ring, which is to take what libssl leaves.
    mutating func lend(_ bytes: UnsafeRawBufferPointer) {
        assert(bytes.count <= inbound.freeCount, "more is lent than the ring can take back")
        unsafe lent = bytes
    }

    /// Ends what ``lend(_:)`` began: what libssl has not read goes into the ring.
    mutating func takeBack() {
        let count = unsafe inbound.append(copying: lent)
        assert(unsafe count == lent.count, "lent bytes have no place")
        unsafe lent = UnsafeRawBufferPointer(start: nil, count: 0)
    }
}
