import COpenSSL
import Fixtures
import Sluice
import SluiceSimulation
import Testing

/// Clients that ask for short records (max_fragment_length, RFC 6066 §4), which libssl's servers agree to by themselves.
struct FragmentLengthTests {
    @Test(arguments: TLSVersion.allCases, UInt8(1)...4)
    func `records are as short as the client asked for, and all arrives`(version: TLSVersion, code: UInt8) throws {
        let recordBytesMax = 256 << Int(code)
        var server = try TLSEngine(TLSServerConfiguration.fixture(version) { $0.parameters.observations = .records })
        var client = LibraryClient(version, fragmentLengthCode: code)
        client.carry(&server)
        #expect(server.isEstablished && server.writableByteCount == recordBytesMax)
        while server.nextEvent() != nil {}
        var generator = SplitMix64(seed: UInt64(code))
        let sent = generator.bytes(100_000)
        var rest = sent[...]
        for _ in 0..<10_000 where !rest.isEmpty {
            // After 0 or less than all, other bytes may be offered: here fewer.
            let taken = try server.write(Array(rest.prefix(Int.random(in: 1...20_000, using: &generator))))
            rest = rest.dropFirst(taken)
            if Bool.random(using: &generator) { client.carry(&server, atMost: 1000) }
            #expect(server.drainableByteCount <= TLSLimits.ringCapacityDefault - 256)
        }
        client.carry(&server)
        let isIntact = client.read == sent
        #expect(isIntact)
        while let event = server.nextEvent() {
            if case .record(let record) = event, record.direction == .sent {
                #expect(record.byteCount <= recordBytesMax + 85)
            }
        }
    }
}

/// A client of OpenSSL's that asks for short records, over memory.
private struct LibraryClient: ~Copyable {
    private let context = SSL_CTX_new(TLS_client_method())
    private let ssl: OpaquePointer?
    private let inbound = BIO_new(BIO_s_mem())
    private let outbound = BIO_new(BIO_s_mem())
    private(set) var read: [UInt8] = []

    init(_ version: TLSVersion, fragmentLengthCode: UInt8) {
        ssl = SSL_new(context)
        SSL_set_bio(ssl, inbound, outbound)
        SSL_set_connect_state(ssl)
        _ = SSL_ctrl(ssl, SSL_CTRL_SET_MIN_PROTO_VERSION, Int(version.rawValue), nil)
        _ = SSL_ctrl(ssl, SSL_CTRL_SET_MAX_PROTO_VERSION, Int(version.rawValue), nil)
        SSL_set_tlsext_max_fragment_length(ssl, fragmentLengthCode)
    }

    deinit {
        SSL_free(ssl)
        SSL_CTX_free(context)
    }

    /// Carries both ways until nothing moves, or once with a bound, and reads.
    mutating func carry(_ server: inout TLSEngine, atMost countMax: Int? = nil) {
        for _ in 0..<10_000 {
            if SSL_is_init_finished(ssl) == 0 { _ = SSL_do_handshake(ssl) }
            var bytes = [UInt8](repeating: 0, count: 20_000)
            while case let count = Int(SSL_read(ssl, &bytes, CInt(bytes.count))), count > 0 { read += bytes[..<count] }
            let sent = Int(BIO_read(outbound, &bytes, CInt(bytes.count)))
            if sent > 0 { _ = try? server.feed(Array(bytes[..<sent])) }
            let answer = server.drain(atMost: countMax ?? .max)
            if !answer.isEmpty { _ = BIO_write(inbound, answer, CInt(answer.count)) }
            if answer.isEmpty && sent <= 0 || countMax != nil { return }
        }
    }
}
