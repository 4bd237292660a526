public import Sluice

/// An engine with a transport under it: TLS over TCP, a pipe, a serial line, or TLS itself.
///
/// Two ways to use it: the calls with a deadline wait by themselves (``handshake(by:)``, ``read(into:by:)``,
/// ``write(_:by:)-(RawSpan,_)``, ``close(by:)``, ``finish(by:)``); or you poll for ``interests`` with other
/// descriptors (``addInterests(to:)``), call ``pump()`` when one is ready, and use the engine's own verbs in between.
///
/// Letting it go lets the transport go, with no goodbye if there was none before.
public struct TLSStream<Transport: ByteTransport & ~Copyable>: ~Copyable, Sendable {
    /// The engine. Its verbs, events and decisions are the owner's; what they have to send goes out with ``pump()``.
    public var engine: TLSEngine

    /// What carries the ciphertext.
    public internal(set) var transport: Transport

    /// Ciphertext that was read before there was a stream, and that the engine has no room for yet.
    private(set) var adopted: ArraySlice<UInt8>

    /// Whether the transport's bytes have ended.
    private(set) var isInputEnded = false

    /// Why nothing more can be sent. What the peer said before it went may still explain it, so reading goes on.
    public private(set) var sendFailure: TransportError?

    /// Why nothing more can be received. What came before it is the owner's to read first.
    private var receiveFailure: TransportError?

    /// Puts an engine on a transport.
    ///
    /// - Parameters:
    ///   - engine: Before its handshake, or in it.
    ///   - transport: What carries its ciphertext.
    ///   - bytes: What was read from the transport already and belongs to TLS: bytes that came along with the end of
    ///     what was said before TLS.
    public init(
        _ engine: consuming TLSEngine,
        over transport: consuming Transport,
        adopting bytes: [UInt8] = []
    ) {
        self.engine = engine
        self.transport = transport
        adopted = bytes[...]
    }

    /// Moves ciphertext both ways until the transport would have to wait, or the engine has nothing to send and no
    /// room; a bounded number of times, so that one busy peer doesn't starve others.
    ///
    /// - Returns: Whether a byte, or the end of the peer's bytes, moved.
    /// - Throws: ``TransportError`` when the transport failed and nothing more moves. A failure of TLS is the engine's
    ///   `TLSEngine/State/failed(_:)` and thrown by its verbs.
    @discardableResult
    public mutating func pump() throws(TransportError) -> Bool {
        var isMoved = false
        for _ in 0..<turnsMax {
            let isSent = sendOnce()
            let isReceived = receiveOnce()
            guard isSent || isReceived else { break }
            isMoved = true
        }
        if !isMoved, let receiveFailure { throw receiveFailure }
        return isMoved
    }

    /// What poll(2) should wait for before the next ``pump()``. Empty: the owner has to read, or it is over.
    public var interests: Readiness {
        var interests: Readiness = []
        if !isFlushed { interests.insert(.writable) }
        if engine.feedableByteCount > 0, !isInputEnded { interests.insert(.readable) }
        return interests
    }

    /// Adds to a poll what it should wait for before the next ``pump()``, see ``interests``.
    public borrowing func addInterests(to poll: inout Poll) {
        if !adopted.isEmpty, engine.feedableByteCount > 0 { poll.addNothingToWaitFor() }
        transport.addInterests(interests, to: &poll)
    }

    /// Whether everything that the engine had to send has left, or never can.
    public var isFlushed: Bool {
        sendFailure != nil || (engine.drainableByteCount == 0 && transport.isFlushed)
    }

    /// Says to the other end of the transport that nothing more will come, see ``ByteTransport/finishSending()``.
    ///
    /// That is not TLS's own end, which is `TLSEngine/close()`.
    public mutating func finishSendingCiphertext() {
        transport.finishSending()
    }

    /// Reads what the transport has now, and throws it away: for what still comes once the engine is through.
    ///
    /// - Returns: Whether the peer's bytes have ended.
    public mutating func discardInput() throws(TransportError) -> Bool {
        adopted = []
        for _ in 0..<turnsMax where !isInputEnded {
            let (result, _) = try transport.read(atMost: TLSLimits.ringCapacityDefault)
            if result == .blocked { break }
            isInputEnded = result == .ended
        }
        return isInputEnded
    }

    /// Takes the transport back, so that it can go on in plaintext: both ends have closed TLS alone (RFC 8446 §6.1).
    ///
    /// - Precondition: The engine's state is `closed`, and what it had to send has left.
    public consuming func unwrap() -> Unwrapped<Transport> {
        precondition(engine.state == .closed && isFlushed, "close, read until the peer has closed, and flush first")
        let leftover = engine.takeLeftover() + adopted
        return Unwrapped(transport: transport, leftover: leftover)
    }

    private mutating func sendOnce() -> Bool {
        guard sendFailure == nil else { return false }
        do throws(TransportError) {
            let isMoved = try transport.flush()
            guard engine.drainableByteCount > 0 else { return isMoved }
            return try engine.send(to: &transport).isProgress || isMoved
        } catch {
            sendFailure = error
            return false
        }
    }

    private mutating func receiveOnce() -> Bool {
        guard receiveFailure == nil, engine.feedableByteCount > 0 else { return false }
        if !adopted.isEmpty { return adoptSome() }
        guard !isInputEnded else { return false }
        do throws(TransportError) {
            let result = try engine.receive(from: &transport)
            guard result == .ended else { return result.isProgress }
        } catch {
            // The first failure is the cause; this one is its echo.
            receiveFailure = sendFailure ?? error
            return false
        }
        isInputEnded = true
        // If the bytes are cut off there, the engine says so from now on.
        try? engine.feedEOF()
        return true
    }

    /// Feeds what was read before there was a stream. A failure that it causes is thrown by the engine's next verb.
    private mutating func adoptSome() -> Bool {
        let count = (try? engine.feed(Array(adopted))) ?? 0
        adopted = adopted.dropFirst(count)
        return count > 0
    }
}

/// A transport that TLS has left.
public struct Unwrapped<Transport: ByteTransport & ~Copyable>: ~Copyable, Sendable {
    /// The transport.
    public let transport: Transport
    /// What the peer sent behind its close_notify and was read already: plaintext, which comes before what the
    /// transport gives.
    public let leftover: [UInt8]

    /// Gives the transport away.
    public consuming func takeTransport() -> Transport { transport }
}

/// 16 rings of the default size are a quarter of a MiB.
private let turnsMax = 16
