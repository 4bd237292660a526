import Sluice
import SluicePOSIX
import SluicePreamble

/// A tunnel through an HTTP proxy, step by step. Whatever fails on the way is the proxy's failure.
struct Tunnel {
    private let proxy: ProxyAddress
    private let peer: HostPort
    private let deadline: Deadline
    private let isTraced: Bool

    init(through proxy: ProxyAddress, to peer: HostPort, by deadline: Deadline, isTraced: Bool) {
        self.proxy = proxy
        self.peer = peer
        self.deadline = deadline
        self.isTraced = isTraced
    }

    /// Connects to the proxy.
    func connect() throws(RouteFailure) -> Descriptor {
        do throws(TransportError) { return try TCP.connect(to: proxy.place, by: deadline) } catch {
            throw failure(.transport(error))
        }
    }

    /// Puts TLS with the proxy itself on a connection.
    func secure(
        _ descriptor: consuming Descriptor,
        with context: TLSContext
    ) throws(RouteFailure) -> TLSStream<Descriptor> {
        let engine: TLSEngine
        do throws(TLSError) { engine = try TLSEngine(context) } catch { throw failure(.tls(error)) }
        var stream = TLSStream(engine, over: descriptor)
        do throws(TLSStreamError) { try stream.handshake(by: deadline) } catch {
            stream.finish(by: .after(farewell))
            throw failure(error)
        }
        while let event = stream.engine.nextEvent() {
            guard isTraced, case .handshakeCompleted(let summary) = event else { continue }
            Console(isQuiet: false).show("<< \(proxy), \(summary.line)")
        }
        return stream
    }

    /// Asks the proxy for the tunnel.
    ///
    /// - Parameter transport: What leads to the proxy, and from then on to the peer.
    /// - Returns: Bytes that came through the tunnel already.
    /// - Throws: Why there is no tunnel.
    func open<Transport: ByteTransport & ~Copyable>(
        over transport: inout Transport
    ) throws(RouteFailure) -> [UInt8] {
        guard let host = PreambleHost(peer.host) else {
            let words = "\"\(peer.host)\" is no host name or address that a proxy could be asked for"
            throw RouteFailure(.carrier, at: nil, UsageError(words))
        }
        let request = ConnectRequest(to: host, port: peer.port, credentials: proxy.credentials)
        var preamble = TracedPreamble(request, name: "CONNECT \(peer)", isTraced: isTraced)
        do throws(TLSStreamError) { return try transport.perform(&preamble, by: deadline) } catch {
            throw failure(error)
        }
    }

    private func failure(_ error: TLSStreamError) -> RouteFailure {
        RouteFailure(.carrier, at: "\(proxy)", error)
    }
}

/// How long a proxy may take to see the end; it may be gone already.
private let farewell = Duration.seconds(1)
