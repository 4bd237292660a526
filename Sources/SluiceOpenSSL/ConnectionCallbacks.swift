internal import COpenSSL

// The C callbacks that every context registers. Each finds its connection's state, notes what happened or reads what
// was decided, and returns. None calls into libssl's I/O, none runs the owner's code.

/// The state of the connection that a callback is about.
func callbackState(of ssl: OpaquePointer?) -> CallbackState? {
    guard let ssl = unsafe ssl, let data = unsafe SSL_get_ex_data(ssl, 0) else { return nil }
    return unsafe Unmanaged<CallbackState>.fromOpaque(data).takeUnretainedValue()
}

/// `SSL_CTX_set_msg_callback`: record headers, handshake messages and alerts. The argument is the connection's `Wire`.
@inline(__always)
func noteMessage(
    isOutbound: CInt,
    version: CInt,
    contentType: CInt,
    bytes: UnsafeRawPointer?,
    count: Int,
    ssl: OpaquePointer?,
    argument: UnsafeMutableRawPointer?
) {
    // In TLS 1.3 each record comes here twice: its header, and the content type under its encryption.
    guard contentType != SSL3_RT_INNER_CONTENT_TYPE, let bytes = unsafe bytes,
        let wire = unsafe argument?.assumingMemoryBound(to: Wire.self)
    else { return }
    switch contentType {
    case SSL3_RT_HEADER where count == recordHeaderBytes:
        if isOutbound == 0 {
            unsafe wire.pointee.recordsInbound &+= 1
        } else {
            unsafe wire.pointee.recordsOutbound &+= 1
        }
        guard unsafe wire.pointee.observations.contains(.records) else { return }
    case SSL3_RT_HANDSHAKE where count >= handshakeHeaderBytes:
        let type = unsafe CInt(bytes.load(as: UInt8.self))
        // A ticket is no flight of the handshake: in TLS 1.3 it follows the handshake, in TLS 1.2 its Finished counts.
        if type != SSL3_MT_NEWSESSION_TICKET { unsafe wire.pointee.tally.count(isOutbound == 0 ? .inbound : .outbound) }
        guard unsafe type == SSL3_MT_KEY_UPDATE || wire.pointee.observations.contains(.messages) else { return }
    default:
        break
    }
    let buffer = unsafe UnsafeRawBufferPointer(start: bytes, count: count)
    unsafe noteOther(ssl, isOutbound == 0 ? .inbound : .outbound, version, contentType, buffer)
}

/// What the message callback sees seldom, apart from it so that a record of plaintext costs little.
@inline(never)
private func noteOther(
    _ ssl: OpaquePointer?,
    _ direction: Direction,
    _ version: CInt,
    _ contentType: CInt,
    _ bytes: UnsafeRawBufferPointer
) {
    guard let state = unsafe callbackState(of: ssl) else { return }
    switch contentType {
    case SSL3_RT_HEADER where bytes.count == recordHeaderBytes:
        let version = unsafe UInt16(bytes[1]) << 8 | UInt16(bytes[2])
        let length = unsafe Int(bytes[3]) << 8 | Int(bytes[4])
        state.notices.append(.record(direction, contentType: unsafe bytes[0], version: version, byteCount: length))
    case SSL3_RT_HANDSHAKE where bytes.count >= handshakeHeaderBytes:
        unsafe noteHandshakeMessage(bytes, direction, in: state)
    case 0 where version == SSL2_VERSION && direction == .inbound && state.settings.asksClientHello:
        // A TLS ClientHello in SSLv2's framing (RFC 5246 §E.2), which libssl 3.0 still reads.
        state.clientHelloMessage = unsafe [UInt8](bytes)
    case SSL3_RT_ALERT where bytes.count == alertBytes:
        let (level, description) = unsafe (bytes[0], bytes[1])
        if isFatal(level, description, direction, version) { state.fatalAlert = (direction, description) }
        state.notices.append(.alert(direction, level: level, description: description))
    default:
        break
    }
}

/// Who gets an alert in TLS 1.3 goes by its description, whatever its level says (RFC 8446 §6).
private func isFatal(_ level: UInt8, _ description: UInt8, _ direction: Direction, _ version: CInt) -> Bool {
    guard direction == .inbound, version == TLS1_3_VERSION else { return CInt(level) == SSL3_AL_FATAL }
    return CInt(description) != SSL3_AD_CLOSE_NOTIFY && CInt(description) != TLS1_AD_USER_CANCELLED
}

private func noteHandshakeMessage(_ message: UnsafeRawBufferPointer, _ direction: Direction, in state: CallbackState) {
    let type = unsafe message[0]
    switch CInt(type) {
    case SSL3_MT_CLIENT_HELLO where direction == .inbound && state.settings.asksClientHello:
        // The second one, after a HelloRetryRequest, isn't asked about.
        if case .open = state.clientHello { state.clientHelloMessage = unsafe [UInt8](message) }
    case SSL3_MT_KEY_UPDATE:
        state.notices.append(.keyUpdate(direction))
    default:
        break
    }
    if state.settings.observesMessages {
        state.notices.append(.message(direction, type: type, byteCount: message.count))
    }
}

/// `SSL_CTX_set_keylog_callback`.
func noteKeyLogLine(ssl: OpaquePointer?, line: UnsafePointer<CChar>?) {
    guard let state = unsafe callbackState(of: ssl), let line = unsafe line else { return }
    state.notices.append(.keyLogLine(unsafe String(cString: line)))
}

/// `SSL_CTX_sess_set_new_cb` on a client. Returning 0 leaves libssl its reference.
///
/// The notice gets a copy (`SSL_SESSION_dup`). The original stays the connection's, and libssl marks it as not resumable
/// when that ends badly: a value in the owner's hands would change, perhaps under another thread.
func noteNewSession(ssl: OpaquePointer?, session: OpaquePointer?) -> CInt {
    guard let state = unsafe callbackState(of: ssl), let session = unsafe session,
        let copy = unsafe SSL_SESSION_dup(session)
    else { return 0 }
    if let own = state.repeatable { unsafe own.stamp(copy, own.time) }
    state.notices.append(.session(unsafe SessionHandle(owning: copy)))
    return 0
}

/// `SSL_CTX_set_client_hello_cb`: suspends until the owner has answered, where it asked to be asked.
func decideClientHello(
    ssl: OpaquePointer?,
    alert: UnsafeMutablePointer<CInt>?,
    argument: UnsafeMutableRawPointer?
) -> CInt {
    guard let state = unsafe callbackState(of: ssl) else { return SSL_CLIENT_HELLO_ERROR }
    guard state.settings.asksClientHello else { return SSL_CLIENT_HELLO_SUCCESS }
    switch state.clientHello {
    case .open, .asked:
        state.clientHello = .asked
        return SSL_CLIENT_HELLO_RETRY
    case .answered(.accepted):
        return SSL_CLIENT_HELLO_SUCCESS
    case .answered(.refused(let description)):
        unsafe alert?.pointee = CInt(description)
        return SSL_CLIENT_HELLO_ERROR
    }
}

/// `SSL_CTX_set_cert_cb`: a client suspends until the owner chose an identity; a server takes those that bear the
/// requested name, and libssl chooses among them by what the client can verify.
func chooseIdentity(ssl: OpaquePointer?, argument: UnsafeMutableRawPointer?) -> CInt {
    guard let ssl = unsafe ssl, let state = unsafe callbackState(of: ssl) else { return 0 }
    if state.settings.isServer {
        return unsafe installIdentities(of: state.settings, on: ssl) ? 1 : 0
    }
    guard state.settings.asksClientIdentity else { return 1 }
    if case .answered = state.clientIdentity { return 1 }
    state.clientIdentity = .asked
    return -1
}

private func installIdentities(of settings: CallbackSettings, on ssl: OpaquePointer) -> Bool {
    guard settings.identities.count > 1 else { return true }
    var chosen: [IdentityHandle] = []
    if let name = unsafe SSL_get_servername(ssl, TLSEXT_NAMETYPE_host_name) {
        let name = unsafe String(cString: name)
        chosen = settings.identities.filter { $0.isFor(hostName: name) }
    }
    if chosen.isEmpty { chosen = settings.defaultIdentities }
    unsafe SSL_certs_clear(ssl)
    // Of two identities with the same name and key type the first given wins: the later call would replace it.
    return chosen.reversed().allSatisfy { unsafe $0.install(on: ssl) }
}

/// `SSL_CTX_set_alpn_select_cb`: the first of the server's protocols that the client offers, or
/// no_application_protocol (RFC 7301 §3.2).
func selectApplicationProtocol(
    ssl: OpaquePointer?,
    selected: UnsafeMutablePointer<UnsafePointer<UInt8>?>?,
    selectedCount: UnsafeMutablePointer<UInt8>?,
    offered: UnsafePointer<UInt8>?,
    offeredCount: CUnsignedInt,
    argument: UnsafeMutableRawPointer?
) -> CInt {
    guard let state = unsafe callbackState(of: ssl) else { return SSL_TLSEXT_ERR_ALERT_FATAL }
    if state.settings.applicationProtocols.isEmpty { return SSL_TLSEXT_ERR_NOACK }
    let list = unsafe UnsafeBufferPointer(start: offered, count: Int(offeredCount))
    for candidate in state.settings.applicationProtocols {
        var start = 0
        while start < list.count {
            let end = unsafe start + 1 + Int(list[start])
            guard end <= list.count else { return SSL_TLSEXT_ERR_ALERT_FATAL }
            if unsafe list[(start + 1)..<end].elementsEqual(candidate) {
                unsafe selected?.pointee = list.baseAddress.map { unsafe $0 + start + 1 }
                unsafe selectedCount?.pointee = UInt8(candidate.count)
                return SSL_TLSEXT_ERR_OK
            }
            start = end
        }
    }
    return SSL_TLSEXT_ERR_ALERT_FATAL
}

/// `SSL_CTX_set_tlsext_servername_callback`: acknowledges the name.
///
/// On 3.0 an OK here acknowledges SNI on a TLS 1.3 resumption too; that is what RFC 6066 §3 allows and clients ignore.
func acknowledgeServerName(
    ssl: OpaquePointer?,
    alert: UnsafeMutablePointer<CInt>?,
    argument: UnsafeMutableRawPointer?
) -> CInt {
    unsafe SSL_get_servername(ssl, TLSEXT_NAMETYPE_host_name) == nil ? SSL_TLSEXT_ERR_NOACK : SSL_TLSEXT_ERR_OK
}

/// `SSL_CTX_set_tlsext_ticket_key_evp_cb`: 0 knows no such key, 1 is good, 2 is good and wants a new ticket.
///
/// In TLS 1.3 each ticket is for one use (RFC 8446 §C.4), and libssl sends another after a resumption only if asked to here;
/// with its own key it does by itself (3.0.19).
func chooseTicketKey(
    ssl: OpaquePointer?,
    name: UnsafeMutablePointer<UInt8>?,
    initialisationVector: UnsafeMutablePointer<UInt8>?,
    cipher: OpaquePointer?,
    mac: OpaquePointer?,
    encrypts: CInt
) -> CInt {
    guard let state = unsafe callbackState(of: ssl), let issuing = state.ticketKeys.first, let name = unsafe name
    else { return -1 }
    let keys = state.ticketKeys
    if encrypts == 1 {
        let library = unsafe state.repeatable?.library.pointer
        let isDrawn = unsafe RAND_bytes_ex(library, initialisationVector, ticketInitialisationVectorBytes, 0) == 1
        guard isDrawn else { return -1 }
        unsafe name.update(from: issuing.name, count: ticketKeyNameBytes)
        let vector = unsafe UnsafePointer(initialisationVector)
        return unsafe issuing.prepare(cipher: cipher, mac: mac, initialisationVector: vector, encrypts: true) ? 1 : -1
    }
    let wanted = unsafe UnsafeBufferPointer(start: name, count: ticketKeyNameBytes)
    guard let index = keys.firstIndex(where: { unsafe wanted.elementsEqual($0.name) }) else { return 0 }
    let vector = unsafe UnsafePointer(initialisationVector)
    let isReady = unsafe keys[index].prepare(cipher: cipher, mac: mac, initialisationVector: vector, encrypts: false)
    guard isReady else { return -1 }
    let isForOneUse = unsafe SSL_version(ssl) == TLS1_3_VERSION
    return index == 0 && !isForOneUse ? 1 : 2
}

/// `SSL_CTX_add_custom_ext` on session tickets: ends the connection with an alert of our choice.
///
/// libssl has no call that sends a fatal alert once the handshake is over. An extension callback that fails while a
/// NewSessionTicket is written does just that (tried on 3.0.19), so a server that must refuse a client's certificate
/// after a TLS 1.3 handshake asks for one more ticket and fails here. Otherwise no such extension is ever sent.
func sendAlertInsteadOfTicket(
    ssl: OpaquePointer?,
    type: CUnsignedInt,
    context: CUnsignedInt,
    bytes: UnsafeMutablePointer<UnsafePointer<UInt8>?>?,
    count: UnsafeMutablePointer<Int>?,
    certificate: OpaquePointer?,
    chainIndex: Int,
    alert: UnsafeMutablePointer<CInt>?,
    argument: UnsafeMutableRawPointer?
) -> CInt {
    guard let description = unsafe callbackState(of: ssl)?.alertInsteadOfTicket else { return 0 }
    unsafe alert?.pointee = CInt(description)
    return -1
}

/// A TLSPlaintext header: type, version, length (RFC 8446 §5.1).
let recordHeaderBytes = 5

/// A Handshake header: type and length (RFC 8446 §4).
let handshakeHeaderBytes = 4

/// An Alert: level and description (RFC 8446 §6).
private let alertBytes = 2
