/// The plaintext part of what a server sends first: it tells what was negotiated where a library doesn't say.
///
///     record:      type, version (2), length (2), body
///     handshake:   type, length (3), body
///     ServerHello: version (2), random (32), session id (1 + n), suite (2), compression (1), extensions (2 + n)
struct ServerFlight {
    /// From the ServerHello.
    private(set) var cipherSuite: UInt16?
    /// From key_share (RFC 8446 §4.2.8) or from the ServerKeyExchange (RFC 8422 §5.4).
    private(set) var group: UInt16?

    private enum Code {
        static let handshakeRecord: UInt8 = 22
        static let serverHello: UInt8 = 2
        static let serverKeyExchange: UInt8 = 12
        static let keyShare = 51
        static let namedCurve: UInt8 = 3
    }

    /// - Parameter bytes: What the server sent, from its first byte, in whole records.
    init(_ bytes: [UInt8]) {
        var records = Cursor(bytes[...])
        var messages: [UInt8] = []
        while let type = records.byte(), type == Code.handshakeRecord, records.skip(2), let body = records.vector(2) {
            messages += body
        }
        var cursor = Cursor(messages[...])
        while let type = cursor.byte(), let body = cursor.vector(3) {
            switch type {
            case Code.serverHello: takeServerHello(body)
            case Code.serverKeyExchange: takeServerKeyExchange(body)
            default: continue
            }
        }
    }

    private mutating func takeServerHello(_ body: ArraySlice<UInt8>) {
        var hello = Cursor(body)
        guard hello.skip(34), hello.vector(1) != nil, let suite = hello.number(2), hello.skip(1) else { return }
        cipherSuite = UInt16(suite)
        var extensions = Cursor(hello.vector(2) ?? [])
        while let type = extensions.number(2), let body = extensions.vector(2) {
            var body = Cursor(body)
            if type == Code.keyShare, let number = body.number(2) { group = UInt16(number) }
        }
    }

    private mutating func takeServerKeyExchange(_ body: ArraySlice<UInt8>) {
        var exchange = Cursor(body)
        if exchange.byte() == Code.namedCurve, let number = exchange.number(2) { group = UInt16(number) }
    }

    /// Reads numbers and vectors off the front.
    private struct Cursor {
        private var rest: ArraySlice<UInt8>

        init(_ bytes: ArraySlice<UInt8>) { rest = bytes }

        mutating func byte() -> UInt8? { rest.popFirst() }

        /// A big-endian number of some bytes, or nil where they have run out.
        mutating func number(_ byteCount: Int) -> Int? {
            guard rest.count >= byteCount else { return nil }
            let number = rest.prefix(byteCount).reduce(0) { $0 << 8 | Int($1) }
            rest = rest.dropFirst(byteCount)
            return number
        }

        /// Bytes behind their count, which itself has some bytes.
        mutating func vector(_ lengthByteCount: Int) -> ArraySlice<UInt8>? {
            guard let count = number(lengthByteCount), rest.count >= count else { return nil }
            defer { rest = rest.dropFirst(count) }
            return rest.prefix(count)
        }

        /// Returns whether there was as much to skip.
        mutating func skip(_ byteCount: Int) -> Bool {
            guard rest.count >= byteCount else { return false }
            rest = rest.dropFirst(byteCount)
            return true
        }
    }
}
