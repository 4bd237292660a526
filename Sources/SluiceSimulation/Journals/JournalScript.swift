internal import Sluice
internal import SluiceReplay

/// A journal as a script: what the recorded peer sent and what the recorded owner did, in the order of the calls, and what
/// came of it.
struct JournalScript {
    /// Something that happened.
    enum Item {
        /// The peer's bytes came, so many after those before them.
        case inbound([UInt8])
        /// The peer's stream ended.
        case end
        /// The owner called something other than `feed`, `feedEOF` and `drain`.
        case verb(TLSCall.Verb)
    }

    private(set) var items: [Item] = []

    /// All ciphertext that was drained and all plaintext that was read.
    private(set) var ciphertext: [UInt8] = []
    private(set) var plaintext: [UInt8] = []

    init(_ journal: Journal) {
        for entry in journal.entries {
            if case .bytes(let bytes) = entry.call.outcome { note(bytes, of: entry.call.verb) }
            append(entry.call.verb)
        }
    }

    private mutating func note(_ bytes: [UInt8], of verb: TLSCall.Verb) {
        switch verb {
        case .drain: ciphertext += bytes
        case .read: plaintext += bytes
        default: break
        }
    }

    private mutating func append(_ verb: TLSCall.Verb) {
        switch verb {
        case .feed(let bytes, _), .fill(let bytes):
            if !bytes.isEmpty { items.append(.inbound(bytes)) }
        case .feedEOF: items.append(.end)
        // Draining and events change nothing that a peer sees; the link does both by itself.
        case .drain, .nextEvent: break
        case .write, .read, .resolve, .close, .hibernate, .takeLeftover, .updateKeys, .setTime:
            items.append(.verb(verb))
        }
    }
}
