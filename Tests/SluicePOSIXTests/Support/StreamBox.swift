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

    /// What a read gives, and why the next one fails.
    func readTwice() throws -> ([UInt8], TLSStreamError?) {
        let bytes = try stream.read(by: .soon)
        do throws(TLSStreamError) { _ = try stream.read(by: .soon) } catch { return (bytes, error) }
        return (bytes, nil)
    }

    /// Sends KeyUpdates until the peer is gone. Returns how many.
    func floodWithKeyUpdates() throws -> Int {
        try stream.handshake(by: .soon)
        var count = 0
        while stream.sendFailure == nil {
            // The engine may be the first to learn that the peer is gone.
            guard let isDone = try? stream.engine.updateKeys(requestingPeer: false) else { break }
            if isDone { count += 1 }
            guard (try? stream.pump()) == nil || stream.engine.drainableByteCount > 4096 else { continue }
            if (try? stream.transport.wait(for: .writable, by: .soon)) == nil { break }
        }
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
