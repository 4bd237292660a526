internal import Sluice

// Both sides joined: plaintext from one to the other, ends included.

extension ProxySession {
    /// Moves what can be moved both ways. Returns whether anything was, or ended.
    mutating func relay() -> Bool {
        var isMoved = false
        for side in ProxySide.allCases {
            if move(from: side) { isMoved = true }
            if passEnd(of: side) { isMoved = true }
        }
        for side in ProxySide.allCases where failIfFailed(side) { return true }
        return completeIfDone() || isMoved
    }

    /// From engine to engine. (Where one side has no TLS, `receive` and `transmit` are the way.)
    private mutating func move(from source: ProxySide) -> Bool {
        let sink = source.other
        self[sink].flushQueue()
        guard self[source].hasEngine, self[sink].hasEngine, self[source].readableByteCount > 0 else { return false }
        let room = self[sink].plaintextRoom
        guard room > 0, let bytes = try? self[source].engine?.read(atMost: room), !bytes.isEmpty else { return false }
        self[sink].queue.append(bytes)
        self[sink].flushQueue()
        return true
    }

    /// Tells a side that the other has ended, once it has all that came before.
    private mutating func passEnd(of source: ProxySide) -> Bool {
        let sink = source.other
        guard !self[sink].isOutputEnded, self[source].isSourceEnded, self[sink].queue.isEmpty else { return false }
        self[sink].isOutputEnded = true
        if self[sink].hasEngine {
            try? self[sink].engine?.close()
        } else {
            commands.append(.closeOutput(sink))
        }
        return true
    }

    private mutating func failIfFailed(_ side: ProxySide) -> Bool {
        guard let failure = self[side].failure else { return false }
        // It was told that nothing follows, and closed its connection instead of saying the same: many do.
        if failure.code == .truncated, self[side].isOutputEnded, !self[side].hasOutput {
            end(SessionEnd(.completed, side: side, words: "closed without close_notify after the other side's end"))
            return true
        }
        return failRelay(from: side, failure)
    }

    /// Ends a session whose side failed after its handshake.
    mutating func failRelay(from side: ProxySide, _ failure: TLSError) -> Bool {
        let reason = failure.code == .truncated ? SessionEnd.Reason.truncated : .tlsFailed
        end(SessionEnd(reason, side: side, error: failure))
        return true
    }

    /// Both sides have ended, and everything is with the owner.
    private mutating func completeIfDone() -> Bool {
        guard client.isOutputEnded, upstream.isOutputEnded, !client.hasOutput, !upstream.hasOutput else { return false }
        end(SessionEnd(.completed))
        return true
    }
}
