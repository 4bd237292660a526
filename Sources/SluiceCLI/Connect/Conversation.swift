import Sluice
import SluicePOSIX

/// A client's connection between the process's standard streams and its peer.
///
/// One poll loop moves everything, and holds at most one piece each way: a peer or a pipe that doesn't take its bytes
/// stops the other side's.
///
///     stdin ──► toPeer ──► engine ──► socket
///     stdout ◄── fromPeer ◄── engine ◄── socket
struct Conversation<Transport: ByteTransport & ~Copyable>: ~Copyable {
    private var stream: TLSStream<Transport>
    private let idle: Duration?

    /// Read from standard input, not yet taken by the engine.
    private var toPeer: [UInt8] = []
    /// Read from the engine, not yet taken by standard output.
    private var fromPeer: ArraySlice<UInt8> = []
    private var isInputEnded = false
    private var tlsFailure: TLSError?
    private var transportFailure: TransportError?

    init(_ stream: consuming TLSStream<Transport>, idle: Duration?) {
        self.stream = stream
        self.idle = idle
    }

    /// Shakes hands, then carries bytes until the peer closes.
    ///
    /// - Throws: ``TLSStreamError`` or ``TransportError``; the peer has been told.
    mutating func run(observer: inout ClientObserver, handshakeBy deadline: Deadline) throws {
        do {
            try shakeHands(observer: &observer, by: deadline)
            try carry(observer: &observer)
        } catch {
            // Once it is told to finish, what carries the bytes ends for no reason of its own.
            let failure = explained(error)
            stream.finish(by: .after(farewell))
            try? observer.observe(&stream.engine)
            throw failure
        }
        stream.finish(by: .after(farewell))
    }

    /// The failure with what is known of the carrier's end, where that may be behind it.
    private mutating func explained(_ error: any Error) -> any Error {
        let mayBeEnd =
            switch error {
            case let error as TLSStreamError: error.mayBeEnd
            case let error as TLSError: TLSStreamError.tls(error).mayBeEnd
            case let error as TransportError: TLSStreamError.transport(error).mayBeEnd
            default: false
            }
        guard mayBeEnd, let words = stream.endWords() else { return error }
        let isCut = stream.engine.isEstablished
        return RouteFailure(isCut ? .server : .carrier, at: nil, error, endWords: words)
    }

    private mutating func shakeHands(observer: inout ClientObserver, by deadline: Deadline) throws {
        do throws(TLSStreamError) {
            try stream.handshake(by: deadline)
        } catch {
            try observer.observe(&stream.engine)
            throw error
        }
        try observer.observe(&stream.engine)
    }

    private mutating func carry(observer: inout ClientObserver) throws {
        while true {
            // Whatever moves may make room for something else; what waits must wait for a descriptor.
            while movePlaintext() || pump() {
                try observer.observe(&stream.engine)
            }
            if try isOver(observer.console) { return }
            try wait()
        }
    }

    /// Moves plaintext between the engine and what waits on either side. Returns whether any moved.
    private mutating func movePlaintext() -> Bool {
        guard tlsFailure == nil else { return false }
        var count = 0
        do throws(TLSError) {
            if fromPeer.isEmpty {
                fromPeer = try stream.engine.read()[...]
                count += fromPeer.count
            }
            if !toPeer.isEmpty {
                let taken = try stream.engine.write(toPeer)
                toPeer.removeFirst(taken)
                count += taken
            }
            if isInputEnded, toPeer.isEmpty, stream.engine.state == .open { try stream.engine.close() }
        } catch {
            tlsFailure = error
        }
        return count > 0
    }

    /// Moves ciphertext between the engine and the transport. Returns whether any moved.
    private mutating func pump() -> Bool {
        guard transportFailure == nil else { return false }
        do throws(TransportError) {
            return try stream.pump()
        } catch {
            transportFailure = error
            return false
        }
    }

    /// Whether all is said. A failure counts once everything before it is with standard output.
    private mutating func isOver(_ console: Console) throws -> Bool {
        guard fromPeer.isEmpty else { return false }
        if let tlsFailure { throw tlsFailure }
        if stream.engine.isPeerClosed {
            if !isInputEnded || !toPeer.isEmpty { console.note("the peer closed before standard input had ended") }
            if stream.engine.state == .closedByPeer { try? stream.engine.close() }
            return true
        }
        if let transportFailure { throw transportFailure }
        return false
    }

    private mutating func wait() throws {
        var poll = Poll()
        let hasFailed = tlsFailure != nil || transportFailure != nil
        if !hasFailed { stream.addInterests(to: &poll) }
        let canTakeInput = !isInputEnded && toPeer.isEmpty && stream.engine.writableByteCount > 0
        let input = poll.add(StandardStreams.input, for: canTakeInput && !hasFailed ? .readable : [])
        let output = poll.add(StandardStreams.output, for: fromPeer.isEmpty ? [] : .writable)
        let deadline = Deadline.after(idle)
        try poll.wait(until: deadline)
        if poll.readiness(at: input).contains(.readable) { try readInput() }
        if poll.readiness(at: output).contains(.writable) { try writeOutput() }
        if deadline.isPassed, poll.isNothingReady {
            throw TransportError(.deadlinePassed, "go on: no byte moved within --idle-timeout")
        }
    }

    private mutating func readInput() throws(TransportError) {
        let (result, bytes) = try StandardStreams.readInput(atMost: TLSLimits.recordPlaintextBytesMax)
        toPeer = bytes
        if result == .ended { isInputEnded = true }
    }

    private mutating func writeOutput() throws(TransportError) {
        if case .moved(let count) = try StandardStreams.writeOutput(fromPeer) { fromPeer = fromPeer.dropFirst(count) }
    }
}

/// How long a peer may take to see the end; it may be gone already.
private let farewell = Duration.seconds(1)
