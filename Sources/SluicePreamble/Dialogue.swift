/// One protocol's way to TLS, a byte at a time: so no cut of the bytes can make a difference, and none is taken too many.
protocol Dialogue: Sendable {
    /// What is said before the peer says anything.
    var opening: [UInt8] { get }

    /// What the peer owes now, for words such as "the bytes ended before …".
    var awaited: String { get }

    /// Takes the next byte.
    mutating func take(_ byte: UInt8) throws(PreambleError) -> DialogueStep

    /// What it means that the peer says no more.
    func failureAtEnd() -> PreambleError
}

/// What follows from a byte.
enum DialogueStep: Hashable, Sendable {
    /// Nothing yet.
    case wait
    /// Something to send.
    case say([UInt8])
    /// The end, with something to send before TLS or without.
    case finish([UInt8])
}

extension Dialogue {
    var opening: [UInt8] { [] }

    func failureAtEnd() -> PreambleError {
        PreambleError(.truncated, fault: .transport, "the bytes ended before \(awaited)")
    }
}

/// Leads a dialogue from its opening to its end, and keeps the error that ended it.
struct DialogueRun<Protocol: Dialogue>: Preamble {
    private enum State {
        case open, finished
        case failed(PreambleError)
    }

    private(set) var dialogue: Protocol
    private var state = State.open
    private var outgoing: [UInt8]
    private var takenBytes = 0

    init(_ dialogue: Protocol) {
        self.dialogue = dialogue
        outgoing = dialogue.opening
    }

    var isFinished: Bool {
        if case .finished = state { true } else { false }
    }

    mutating func feed(_ bytes: ArraySlice<UInt8>) throws(PreambleError) -> Int {
        var taken = 0
        for byte in bytes {
            switch state {
            case .open: break
            case .finished: return taken
            case .failed(let error): throw error
            }
            try take(byte)
            taken += 1
        }
        if case .failed(let error) = state { throw error }
        return taken
    }

    mutating func feedEOF() throws(PreambleError) {
        switch state {
        case .open: throw fail(dialogue.failureAtEnd())
        case .finished: return
        case .failed(let error): throw error
        }
    }

    mutating func drain() -> [UInt8] {
        defer { outgoing = [] }
        return outgoing
    }

    private mutating func take(_ byte: UInt8) throws(PreambleError) {
        takenBytes += 1
        guard takenBytes <= PreambleLimits.dialogueBytesMax else {
            let words =
                "more than \(PreambleLimits.dialogueBytesMax) bytes came before \(dialogue.awaited) was complete"
            throw fail(PreambleError(.tooLong, words))
        }
        do {
            switch try dialogue.take(byte) {
            case .wait: break
            case .say(let bytes): outgoing += bytes
            case .finish(let bytes):
                outgoing += bytes
                state = .finished
            }
        } catch {
            throw fail(error)
        }
    }

    private mutating func fail(_ error: PreambleError) -> PreambleError {
        state = .failed(error)
        return error
    }
}
