internal import Sluice

/// Sessions to resume with servers: the latest of each, each taken by one connection (RFC 8446 §C.4), which may put one
/// of TLS 1.2 back.
struct UpstreamSessions {
    struct Key: Hashable {
        let server: UpstreamAddress
        let name: ServerName
    }

    private var sessions: [Key: TLSSession] = [:]

    /// The keys, oldest first.
    private var order: [Key] = []

    /// Takes the session of a server, if there is one.
    mutating func take(_ key: Key) -> TLSSession? {
        guard let session = sessions.removeValue(forKey: key) else { return nil }
        order.removeAll { $0 == key }
        return session
    }

    /// Keeps a session; the oldest makes room.
    mutating func keep(_ session: TLSSession, for key: Key) {
        if sessions.updateValue(session, forKey: key) != nil { order.removeAll { $0 == key } }
        order.append(key)
        if order.count > RuntimeLimits.upstreamSessionsMax { sessions[order.removeFirst()] = nil }
    }

    /// Keeps a session that was taken, unless there is a newer one by now.
    mutating func putBack(_ session: TLSSession, for key: Key) {
        if sessions[key] == nil { keep(session, for: key) }
    }
}
