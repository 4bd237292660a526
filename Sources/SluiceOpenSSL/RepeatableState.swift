internal import COpenSSL

/// What makes an engine repeatable besides its random stream: a clock of its own.
///
/// libssl reads the wall clock (`time`) for sessions alone: it stamps them, and judges their age. So the stamps are set
/// to this clock when libssl has made them, and an age is judged here.
struct RepeatableState {
    /// Where randomness that the callbacks need comes from.
    let library: LibraryContext

    /// Now, in seconds since 1970.
    var time: Int64

    /// When the session that a server resumed was made, by this clock.
    var resumedSessionTime: Int64?

    /// Stamps a session that libssl has just made (`SSL_SESSION_set_time`).
    ///
    /// The first second of 1970 counts as the second: a 0 in the DER form means to libssl that there is no time, it reads
    /// the wall clock instead, and fails to make a ticket of the result (3.0.19).
    func stamp(_ session: OpaquePointer, _ time: Int64) {
        unsafe _ = SSL_SESSION_set_time(session, time == 0 ? 1 : Int(time))
    }
}

/// `SSL_CTX_set_session_ticket_cb`, making a ticket: stamps the session that goes into it.
///
/// libssl has just stamped it with the wall clock. In TLS 1.2 a resumed session keeps its age when its ticket is renewed.
func stampTicket(ssl: OpaquePointer?, argument: UnsafeMutableRawPointer?) -> CInt {
    guard let ssl = unsafe ssl, let own = unsafe callbackState(of: ssl)?.repeatable,
        let session = unsafe SSL_get_session(ssl)
    else { return 0 }
    let isRenewed = unsafe SSL_version(ssl) <= TLS1_2_VERSION
    let time = isRenewed ? own.resumedSessionTime ?? own.time : own.time
    unsafe own.stamp(session, time)
    return 1
}

/// `SSL_CTX_set_session_ticket_cb`, reading a ticket: judges its age by the engine's clock, and gives libssl, which will
/// judge it by the wall clock, a session that is new.
///
/// What is returned is what libssl does by itself (ssl_decrypt_ticket of 3.0), but for tickets that are too old.
func judgeTicket(
    ssl: OpaquePointer?,
    session: OpaquePointer?,
    name: UnsafePointer<UInt8>?,
    nameCount: Int,
    status: SSL_TICKET_STATUS,
    argument: UnsafeMutableRawPointer?
) -> SSL_TICKET_RETURN {
    switch status {
    case SSL_TICKET_SUCCESS, SSL_TICKET_SUCCESS_RENEW:
        guard let state = unsafe callbackState(of: ssl), let now = state.repeatable?.time,
            let session = unsafe session
        else { return SSL_TICKET_RETURN_ABORT }
        let issued = unsafe Int64(SSL_SESSION_get_time(session))
        let lifetime = unsafe Int64(SSL_SESSION_get_timeout(session))
        let (age, isOverflown) = now.subtractingReportingOverflow(issued)
        guard !isOverflown, age <= lifetime else { return SSL_TICKET_RETURN_IGNORE_RENEW }
        state.repeatable?.resumedSessionTime = issued
        unsafe _ = SSL_SESSION_set_time(session, Int(systemTime()))
        return status == SSL_TICKET_SUCCESS ? SSL_TICKET_RETURN_USE : SSL_TICKET_RETURN_USE_RENEW
    case SSL_TICKET_EMPTY, SSL_TICKET_NO_DECRYPT:
        return SSL_TICKET_RETURN_IGNORE_RENEW
    default:
        return SSL_TICKET_RETURN_ABORT
    }
}

/// `SSL_CTX_set_psk_use_session_callback`: gives a session that is offered the age 0, and offers nothing else.
///
/// The session's true age is in its `ticket_age_add` already, see `SessionHandle.aged(bySeconds:)`. libssl takes a second
/// off an age, so one tick of the wall clock does no harm. Two would, and a busy machine may take that long over a
/// handshake; so the time is set as late as can be. libssl makes this call for the early_data extension of each
/// ClientHello, after the key shares and just before it writes the age (tls_construct_ctos_early_data of 3.0).
func renewOfferedSession(
    ssl: OpaquePointer?,
    digest: OpaquePointer?,
    identity: UnsafeMutablePointer<UnsafePointer<UInt8>?>?,
    identityCount: UnsafeMutablePointer<Int>?,
    session: UnsafeMutablePointer<OpaquePointer?>?
) -> CInt {
    unsafe session?.pointee = nil
    guard let ssl = unsafe ssl, unsafe callbackState(of: ssl)?.repeatable != nil,
        let offered = unsafe SSL_get_session(ssl)
    else { return 1 }
    unsafe _ = SSL_SESSION_set_time(offered, Int(systemTime()))
    return 1
}
