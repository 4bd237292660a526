internal import COpenSSL
internal import Synchronization

/// One `SSL` with its wire: the fence around a connection.
///
/// ## How OpenSSL wants to be called
///
/// An `SSL` is a state machine that reads and writes through BIOs. A call that can't go on returns -1, and
/// SSL_get_error(3) says what it waits for; the same call is then made again. Three rules decide the shape of this type:
///
/// - *The error queue belongs to the thread, not to the connection*, and SSL_get_error takes an old error in it for a new one.
///   So there is one door, ``call(_:)``, which clears it first. A record of plaintext goes through a wicket beside it,
///   ``callForRecord(_:)``, which tells old from new when there is something to tell.
/// - *A write that was cut short must be repeated with the same bytes.* So plaintext is taken only while the outbound
///   ring has room for the whole record (``writableByteCount``), and no write is ever cut short.
/// - *After a fatal error no more I/O calls.* The engine above keeps the failure; the alert is in the ring by then,
///   because libssl reads only while there is room for one (`Wire`).
///
/// `@unchecked Sendable` holds because the type is noncopyable: one owner, so one thread at a time, and libssl ties an
/// `SSL` to no thread (only `SSL_MODE_ASYNC` would, which is off).
@safe package struct ConnectionHandle: ~Copyable, @unchecked Sendable {
    /// Owned; given back in `deinit` (`SSL_free`).
    let ssl: OpaquePointer

    /// What the callbacks see. Outlives `ssl`, which points to it.
    let state: CallbackState

    /// The network side. Owned by ``state``.
    let wire: UnsafeMutablePointer<Wire>

    /// The context in use, kept alive because ``state`` speaks of it.
    var context: ContextHandle

    /// Never used. A type with an atomic in it is passed by its address; without, the compiler copies all of it, and of the
    /// engine around it, for each call that borrows it (Swift 6.3).
    private let pin = Atomic(false)

    /// Where a repeatable connection's randomness comes from; nil for OpenSSL's own generator.
    var stream: RandomStream?

    /// The most plaintext that goes into a record: less where the peer asked for that, see ``adoptFragmentLength()``.
    private(set) var recordPlaintextBytesMax = plaintextRecordBytesMax

    /// Whether libssl gives back its buffers after each record.
    private var isLight = true

    /// Until how many records the connection gives back libssl's buffers after each one.
    private var lightUntil: UInt64 = lightRecordsMax

    /// Whether a libssl call failed fatally; sessions stay resumable only if none did.
    private var isFailed = false

    /// A connection in the state before the first handshake message (`SSL_new`).
    package init(context: ContextHandle, ringCapacity: Int) throws(OpenSSLFailure) {
        let state = CallbackState(settings: context.settings.callbacks, ringCapacity: ringCapacity)
        unsafe ssl = try Self.makePointer(context, state.wire)
        self.state = state
        unsafe wire = state.wire
        self.context = context
        unsafe _ = SSL_set_ex_data(ssl, 0, Unmanaged.passUnretained(state).toOpaque())
        unsafe _ = SSL_ctrl(ssl, SSL_CTRL_SET_MSG_CALLBACK_ARG, 0, wire)
        unsafe _ = SSL_ctrl(ssl, SSL_CTRL_MODE, CLong(SSL_MODE_RELEASE_BUFFERS), nil)
        if context.settings.callbacks.isServer {
            unsafe SSL_set_accept_state(ssl)
        } else {
            unsafe SSL_set_connect_state(ssl)
        }
    }

    private static func makePointer(
        _ context: ContextHandle,
        _ wire: UnsafeMutablePointer<Wire>
    ) throws(OpenSSLFailure) -> OpaquePointer {
        ERR_clear_error()
        guard let ssl = unsafe SSL_new(context.pointer) else { throw .takingQueue() }
        guard unsafe WireBIO.attach(wire, to: ssl) else {
            let failure = OpenSSLFailure.takingQueue()
            unsafe SSL_free(ssl)
            throw failure
        }
        return unsafe ssl
    }

    deinit {
        // An SSL freed without close_notify makes its session unusable; where nothing failed, say that it was sent.
        if !isFailed, unsafe SSL_is_init_finished(ssl) == 1 {
            unsafe SSL_set_shutdown(ssl, SSL_SENT_SHUTDOWN | SSL_RECEIVED_SHUTDOWN)
        }
        unsafe SSL_free(ssl)
    }

    /// What a libssl call came to.
    package enum Outcome: Equatable, Sendable {
        /// It did what it was called for.
        case done
        /// It needs more bytes from the peer.
        case wantsInput
        /// It needs room in the outbound ring, to write or for the alert that reading may lead to.
        case wantsOutput
        /// It needs an answer of the owner's.
        case wantsDecision
        /// The peer's close_notify was reached.
        case peerClosed
    }

    /// Goes on with the handshake, or with post-handshake messages that are due (`SSL_do_handshake`).
    package mutating func handshake() throws(OpenSSLFailure) -> Outcome {
        try unsafe call { ssl in unsafe SSL_do_handshake(ssl) }
    }

    /// Processes everything before the next plaintext, and says `.done` if there is some (`SSL_peek_ex` of one byte).
    package mutating func peek() throws(OpenSSLFailure) -> Outcome {
        var byte: UInt8 = 0
        var count = 0
        return try unsafe call { ssl in unsafe SSL_peek_ex(ssl, &byte, 1, &count) }
    }

    /// Writes the answer to a KeyUpdate that libssl keeps for the next write (`SSL_write_ex` of no bytes, which sends no
    /// record of its own).
    package mutating func writeDueAnswer() throws(OpenSSLFailure) -> Outcome {
        var count = 0
        return try unsafe call { ssl in unsafe SSL_write_ex(ssl, nil, 0, &count) }
    }

    /// Makes records as short as the peer asked for in the handshake (max_fragment_length, RFC 6066 §4). A server of libssl's
    /// agrees to that by itself, and one write of more then makes several records, each with its overhead.
    package mutating func adoptFragmentLength() {
        let code = unsafe SSL_get_session(ssl).map { unsafe SSL_SESSION_get_max_fragment_length($0) } ?? 0
        if (1...4).contains(code) { recordPlaintextBytesMax = 256 << Int(code) }
    }

    /// Sends close_notify, unless it was sent (`SSL_shutdown`).
    ///
    /// SSL_shutdown returns 0 when its alert is out and the peer's is not in. That is success, yet SSL_get_error calls
    /// it SSL_ERROR_SYSCALL; so 0 counts as 1 here.
    package mutating func shutdown() throws(OpenSSLFailure) -> Outcome {
        if unsafe SSL_get_shutdown(ssl) & SSL_SENT_SHUTDOWN != 0 { return .done }
        return try unsafe call { ssl in
            let result = unsafe SSL_shutdown(ssl)
            return result == 0 ? 1 : result
        }
    }

    /// Plaintext that is decrypted and waits to be read, within one record (`SSL_pending`).
    package var pendingPlaintextByteCount: Int { unsafe Int(SSL_pending(ssl)) }

    /// Whether handshake messages are due: the first handshake, tickets or a KeyUpdate (`SSL_in_init`).
    package var isHandshakeDue: Bool { unsafe SSL_in_init(ssl) == 1 }

    /// The one door to libssl's I/O: clears the error queue, calls, and classifies what libssl returned.
    @inline(__always)
    private mutating func call(_ body: (OpaquePointer) -> CInt) throws(OpenSSLFailure) -> Outcome {
        // Clearing walks all of the queue's 16 places, full or not; looking first is cheaper.
        if ERR_peek_error() != 0 { ERR_clear_error() }
        let result = unsafe perform(body)
        return result > 0 ? .done : try outcome(of: result, orThrow: .takingQueue())
    }

    /// The same door for a record of plaintext, which looks at the queue only if something is wrong: finding a thread's queue
    /// takes as long as 1 % of a round trip of small records (3.0.19).
    @inline(__always)
    mutating func callForRecord(_ body: (OpaquePointer) -> CInt) throws(OpenSSLFailure) -> Outcome {
        // Words that must be repeatable mustn't hold what others left there.
        if stream != nil { return try unsafe call(body) }
        let result = unsafe perform(body)
        return result > 0 ? .done : try outcomeForRecord(of: result)
    }

    /// Tells what others left in the queue from what is this call's: everything is theirs, unless libssl's state machine has
    /// failed; then the newest entry is its own. (`SSL_state_string` is "SSLERR" after SSLfatal, and only then.)
    private mutating func outcomeForRecord(of result: CInt) throws(OpenSSLFailure) -> Outcome {
        let hasFailed = unsafe SSL_state_string(ssl).map { unsafe String(cString: $0) } == "SSLERR"
        if !hasFailed { ERR_clear_error() }
        return try outcome(of: result, orThrow: .takingQueue(decidedBy: .newest))
    }

    /// Calls with this connection's randomness. Returns what libssl returned.
    @inline(__always)
    private mutating func perform(_ body: (OpaquePointer) -> CInt) -> CInt {
        unsafe wire.pointee.beginCall()
        let result =
            if let stream { stream.whileDrawing { unsafe body(ssl) } } else { unsafe body(ssl) }
        if isLight, recordsInbound &+ recordsOutbound > lightUntil { becomeBusy() }
        return result
    }

    /// Classifies what libssl returned where that isn't success (`SSL_get_error`).
    private mutating func outcome(
        of result: CInt,
        orThrow failure: @autoclosure () -> OpenSSLFailure
    ) throws(OpenSSLFailure) -> Outcome {
        switch unsafe SSL_get_error(ssl, result) {
        case SSL_ERROR_WANT_READ: return unsafe wire.pointee.refusal == .noRoom ? .wantsOutput : .wantsInput
        case SSL_ERROR_WANT_WRITE: return .wantsOutput
        case SSL_ERROR_WANT_X509_LOOKUP, SSL_ERROR_WANT_CLIENT_HELLO_CB, SSL_ERROR_WANT_RETRY_VERIFY:
            return .wantsDecision
        case SSL_ERROR_ZERO_RETURN: return .peerClosed
        default:
            isFailed = true
            throw failure()
        }
    }

    /// Has libssl give back its buffers, of a record's size each way, after each record (`SSL_MODE_RELEASE_BUFFERS`), until the
    /// connection proves busy. That costs a tenth of a small record, and a connection that talks little holds half as much.
    mutating func releaseBuffersWhileLight() {
        isLight = true
        lightUntil = recordsInbound &+ recordsOutbound &+ lightRecordsMax
        unsafe _ = SSL_ctrl(ssl, SSL_CTRL_MODE, CLong(SSL_MODE_RELEASE_BUFFERS), nil)
    }

    /// Has libssl keep its buffers, and gives it whole records from the next one on (`SSL_set_read_ahead`).
    ///
    /// Between two records libssl says "RH", for reading a header, and has nothing in its buffer.
    private mutating func becomeBusy() {
        guard unsafe SSL_has_pending(ssl) == 0, isReadingState("RH") else { return }
        isLight = false
        unsafe _ = SSL_ctrl(ssl, SSL_CTRL_CLEAR_MODE, CLong(SSL_MODE_RELEASE_BUFFERS), nil)
        unsafe SSL_set_read_ahead(ssl, 1)
        unsafe wire.pointee.keepRecordsApart()
    }
}

/// The most records, both ways, of a connection that talks little: a handshake and a few messages.
private let lightRecordsMax: UInt64 = 40
