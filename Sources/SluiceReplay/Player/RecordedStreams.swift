internal import Sluice

/// What passed each way in a recording.
struct RecordedStreams {
    private let entries: [JournalEntry]

    /// The streams of these entries.
    init(_ entries: [JournalEntry]) {
        self.entries = entries
    }

    /// How many bytes of a stream had passed before an entry.
    func byteCount(of stream: StreamPlace.Stream, before index: Int) -> Int {
        entries.prefix(index).reduce(0) { count, entry in
            entry.call.moved.map { $0.stream == stream ? count + $0.bytes.count : count } ?? count
        }
    }

    /// Where a difference in an entry begins: the first byte that differs or wasn't taken.
    func place(of difference: Divergence.Difference, at index: Int) -> StreamPlace? {
        let call = entries[index].call
        guard let stream = call.moved?.stream else { return nil }
        let offset: Int
        switch difference {
        case .bytes(let bytes): offset = bytes.offset
        case .result(.success(.count(let expected)), .success(.count(let got))): offset = max(0, min(expected, got))
        case .result: offset = 0
        case .beginning, .question: return nil
        }
        return place(of: byteCount(of: stream, before: index) + offset, in: stream)
    }

    private func place(of offset: Int, in stream: StreamPlace.Stream) -> StreamPlace {
        guard case .ciphertext(let direction) = stream else {
            return StreamPlace(stream: stream, offset: offset, record: nil, message: nil)
        }
        let (record, message) = RecordWalk.place(of: offset, in: bytes(of: stream), direction)
        let observed = record.flatMap { observedMessage(inRecord: $0.index, direction) }
        return StreamPlace(
            stream: stream,
            offset: offset,
            record: record,
            message: message ?? observed.map { MessagePlace(message: $0, offset: nil) }
        )
    }

    private func bytes(of stream: StreamPlace.Stream) -> [UInt8] {
        entries.reduce(into: []) { bytes, entry in
            if let moved = entry.call.moved, moved.stream == stream { bytes += moved.bytes }
        }
    }

    /// The handshake message in a record, where the recording's owner observed records and messages and pulled the events:
    /// a message is told behind the last record that it fills, and before the next.
    private func observedMessage(inRecord index: Int, _ direction: TLSDirection) -> HandshakeMessage? {
        var recordCount = 0
        for entry in entries {
            guard case .event(let event) = entry.call.outcome else { continue }
            switch event {
            case .record(let record) where record.direction == direction: recordCount += 1
            case .message(let message) where message.direction == direction && recordCount > index:
                // Application data is told without a message: then the next one belongs to a record behind it.
                let recordsFilled = recordCount - index - 1
                return message.byteCount > recordsFilled * TLSLimits.recordPlaintextBytesMax ? message : nil
            case .eventsDropped: return nil
            default: continue
            }
        }
        return nil
    }
}

extension TLSCall {
    /// What the call moved, by the recording.
    fileprivate var moved: (stream: StreamPlace.Stream, bytes: [UInt8])? {
        if let (direction, bytes) = ciphertext { return (.ciphertext(direction), bytes) }
        return switch (verb, outcome) {
        case (.write(let bytes, _), _): (.plaintext(.sent), bytes)
        case (.read, .bytes(let bytes)): (.plaintext(.received), bytes)
        default: nil
        }
    }
}
