public import Sluice

/// An engine with a descriptor under it: TLS over TCP, a pipe, a serial line.
///
/// Two ways to use it: the calls with a deadline wait by themselves (``handshake(by:)``, ``read(into:by:)``,
/// ``write(_:by:)-(RawSpan,_)``, ``close(by:)``, ``finish(by:)``); or you poll for ``interests`` with other
/// descriptors, call ``pump()`` when one is ready, and use the engine's own verbs in between.
///
/// Letting it go closes the descriptor, with no goodbye if there was none before.
public struct TLSStream: ~Copyable, Sendable {
    /// The engine. Its verbs, events and decisions are the owner's; what they have to send goes out with ``pump()``.
    public var engine: TLSEngine

    /// What carries the ciphertext.
    public let descriptor: Descriptor

    /// Whether the descriptor's bytes have ended.
    private var isInputEnded = false

    /// Why nothing more can be sent. What the peer said before it went may still explain it, so reading goes on.
    public private(set) var sendFailure: TransportError?

    /// Puts an engine on a descriptor.
    public init(_ engine: consuming TLSEngine, over descriptor: consuming Descriptor) {
        self.engine = engine
        self.descriptor = descriptor
    }

    /// Moves ciphertext both ways until the descriptor would have to wait, or the engine has nothing to send and no
    /// room; a bounded number of times, so that one busy peer doesn't starve others.
    ///
    /// - Returns: Whether a byte, or the end of the peer's bytes, moved.
    /// - Throws: ``TransportError`` when the descriptor failed. A failure of TLS is the engine's
    ///   `TLSEngine/State/failed(_:)` and thrown by its verbs.
    @discardableResult
    public mutating func pump() throws(TransportError) -> Bool {
        var isMoved = false
        for _ in 0..<Self.turnsMax {
            let isSent = sendOnce()
            let isReceived = try receiveOnce()
            guard isSent || isReceived else { break }
            isMoved = true
        }
        return isMoved
    }

    /// What poll(2) should wait for before the next ``pump()``. Empty: the owner has to read, or it is over.
    public var interests: Readiness {
        var interests: Readiness = []
        if engine.drainableByteCount > 0, sendFailure == nil { interests.insert(.writable) }
        if engine.feedableByteCount > 0, !isInputEnded { interests.insert(.readable) }
        return interests
    }

    /// Whether everything that the engine had to send is with the descriptor, or can never be.
    public var isFlushed: Bool { engine.drainableByteCount == 0 || sendFailure != nil }

    /// Reads what the descriptor has now, and throws it away: for what still comes once the engine is through.
    ///
    /// - Returns: Whether the peer's bytes have ended.
    public mutating func discardInput() throws(TransportError) -> Bool {
        for _ in 0..<Self.turnsMax where !isInputEnded {
            let (result, _) = try descriptor.read(atMost: TLSLimits.ringCapacityDefault)
            if result == .blocked { break }
            isInputEnded = result == .ended
        }
        return isInputEnded
    }

    private mutating func sendOnce() -> Bool {
        guard sendFailure == nil, engine.drainableByteCount > 0 else { return false }
        do throws(TransportError) {
            return try engine.send(to: descriptor).isProgress
        } catch {
            sendFailure = error
            return false
        }
    }

    private mutating func receiveOnce() throws(TransportError) -> Bool {
        guard !isInputEnded, engine.feedableByteCount > 0 else { return false }
        do throws(TransportError) {
            let result = try engine.receive(from: descriptor)
            guard result == .ended else { return result.isProgress }
        } catch {
            // The first failure is the cause; this one is its echo.
            throw sendFailure ?? error
        }
        isInputEnded = true
        // If the bytes are cut off there, the engine says so from now on.
        try? engine.feedEOF()
        return true
    }

    /// 16 rings of the default size are a quarter of a MiB.
    private static let turnsMax = 16
}
