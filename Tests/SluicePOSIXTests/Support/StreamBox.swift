import Sluice
import SluicePOSIX

/// Carries a stream into a thread: a closure can't own a noncopyable value yet.
final class StreamBox<Transport: ByteTransport & ~Copyable>: @unchecked Sendable {
    // Used by one thread alone.
    private var stream: TLSStream<Transport>

    init(_ stream: consuming TLSStream<Transport>) {
        self.stream = stream
    }

    func echoUntilClosed() throws -> Int {
        var count = 0
        try stream.handshake(by: .soon)
        while case let bytes = try stream.read(by: .soon), !bytes.isEmpty {
            count += bytes.count
            try stream.write(bytes, by: .soon)
        }
        try stream.close(by: .soon)
        stream.finish(by: .soon)
        return count
    }

    func handshakeThenFailure() throws -> TLSError {
        do throws(TLSStreamError) {
            try stream.handshake(by: .soon)
            while try !stream.read(by: .soon).isEmpty {}
        } catch {
            stream.finish(by: .soon)
            if let error = error.tls { return error }
            throw error
        }
        throw NobodyCame()
    }
}

extension TLSStreamError {
    var tls: TLSError? {
        if case .tls(let error) = self { return error }
        return nil
    }

    var transport: TransportError? {
        if case .transport(let error) = self { return error }
        return nil
    }
}
