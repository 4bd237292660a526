internal import SluiceOpenSSL

/// What lets a client resume: a TLS 1.3 or 1.2 ticket, or a TLS 1.2 session, with the secret that goes with it.
///
/// An engine hands one out as ``TLSEvent/sessionReceived(_:)``. It may be kept in a file between runs; whoever reads
/// that can't decrypt the earlier connection but can resume in the client's place.
public struct TLSSession: Hashable, Sendable, CustomStringConvertible {
    /// The server that it resumes with.
    public let serverName: ServerName

    /// The last second in which it may be offered. libssl enforces the ticket's own lifetime besides.
    public let expiry: UnixTime

    /// How the server was judged when the session was made, see `PeerVerification.resumptionScope`. Only an engine that
    /// judges in the same way offers the session.
    let scope: [UInt8]

    let handle: SessionHandle

    /// Made when it is asked for: most sessions are never exported or compared, and libssl takes as long over it as over a
    /// ticket.
    private var der: [UInt8] { handle.der }

    init(_ handle: SessionHandle, serverName: ServerName, scope: [UInt8]) {
        self.handle = handle
        self.serverName = serverName
        self.scope = scope
        // Both may come from a damaged file.
        let lifetime = min(max(0, handle.lifetime), TLSLimits.sessionLifetimeSecondsMax)
        expiry = UnixTime(secondsSince1970: min(handle.time, .max - lifetime) + lifetime)
    }

    /// Reads what ``exported()`` wrote.
    ///
    /// - Throws: `invalidSession` for anything else.
    public init(exported bytes: [UInt8]) throws(TLSError) {
        guard bytes.count <= TLSLimits.exportedSessionBytesMax else {
            throw .invalidSession("\(bytes.count) bytes; at most \(TLSLimits.exportedSessionBytesMax) are read")
        }
        var reader = ByteReader(bytes)
        guard reader.take(sessionMagic.count) == sessionMagic[...], let scope = reader.take(sessionDigestBytes) else {
            throw .invalidSession("these bytes are no session exported by this version of Sluice")
        }
        guard let nameBytes = reader.takeVector16(), let derBytes = reader.takeVector24(),
            let digest = reader.take(sessionDigestBytes), reader.isAtEnd,
            digest.elementsEqual(sha256(of: bytes.dropLast(sessionDigestBytes))),
            let name = ServerName(String(decoding: nameBytes, as: UTF8.self))
        else { throw .invalidSession("the exported session is cut or damaged") }
        do throws(OpenSSLFailure) {
            self.init(try SessionHandle(der: Array(derBytes)), serverName: name, scope: Array(scope))
        } catch {
            throw .invalidSession("the exported session is damaged")
        }
    }

    /// The session in a form to keep. It holds secrets.
    ///
    ///     ┌──────┬───────────┬─────────────────┬───────────────┬────────────┬─────────────┬───────────────┐
    ///     │ SLS1 │ scope     │ name length (2) │ name in ASCII │ length (3) │ SSL_SESSION │ SHA-256 of    │
    ///     │ 4    │ 32        │ big endian      │               │ big endian │ in DER      │ all before it │
    ///     └──────┴───────────┴─────────────────┴───────────────┴────────────┴─────────────┴───────────────┘
    ///
    /// The scope is a digest of how the server was judged: roots, revocation lists, name and the owner's own verdict.
    /// The digest is against damage: a session with a wrong secret would fail every handshake, as if by the server's
    /// fault. It is no seal; keep the bytes where nobody else writes.
    public func exported() -> [UInt8] {
        let (name, der) = (Array(serverName.description.utf8), der)
        var bytes = sessionMagic + scope
        bytes += [UInt8(truncatingIfNeeded: name.count >> 8), UInt8(truncatingIfNeeded: name.count)] + name
        bytes += [16, 8, 0].map { UInt8(truncatingIfNeeded: der.count >> $0) }
        bytes += der
        return bytes + sha256(of: bytes)
    }

    /// Whether it may still be offered then.
    public func isResumable(at time: UnixTime) -> Bool {
        time <= expiry && handle.isResumable
    }

    /// Whom it resumes with, and until when. No secrets.
    public var description: String { "session with \(serverName) until \(expiry)" }

    /// The same server and the same ticket.
    public static func == (left: TLSSession, right: TLSSession) -> Bool {
        left.serverName == right.serverName && left.scope == right.scope && left.der == right.der
    }

    /// By server and ticket.
    public func hash(into hasher: inout Hasher) {
        hasher.combine(serverName)
        hasher.combine(der)
    }
}

/// "SLS1": a Sluice session, format 1.
private let sessionMagic = Array("SLS1".utf8)

private let sessionDigestBytes = 32

extension TLSError {
    fileprivate static func invalidSession(_ words: String) -> TLSError {
        TLSError(.invalidSession, fault: .caller, words)
    }
}
