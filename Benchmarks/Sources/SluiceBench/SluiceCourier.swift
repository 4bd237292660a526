import Sluice

/// Carries between the ends of pairs, and counts what arrives.
///
/// The steps are static: a closure that captures an engine from a local variable instead of a parameter costs a copy of
/// the engine at each call.
struct SluiceCourier: ~Copyable {
    private let style: Style
    // Owned: freed by deinit. Holds what one write may bring, which a ring bounds.
    private let buffer = UnsafeMutableRawBufferPointer.allocate(
        byteCount: TLSLimits.ringCapacityDefault,
        alignment: 16
    )
    /// Bytes of plaintext that arrived by ``send(_:from:to:)``.
    private(set) var byteCount = 0
    /// These bytes, kept for those who look at what arrives.
    var received: [UInt8]?

    /// How bytes go in and out of engines.
    enum Style: String {
        /// Ciphertext is lent from ring to ring, plaintext read into one buffer.
        case spans = "Sluice, spans"
        /// Arrays everywhere, as a first program has them.
        case arrays = "Sluice, arrays"
    }

    init(_ style: Style) {
        self.style = style
    }

    deinit {
        buffer.deallocate()
    }

    /// Carries until nothing is left either way, and completes the handshake at both ends or throws.
    func establish(_ pair: inout SluicePair) throws {
        var isBusy = true
        while isBusy {
            let isServerBusy = try carry(&pair.client, &pair.server)
            let isClientBusy = try carry(&pair.server, &pair.client)
            isBusy = isServerBusy || isClientBusy
        }
        guard pair.client.isEstablished, pair.server.isEstablished else {
            throw failure("the handshake stopped: \(pair.client.state), \(pair.server.state)")
        }
    }

    /// Sends all of it, in as many writes as the engine makes of it, each read before the next.
    mutating func send(_ plaintext: [UInt8], from sender: inout TLSEngine, to receiver: inout TLSEngine) throws {
        var sent = 0
        while sent < plaintext.count {
            let taken =
                switch style {
                case .spans: try sendSpan(plaintext.span.bytes.extracting(droppingFirst: sent), &sender, &receiver)
                case .arrays: try sendArray(Self.part(of: plaintext, from: sent), &sender, &receiver)
                }
            guard taken > 0 else { throw failure("a write took nothing") }
            sent += taken
        }
    }

    /// A message from client to server and, as it arrived, back.
    func roundTrip(_ message: [UInt8], _ pair: inout SluicePair) throws {
        let count =
            switch style {
            case .spans: try roundTrip(span: message.span.bytes, &pair.client, &pair.server)
            case .arrays: try Self.roundTrip(array: message, &pair.client, &pair.server)
            }
        guard count == message.count else { throw failure("\(count) of \(message.count) bytes came back") }
    }

    /// Returns whether there was something to carry.
    private func carry(_ sender: inout TLSEngine, _ receiver: inout TLSEngine) throws -> Bool {
        switch style {
        case .spans: try Self.carryLending(&sender, &receiver)
        case .arrays: try Self.carryArray(&sender, &receiver)
        }
    }

    private static func failure(_ style: Style, _ words: String) -> PeerFailure {
        PeerFailure(peer: style.rawValue, words: words)
    }

    private func failure(_ words: String) -> PeerFailure { Self.failure(style, words) }
}

// With spans.
extension SluiceCourier {
    private static func carryLending(_ sender: inout TLSEngine, _ receiver: inout TLSEngine) throws -> Bool {
        var isCarried = false
        while sender.drainableByteCount > 0 {
            let count = try sender.drain { bytes throws(TLSError) in try receiver.feed(bytes) }
            guard count > 0 else { throw failure(.spans, "a ring was full") }
            isCarried = true
        }
        return isCarried
    }

    /// Carries, and reads what comes of it.
    private static func carryLending(
        _ sender: inout TLSEngine,
        _ receiver: inout TLSEngine,
        reading output: inout OutputRawSpan
    ) throws {
        while sender.drainableByteCount > 0 {
            let count = try sender.drain { bytes throws(TLSError) in try receiver.feed(bytes, reading: &output) }
            guard count > 0 else { throw failure(.spans, "a ring was full") }
        }
    }

    /// Returns the bytes written.
    private mutating func sendSpan(
        _ plaintext: RawSpan,
        _ sender: inout TLSEngine,
        _ receiver: inout TLSEngine
    ) throws -> Int {
        var output = OutputRawSpan(buffer: buffer, initializedCount: 0)
        let taken = try sender.write(plaintext)
        try Self.carryLending(&sender, &receiver, reading: &output)
        byteCount += output.byteCount
        received? += output.bytes.withUnsafeBytes { Array($0) }
        return taken
    }

    /// Returns the bytes that came back.
    private func roundTrip(
        span message: RawSpan,
        _ client: inout TLSEngine,
        _ server: inout TLSEngine
    ) throws -> Int {
        var output = OutputRawSpan(buffer: buffer, initializedCount: 0)
        _ = try client.write(message)
        try Self.carryLending(&client, &server, reading: &output)
        _ = try server.write(output.bytes)
        output.removeAll()
        try Self.carryLending(&server, &client, reading: &output)
        return output.byteCount
    }
}

// With arrays.
extension SluiceCourier {
    private static func carryArray(_ sender: inout TLSEngine, _ receiver: inout TLSEngine) throws -> Bool {
        let ciphertext = sender.drain()
        guard !ciphertext.isEmpty else { return false }
        let count = try receiver.feed(ciphertext)
        guard count == ciphertext.count else { throw failure(.arrays, "a ring was full") }
        return true
    }

    /// What is left of a plaintext, a record's worth at most where it has to be copied.
    private static func part(of plaintext: [UInt8], from offset: Int) -> [UInt8] {
        offset == 0 ? plaintext : Array(plaintext[offset...].prefix(TLSLimits.recordPlaintextBytesMax))
    }

    /// Returns the bytes written.
    private mutating func sendArray(
        _ plaintext: [UInt8],
        _ sender: inout TLSEngine,
        _ receiver: inout TLSEngine
    ) throws -> Int {
        let taken = try sender.write(plaintext)
        _ = try Self.carryArray(&sender, &receiver)
        while case let plaintext = try receiver.read(), !plaintext.isEmpty {
            byteCount += plaintext.count
            received? += plaintext
        }
        return taken
    }

    /// Returns the bytes that came back.
    private static func roundTrip(
        array message: [UInt8],
        _ client: inout TLSEngine,
        _ server: inout TLSEngine
    ) throws -> Int {
        try client.write(message)
        _ = try carryArray(&client, &server)
        try server.write(server.read())
        _ = try carryArray(&server, &client)
        return try client.read().count
    }
}
