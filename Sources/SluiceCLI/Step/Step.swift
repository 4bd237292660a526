import Sluice

/// One step of a connection: takes what the peer sent, says what there is to say, and collects the answer.
struct Step: ~Copyable {
    /// The engine.
    var engine: TLSEngine
    /// Ciphertext for the peer.
    private(set) var answer: [UInt8] = []
    /// Plaintext that arrived, where it is asked for.
    private(set) var received: [UInt8] = []
    /// Why the connection is over, if the step found that out.
    private(set) var failure: TLSError?

    private let isReading: Bool

    init(_ engine: consuming TLSEngine, isReading: Bool) {
        self.engine = engine
        self.isReading = isReading
    }

    /// Feeds the peer's bytes, as many as the engine takes.
    ///
    /// - Returns: How many it didn't take.
    mutating func feed(_ ciphertext: [UInt8]) -> Int {
        attempt(ciphertext) { engine, bytes throws(TLSError) in try engine.feed(bytes) }
    }

    /// Writes plaintext for the peer.
    ///
    /// - Returns: How many bytes the engine didn't take.
    mutating func write(_ plaintext: [UInt8]) -> Int {
        attempt(plaintext) { engine, bytes throws(TLSError) in try engine.write(bytes) }
    }

    /// Ends the peer's bytes.
    mutating func feedEOF() {
        attempt { engine throws(TLSError) in try engine.feedEOF() }
    }

    /// Ends this end's sending.
    mutating func close() {
        attempt { engine throws(TLSError) in try engine.close() }
    }

    /// Takes what there is to read and to send. Returns whether there was anything.
    @discardableResult
    mutating func collect() -> Bool {
        let before = answer.count + received.count
        answer += engine.drain()
        if isReading { read() }
        answer += engine.drain()
        return answer.count + received.count > before
    }

    private mutating func read() {
        do throws(TLSError) {
            while case let bytes = try engine.read(), !bytes.isEmpty { received += bytes }
        } catch {
            failure = error
        }
    }

    /// Offers bytes until all are taken or nothing moves any more. Returns how many are left.
    private mutating func attempt(
        _ bytes: [UInt8],
        _ verb: (inout TLSEngine, [UInt8]) throws(TLSError) -> Int
    ) -> Int {
        var rest = bytes[...]
        while !rest.isEmpty, failure == nil {
            var taken = 0
            attempt { engine throws(TLSError) in taken = try verb(&engine, Array(rest)) }
            rest = rest.dropFirst(taken)
            let isMoved = collect()
            if taken == 0, !isMoved { break }
        }
        return rest.count
    }

    private mutating func attempt(_ verb: (inout TLSEngine) throws(TLSError) -> Void) {
        do throws(TLSError) { try verb(&engine) } catch { failure = error }
    }
}
