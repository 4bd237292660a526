internal import Sluice

/// Calls and what came of them in words for people. They hold no plaintext, keys or sessions: only the view of bytes that
/// differ does.
enum CallWords {
    /// `feed(517 bytes)`
    static func words(for verb: TLSCall.Verb) -> String {
        switch verb {
        case .feed(let bytes, let offered): "feed(\(taken(bytes, of: offered)))"
        case .fill(let bytes): "feed(filling: \(count(bytes)))"
        case .feedEOF: "feedEOF()"
        case .drain(let countMax): "drain(atMost: \(countMax))"
        case .write(let bytes, let offered): "write(\(taken(bytes, of: offered)))"
        case .read(let countMax): "read(atMost: \(countMax))"
        case .nextEvent: "nextEvent()"
        case .resolve(let answer): "resolve(\(words(for: answer)))"
        case .close: "close()"
        case .updateKeys(let isPeerRequested): "updateKeys(requestingPeer: \(isPeerRequested))"
        case .hibernate: "hibernate()"
        case .takeLeftover: "takeLeftover()"
        case .setTime(let time): "setTime(\(time.secondsSince1970))"
        }
    }

    /// `use another context`
    static func words(for answer: TLSAnswer) -> String {
        switch answer {
        case .clientHello(.proceed): "proceed with the ClientHello"
        case .clientHello(.use(let context)): "use another context, \(context.role)"
        case .clientHello(.useIdentity(let identity)): "use the identity \(identity)"
        case .clientHello(.refuse(let alert)): "refuse the ClientHello with \(alert)"
        case .clientIdentity(.present(let identity)): "present the identity \(identity)"
        case .clientIdentity(.presentNone): "present no identity"
        case .peerCertificate(.accept): "accept the peer's certificate"
        case .peerCertificate(.reject(let reason)): "reject the peer's certificate with \(reason.alert)"
        }
    }

    /// What an engine asks: `the peer's certificate`.
    static func words(for decision: TLSDecision) -> String {
        switch decision {
        case .clientHello: "a ClientHello"
        case .clientIdentity: "an identity"
        case .peerCertificate: "the peer's certificate"
        }
    }

    /// `the count 517`
    static func words(for result: Result<TLSCall.Outcome, TLSError>) -> String {
        switch result {
        case .success(.nothing): "nothing"
        case .success(.count(let count)): "the count \(count)"
        case .success(.bytes(let bytes)): count(bytes)
        case .success(.event(let event)): words(for: event)
        case .success(.flag(let flag)): "\(flag)"
        case .failure(let error): "the failure \(error)"
        }
    }

    /// `the event alertSent(handshake_failure)`
    private static func words(for event: TLSEvent) -> String {
        switch event {
        case .handshakeCompleted(let summary):
            "the event handshakeCompleted(\(summary.version), \(summary.cipherSuite), "
                + (summary.isResumed ? "resumed)" : "new)")
        case .sessionReceived(let session): "the event sessionReceived(\(session))"
        case .keyLogLine(let line): "the event keyLogLine(\(line.prefix { $0 != " " }) …)"
        case .message(let message):
            "the event message(\(message.direction), \(message), \(message.byteCount) bytes)"
        case .record(let record): "the event record(\(record.direction), \(record))"
        case .alertSent, .alertReceived, .keysUpdated, .peerClosed, .eventsDropped: "the event \(event)"
        }
    }

    private static func count(_ bytes: [UInt8]) -> String {
        "\(bytes.count) bytes"
    }

    private static func taken(_ bytes: [UInt8], of offered: Int) -> String {
        offered > bytes.count ? "\(bytes.count) bytes of \(offered)" : count(bytes)
    }
}
