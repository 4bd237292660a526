internal import Sluice

/// A journal as a packet capture: the bytes that crossed in a TCP connection made up around them, each packet with the
/// call of the engine that it comes from, and the keys that let Wireshark decrypt it.
///
/// Packets have the times of their entries, counted from the journal's clock on the wall. The peer's end is where the
/// journal says so; this end's is behind the last entry, where it had closed or failed.
package struct ExportedConversation {
    /// The capture. It holds secrets.
    package var pcapng: [UInt8] { writer.pcapng }

    private var writer: TCPConversationWriter
    private let start: CaptureTime
    private let own: TCPConversationWriter.End
    private let peer: TCPConversationWriter.End

    /// Exports a journal.
    ///
    /// - Parameters:
    ///   - journal: What to export.
    ///   - transcript: Its own, which has the keys.
    package init(of journal: Journal, _ transcript: Transcript) {
        start = CaptureTime(journal.header.wallClock ?? journal.header.beginning.time)
        (own, peer) = transcript.role == .client ? (.client, .server) : (.server, .client)
        writer = TCPConversationWriter(keyLog: transcript.keyLog, at: start)
        for (index, entry) in journal.entries.enumerated() { write(entry, number: index) }
        endOwnSending(journal, transcript.finalState)
    }

    private mutating func write(_ entry: JournalEntry, number: Int) {
        let time = start.advanced(by: entry.elapsed)
        if case .feedEOF = entry.call.verb {
            writer.end(peer, at: time, comment: "entry \(number): feedEOF")
        }
        guard let (direction, bytes) = entry.call.ciphertext, !bytes.isEmpty else { return }
        let arrow = direction == .sent ? "→" : "←"
        let comment = "entry \(number): \(entry.call.verb.name) \(arrow) \(bytes.count) bytes"
        writer.send(bytes, from: direction == .sent ? own : peer, at: time, comment: comment)
    }

    /// A connection that failed is reset, one that was closed ends as TCP does, and one that was open stays open.
    private mutating func endOwnSending(_ journal: Journal, _ state: TLSEngine.State?) {
        let time = start.advanced(by: journal.entries.last?.elapsed ?? .zero)
        switch state ?? journal.recordedState {
        case .failed(let error): writer.reset(from: own, at: time, comment: "failed: \(error.code)")
        case .closed, .closedByLocal: writer.end(own, at: time, comment: "closed")
        case .closedByPeer, .open, .handshaking: break
        }
    }
}

extension Journal {
    /// The engine's state at the end, as far as the calls tell.
    fileprivate var recordedState: TLSEngine.State {
        if let failure = entries.lazy.compactMap(\.call.failure).first { return .failed(failure) }
        let isClosed = entries.contains { if case .close = $0.call.verb { true } else { false } }
        return isClosed ? .closedByLocal : .open
    }
}
