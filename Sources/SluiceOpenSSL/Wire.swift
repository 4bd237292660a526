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

    /// Whether records are kept apart here, and libssl may ask for more than one (`SSL_set_read_ahead`). Else it asks for a
    /// header, then for the body, which costs 1 % of a small record.
    private var keepsRecordsApart = false

    /// Where the record ends that libssl is reading, if records are kept apart.
    private var boundary = RecordBoundary()

    /// Whether no more bytes will come.
    var isEnded = false

    /// Whether libssl gets no bytes until the end of its present call. A server that waits for its owner's verdict on a
    /// TLS 1.2 client stops in this way.
    var isHeld = false

    /// Why libssl got nothing when it last tried to read in its present call, or its last one; nil where it got something.
    private(set) var refusal: Refusal?

    /// Why libssl gets nothing now.
    enum Refusal {
        /// Nothing is here, or nothing may be read.
        case noBytes
        /// An alert would have no room.
        case noRoom
    }

    /// What the message callback is to pass on.
    var observations: Observations

    /// What may be passed on.
    struct Observations: OptionSet {
        let rawValue: UInt8

        /// Every record's header.
        static let records = Observations(rawValue: 1)
        /// Every handshake message. KeyUpdates are passed on always.
        static let messages = Observations(rawValue: 2)
    }

    /// The flights of the handshake.
    var tally = HandshakeTally()

    /// Records whose header libssl has read.
    var recordsInbound: UInt64 = 0

    /// Records that libssl has made.
    var recordsOutbound: UInt64 = 0

    init(capacity: Int, observations: Observations) {
        inbound = ByteRing(capacity: capacity)
        outbound = ByteRing(capacity: capacity)
        unsafe lent = UnsafeRawBufferPointer(start: nil, count: 0)
        self.observations = observations
    }

    /// Fed bytes that libssl has not read.
    var inboundByteCount: Int { unsafe inbound.count + lent.count }

    /// Whether no more bytes will come, and libssl has read all.
    var isAtEnd: Bool { isEnded && inboundByteCount == 0 }

    /// Keeps records apart from here on, where the next one begins.
    mutating func keepRecordsApart() { keepsRecordsApart = true }

    /// Notes that a call of libssl's begins.
    mutating func beginCall() {
        isHeld = false
        refusal = nil
    }

    /// Gives libssl bytes, as many as there are or it wants.
    ///
    /// It goes on reading as soon as it has written: from the last message of a flight to the next record, from one alert to
    /// the next. If that record is bad and the outbound ring full, the fatal alert has nowhere to go; libssl drops it or leaves
    /// it in a buffer that no public call reaches. So it gets no bytes without room for an alert.
    ///
    /// - Returns: How many bytes it got. If none, ``refusal`` says why, or that they have ended.
    @inline(__always)
    mutating func read(into buffer: UnsafeMutableRawBufferPointer) -> Int {
        if isHeld { return refuse(.noBytes) }
        guard outbound.freeCount >= controlBytesReserved else { return refuse(.noRoom) }
        refusal = nil
        guard keepsRecordsApart else { return unsafe readWhatIsAsked(into: buffer) }
        return unsafe moveWholeRecord(into: buffer) ?? readRecord(into: buffer)
    }

    private mutating func refuse(_ reason: Refusal) -> Int {
        refusal = reason
        return 0
    }

    @inline(__always)
    private mutating func readWhatIsAsked(into buffer: UnsafeMutableRawBufferPointer) -> Int {
        let count = unsafe move(into: buffer)
        readRequest = count > 0 ? recordHeaderBytes : min(buffer.count, inbound.capacity)
        if count == 0, !isEnded { refusal = .noBytes }
        return count
    }

    /// What nearly every record is: here as a whole, at the beginning of what is lent. Returns nil where it isn't.
    @inline(__always)
    private mutating func moveWholeRecord(into buffer: UnsafeMutableRawBufferPointer) -> Int? {
        guard boundary.isAtStart, inbound.count == 0, unsafe lent.count >= recordHeaderBytes,
            let source = unsafe lent.baseAddress, let target = buffer.baseAddress
        else { return nil }
        let bodyByteCount = unsafe UInt16(bigEndian: source.loadUnaligned(fromByteOffset: 3, as: UInt16.self))
        let count = recordHeaderBytes &+ Int(bodyByteCount)
        guard unsafe count <= lent.count, count <= buffer.count else { return nil }
        unsafe target.copyMemory(from: source, byteCount: count)
        unsafe lent = UnsafeRawBufferPointer(start: source + count, count: lent.count &- count)
        return count
    }

    private mutating func readRecord(into buffer: UnsafeMutableRawBufferPointer) -> Int {
        let rest = boundary.rest(of: inboundByteCount) { place in
            place < inbound.count ? inbound[place] : unsafe lent[place - inbound.count]
        }
        let count = unsafe move(into: UnsafeMutableRawBufferPointer(rebasing: buffer[..<min(rest, buffer.count)]))
        if count > 0 { boundary.advance(by: count, of: rest) { unsafe buffer[$0] } }
        readRequest = min(boundary.request, inbound.capacity)
        if count == 0, !isEnded { refusal = .noBytes }
        return count
    }

    @inline(__always)
    private mutating func move(into buffer: UnsafeMutableRawBufferPointer) -> Int {
        let count = inbound.count > 0 ? unsafe inbound.move(into: buffer) : 0
        return unsafe count + moveLent(into: UnsafeMutableRawBufferPointer(rebasing: buffer[count...]))
    }

    private mutating func moveLent(into buffer: UnsafeMutableRawBufferPointer) -> Int {
        guard buffer.count > 0, unsafe lent.count > 0 else { return 0 }
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
