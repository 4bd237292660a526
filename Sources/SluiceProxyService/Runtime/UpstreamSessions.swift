internal import Sluice

/// Sessions to resume with servers: the latest of each, each used once (RFC 8446 §C.4).
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
}
