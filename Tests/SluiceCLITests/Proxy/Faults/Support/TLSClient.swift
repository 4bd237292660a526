import Fixtures
import Sluice
import SluicePOSIX

/// A client with TLS for `localhost` that trusts the test root. What it waits for is there within twenty seconds.
final class TLSClient {
    private var stream: TLSStream<Descriptor>

    private static let limit = Duration.seconds(20)

    /// Connects and shakes hands.
    ///
    /// - Parameters:
    ///   - port: Of 127.0.0.1.
    ///   - version: Of TLS.
    /// - Throws: Where there is no connection, or no TLS.
    init(to port: String, _ version: TLSVersion = .tls13) throws {
        guard let place = HostPort("127.0.0.1:\(port)") else { throw ProgramFailure(description: "no port \(port)") }
        var configuration = TLSClientConfiguration.client(to: "localhost")
        configuration.verification = .roots(try .pem(Fixtures.root))
        configuration.parameters.versions = version...version
        let engine = try TLSEngine(configuration)
        stream = TLSStream(engine, over: try TCP.connect(to: place, by: .after(Self.limit)))
        _ = try stream.handshake(by: .after(Self.limit))
    }

    /// The certificate's serial number, in hexadecimal.
    var serialNumber: String? { stream.engine.summary?.peerCertificates.first?.serialNumber }

    func send(_ text: String) throws { try send(Array(text.utf8)) }

    func send(_ bytes: [UInt8]) throws { try stream.write(bytes, by: .after(Self.limit)) }

    /// What comes next; nothing where the server has closed.
    func next() throws -> [UInt8] { try stream.read(by: .after(Self.limit)) }

    /// Waits for so many bytes.
    func receive(_ count: Int) throws -> [UInt8] {
        var all: [UInt8] = []
        while all.count < count {
            let bytes = try next()
            if bytes.isEmpty { throw ProgramFailure(description: "\(all.count) bytes of \(count), and close_notify") }
            all += bytes
        }
        return all
    }

    /// Everything until close_notify.
    func rest() throws -> [UInt8] {
        var all: [UInt8] = []
        while true {
            let bytes = try next()
            if bytes.isEmpty { return all }
            all += bytes
        }
    }

    /// Sends bytes and expects them back.
    func exchange(_ bytes: [UInt8] = Array("there and back".utf8)) throws -> Bool {
        try send(bytes)
        return try receive(bytes.count) == bytes
    }

    /// Says goodbye, and waits for the server's.
    func close() throws {
        try stream.close(by: .after(Self.limit))
        stream.finish(by: .after(Self.limit))
    }
}

/// Why TLS failed, or nil.
func tlsFailure(_ body: () throws -> Void) -> TLSError? {
    do {
        try body()
        return nil
    } catch TLSStreamError.tls(let error) {
        return error
    } catch {
        return nil
    }
}
