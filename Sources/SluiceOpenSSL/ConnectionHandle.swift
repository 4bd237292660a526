internal import COpenSSL
internal import Synchronization

/// One `SSL` with its BIO pair: the fence around a connection.
///
/// ## How OpenSSL wants to be called
///
/// An `SSL` is a state machine that reads and writes through BIOs. A call that can't go on returns -1, and
/// SSL_get_error(3) says what it waits for; the same call is then made again. Three rules decide the shape of this type:
///
/// - *The error queue belongs to the thread, not to the connection, and must be empty before each I/O call*, or an old
///   error is taken for a new one. So ``call(_:)`` is the one door to all of them.
/// - *A write that was cut short must be repeated with the same bytes.* So plaintext is taken only while the outbound
///   ring has room for the whole record (``writableByteCount``), and no write is ever cut short.
/// - *After a fatal error no more I/O calls.* The engine above keeps the failure; the alert is in the ring by then,
///   because libssl reads only while there is room for one (`InputGate`).
///
/// `@unchecked Sendable` holds because the type is noncopyable: one owner, so one thread at a time, and libssl ties an
/// `SSL` to no thread (only `SSL_MODE_ASYNC` would, which is off).
@safe package struct ConnectionHandle: ~Copyable, @unchecked Sendable {
    /// Owned; given back in `deinit` (`SSL_free`).
    let ssl: OpaquePointer

    /// What the callbacks see. Outlives `ssl`, which points to it.
    let state: CallbackState

    /// The context in use, kept alive because ``state`` speaks of it.
    var context: ContextHandle

    /// The network side.
    var rings: BIOPair

    /// Never used. A type with an atomic in it is passed by its address; without, the compiler copies all of it, and of the
    /// engine around it, for each call that borrows it (Swift 6.3).
    private let pin = Atomic(false)

    /// Where a repeatable connection's randomness comes from; nil for OpenSSL's own generator.
    var stream: RandomStream?

    /// What ``readRequest`` was when the rings were given back.
    var requestBeforeHibernation = recordHeaderBytes

    /// Whether libssl was told that no more bytes will come.
    package internal(set) var isInputEnded = false

    /// Why the rings must be asked what a call moved.
    private var doubts: Doubts = [.partRead, .light]

    /// Until how many records the connection gives back libssl's buffers after each one.
    private var lightUntil: UInt64 = lightRecordsMax

    /// Whether a libssl call failed fatally; sessions stay resumable only if none did.
    private var isFailed = false

    /// A connection in the state before the first handshake message (`SSL_new`).
    package init(context: ContextHandle, ringCapacity: Int) throws(OpenSSLFailure) {
        ERR_clear_error()
        guard let ssl = unsafe SSL_new(context.pointer) else { throw .takingQueue() }
        unsafe self.ssl = ssl
        self.context = context
        rings = BIOPair(capacity: ringCapacity)
        state = CallbackState(settings: context.settings.callbacks)
        unsafe _ = SSL_set_ex_data(ssl, 0, Unmanaged.passUnretained(state).toOpaque())
        unsafe _ = SSL_ctrl(ssl, SSL_CTRL_SET_MSG_CALLBACK_ARG, 0, state.watch)
        unsafe _ = SSL_ctrl(ssl, SSL_CTRL_MODE, CLong(SSL_MODE_RELEASE_BUFFERS), nil)
        if context.settings.callbacks.isServer {
            unsafe SSL_set_accept_state(ssl)
        } else {
            unsafe SSL_set_connect_state(ssl)
        }
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
        /// It needs room in the outbound ring.
        case wantsOutput
        /// It needs an answer of the owner's.
        case wantsDecision
        /// The peer's close_notify was reached.
        case peerClosed
    }

    /// Why the rings must be asked.
    private struct Doubts: OptionSet {
        let rawValue: UInt8

        /// libssl may have read a part of a record.
        static let partRead = Doubts(rawValue: 1)
        /// libssl has bytes left to write that didn't fit the outbound ring.
        static let partWritten = Doubts(rawValue: 2)
        /// None: but records are counted here as long as the connection may be a light one.
        static let light = Doubts(rawValue: 4)
    }

    /// What a libssl call is made for.
    enum Purpose { case reading, writing, other }

    /// Goes on with the handshake, or with post-handshake messages that are due (`SSL_do_handshake`).
    package mutating func handshake() throws(OpenSSLFailure) -> Outcome {
        try unsafe call { ssl in unsafe SSL_do_handshake(ssl) }
    }

    /// Processes everything before the next plaintext, and says `.done` if there is some (`SSL_peek_ex` of one byte).
    package mutating func peek() throws(OpenSSLFailure) -> Outcome {
        var byte: UInt8 = 0
        var count = 0
        return try unsafe call(.reading) { ssl in unsafe SSL_peek_ex(ssl, &byte, 1, &count) }
    }

    /// Writes the answer to a KeyUpdate that libssl keeps for the next write (`SSL_write_ex` of no bytes, which sends no
    /// record of its own).
    package mutating func writeDueAnswer() throws(OpenSSLFailure) -> Outcome {
        var count = 0
        return try unsafe call { ssl in unsafe SSL_write_ex(ssl, nil, 0, &count) }
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

    /// Lets libssl read again if it was stopped after writing and there is room for an alert now.
    package mutating func openGate() {
        guard isGateClosed, hasRoomForControl else { return }
        unsafe state.watch.pointee.gate.open(ssl)
    }

    /// Whether libssl is kept from reading; it then says that it wants input whatever the ring holds.
    package var isGateClosed: Bool { unsafe state.watch.pointee.gate.isClosed }

    /// Plaintext that is decrypted and waits to be read, within one record (`SSL_pending`).
    package var pendingPlaintextByteCount: Int { unsafe Int(SSL_pending(ssl)) }

    /// Whether handshake messages are due: the first handshake, tickets or a KeyUpdate (`SSL_in_init`).
    package var isHandshakeDue: Bool { unsafe SSL_in_init(ssl) == 1 }

    /// The one door to libssl's I/O: ``perform(_:_:)``, then ``outcome(of:)``.
    private mutating func call(
        _ purpose: Purpose = .other,
        _ body: (OpaquePointer) -> CInt
    ) throws(OpenSSLFailure) -> Outcome {
        if rings.outboundRoom < controlBytesReserved { _ = try growOutbound() }
        while true {
            let outcome = try unsafe outcome(of: perform(purpose, body))
            // A flight that doesn't fit the ring as it is.
            guard outcome == .wantsOutput, try growOutbound() else { return outcome }
        }
    }

    /// The first half of the door: clears the queue, calls, sees what the rings hold. Returns what libssl returned.
    mutating func perform(_ purpose: Purpose, _ body: (OpaquePointer) -> CInt) -> CInt {
        // Clearing walks all of the queue's 16 places, full or not; looking first is 4 % of a small record cheaper. Where
        // plaintext is written, only libcrypto can fail, and nobody asks for the reason.
        if purpose != .writing, ERR_peek_error() != 0 { ERR_clear_error() }
        let before = unsafe (read: state.watch.pointee.inbound.bytes, written: state.watch.pointee.outbound.bytes)
        let result =
            if let stream { stream.whileDrawing { unsafe body(ssl) } } else { unsafe body(ssl) }
        if result > 0, isCounted(purpose, since: before) { return result }
        rings.recount()
        if doubts.contains(.light), recordsInbound &+ recordsOutbound > lightUntil { keepBuffers() }
        if result <= 0 {
            doubts.insert(.partRead)
        } else {
            doubts.remove(purpose == .reading ? .partRead : .partWritten)
        }
        return result
    }

    /// Whether what a call moved is known without asking the rings, which takes longer than the rest of a verb: it moved
    /// whole records of plaintext, whose headers the message callback has seen.
    private mutating func isCounted(_ purpose: Purpose, since before: (read: UInt64, written: UInt64)) -> Bool {
        let read = unsafe Int(truncatingIfNeeded: state.watch.pointee.inbound.bytes &- before.read)
        let written = unsafe Int(truncatingIfNeeded: state.watch.pointee.outbound.bytes &- before.written)
        switch purpose {
        case .reading where doubts.isEmpty && written == 0 && read <= inboundByteCount: rings.note(read: read)
        case .writing where doubts.isSubset(of: .partRead) && read == 0: rings.note(written: written)
        default: return false
        }
        return true
    }

    /// The second half of the door: classifies what libssl returned (`SSL_get_error`).
    mutating func outcome(of result: CInt) throws(OpenSSLFailure) -> Outcome {
        if result > 0 { return .done }
        switch unsafe SSL_get_error(ssl, result) {
        case SSL_ERROR_WANT_READ: return .wantsInput
        case SSL_ERROR_WANT_WRITE:
            doubts.insert(.partWritten)
            return .wantsOutput
        case SSL_ERROR_WANT_X509_LOOKUP, SSL_ERROR_WANT_CLIENT_HELLO_CB, SSL_ERROR_WANT_RETRY_VERIFY:
            return .wantsDecision
        case SSL_ERROR_ZERO_RETURN: return .peerClosed
        default:
            isFailed = true
            throw .takingQueue()
        }
    }

    /// Has libssl give back its buffers, of a record's size each way, after each record (`SSL_MODE_RELEASE_BUFFERS`), until the
    /// connection proves busy. That costs a tenth of a small record, and a connection that talks little holds half as much.
    mutating func releaseBuffersWhileLight() {
        doubts.insert(.light)
        lightUntil = recordsInbound &+ recordsOutbound &+ lightRecordsMax
        unsafe _ = SSL_ctrl(ssl, SSL_CTRL_MODE, CLong(SSL_MODE_RELEASE_BUFFERS), nil)
    }

    private mutating func keepBuffers() {
        doubts.remove(.light)
        unsafe _ = SSL_ctrl(ssl, SSL_CTRL_CLEAR_MODE, CLong(SSL_MODE_RELEASE_BUFFERS), nil)
    }
}

/// The most records, both ways, of a connection that talks little: a handshake and a few messages.
private let lightRecordsMax: UInt64 = 40
