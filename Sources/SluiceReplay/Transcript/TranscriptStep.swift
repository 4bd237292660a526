package import Sluice

/// What follows each other on a connection: bytes that crossed, and what happened at the recorded end.
package enum TranscriptStep: Sendable {
    /// Bytes that went one way, with nothing between them.
    case flight(Flight)
    /// Something that the owner or the engine did.
    case note(Note, entry: Int)

    /// A run of chunks in one direction.
    package struct Flight: Sendable {
        package let direction: TLSDirection
        /// The entries that carried it, from 0.
        package internal(set) var entries: [Int]
        /// Bytes on the wire.
        package internal(set) var byteCount: Int
        /// The records that ended in it.
        package internal(set) var records: [WireRecord] = []
    }

    /// What happened at the recorded end.
    package enum Note: Hashable, Sendable {
        case handshakeCompleted(HandshakeSummary)
        case answered(Answer)
        /// The owner asked for new keys, and perhaps for the peer's, too.
        case keyUpdateRequested(fromPeerToo: Bool)
        case closed
        /// The peer's bytes ended.
        case inputEnded
        case hibernated
        case failed(TLSError)
    }

    /// What the owner decided.
    package enum Answer: Hashable, Sendable {
        case clientHello(String)
        case clientIdentity(String)
        case peerCertificate(String)
    }
}

extension Transcript {
    /// The connection from its beginning to its end.
    package var steps: [TranscriptStep] {
        var steps: [TranscriptStep] = []
        var flight: TranscriptStep.Flight?
        var isFailed = false
        for (entry, call) in calls.enumerated() {
            if let (direction, bytes) = call.ciphertext, !bytes.isEmpty {
                if flight?.direction == direction {
                    flight?.entries.append(entry)
                    flight?.byteCount += bytes.count
                } else {
                    if let flight { steps.append(.flight(flight)) }
                    flight = .init(direction: direction, entries: [entry], byteCount: bytes.count)
                }
            }
            let notes = notes(at: entry, call, isFailed: &isFailed)
            guard !notes.isEmpty else { continue }
            if let flight { steps.append(.flight(flight)) }
            flight = nil
            steps += notes.map { .note($0, entry: entry) }
        }
        if let flight { steps.append(.flight(flight)) }
        return placing(records, in: steps)
    }

    /// Puts each record into the flight that carried its last byte.
    private func placing(_ records: [WireRecord], in steps: [TranscriptStep]) -> [TranscriptStep] {
        var byEntry: [Int: [WireRecord]] = [:]
        for record in records { byEntry[record.entries.upperBound, default: []].append(record) }
        return steps.map { step in
            guard case .flight(var flight) = step else { return step }
            flight.records = flight.entries.flatMap { byEntry[$0] ?? [] }
            return .flight(flight)
        }
    }

    private func notes(at entry: Int, _ call: TLSCall, isFailed: inout Bool) -> [TranscriptStep.Note] {
        var notes: [TranscriptStep.Note] = []
        if let note = call.note { notes.append(note) }
        if entry == completionEntry, let summary { notes.append(.handshakeCompleted(summary)) }
        if let failure = call.failure, !isFailed, failure.code != .closed || failure.isDuringHandshake {
            isFailed = true
            notes.append(.failed(failure))
        }
        return notes
    }
}

extension TLSCall {
    /// What the owner did, if that is of interest by itself.
    fileprivate var note: TranscriptStep.Note? {
        switch (verb, outcome) {
        case (.close, _) where failure == nil: .closed
        case (.feedEOF, _): .inputEnded
        case (.hibernate, .flag(true)): .hibernated
        case (.updateKeys(let isPeerRequested), .flag(true)): .keyUpdateRequested(fromPeerToo: isPeerRequested)
        case (.resolve(let answer), _): .answered(TranscriptStep.Answer(answer))
        default: nil
        }
    }
}

extension TranscriptStep.Answer {
    fileprivate init(_ answer: TLSAnswer) {
        switch answer {
        case .clientHello(.proceed): self = .clientHello("goes on")
        case .clientHello(.use): self = .clientHello("goes on with another context")
        case .clientHello(.useIdentity(let identity)): self = .clientHello("goes on as \(identity)")
        case .clientHello(.refuse(let alert)): self = .clientHello("is refused with \(alert)")
        case .clientIdentity(.present(let identity)): self = .clientIdentity("\(identity)")
        case .clientIdentity(.presentNone): self = .clientIdentity("none")
        case .peerCertificate(.accept): self = .peerCertificate("is accepted")
        case .peerCertificate(.reject(let reason)): self = .peerCertificate("is rejected with \(reason.alert)")
        }
    }
}
