#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#else
    internal import Darwin
#endif
internal import NIOCore
internal import NIOPosix

// How the channels of proxied connections are set up.

extension Error {
    /// Whether it says that this machine or process has run out of something: descriptors, memory, ports.
    var isShortage: Bool {
        let error = (self as? NIOConnectionError)?.connectionErrors.last?.error ?? self
        guard let error = error as? IOError else { return false }
        return [EMFILE, ENFILE, ENOBUFS, ENOMEM, EADDRNOTAVAIL].contains(error.errnoCode)
    }
}

extension ClientBootstrap {
    /// A channel to a server: read when asked to, half closed when its peer is, and with bounded buffers.
    func proxied(_ limits: ProxyConfiguration.Limits) -> ClientBootstrap {
        channelOption(.autoRead, value: false)
            .channelOption(.allowRemoteHalfClosure, value: true)
            .channelOption(.maxMessagesPerRead, value: 1)
            .channelOption(.writeBufferWaterMark, value: limits.waterMark)
            .channelOption(.recvAllocator, value: limits.receiveAllocator)
            .channelOption(.tcpOption(.tcp_nodelay), value: 1)
    }
}

extension ServerBootstrap {
    /// The same for channels of clients.
    func proxied(_ limits: ProxyConfiguration.Limits) -> ServerBootstrap {
        childChannelOption(.autoRead, value: false)
            .childChannelOption(.allowRemoteHalfClosure, value: true)
            .childChannelOption(.maxMessagesPerRead, value: 1)
            .childChannelOption(.writeBufferWaterMark, value: limits.waterMark)
            .childChannelOption(.recvAllocator, value: limits.receiveAllocator)
    }
}

extension ProxyConfiguration.Limits {
    /// Above the one a channel gets nothing more, until it is below the other.
    fileprivate var waterMark: ChannelOptions.Types.WriteBufferWaterMark {
        .init(low: bufferBytesMax / 2, high: bufferBytesMax)
    }

    /// Reads are as large as those before filled them.
    fileprivate var receiveAllocator: any RecvByteBufferAllocator {
        AdaptiveRecvByteBufferAllocator(minimum: 2048, initial: min(4096, bufferBytesMax), maximum: bufferBytesMax)
    }
}

extension ChannelOption where Self == ChannelOptions.Types.SocketOption {
    /// Lets several sockets have one port (socket(7), SO_REUSEPORT).
    static var reusePort: Self { Self(level: .socket, name: NIOBSDSocket.Option(rawValue: SO_REUSEPORT)) }
}

extension Channel {
    /// Whether the kernel has bytes that the peer's hasn't acknowledged (SO_MEMINFO, Linux 4.12); false where that can't be
    /// known.
    var kernelHasUnsentBytes: EventLoopFuture<Bool> {
        #if os(Linux)
            guard let socket = self as? any SocketOptionProvider else { return eventLoop.makeSucceededFuture(false) }
            let info: EventLoopFuture<KernelMemory> = socket.unsafeGetSocketOption(
                level: .socket,
                name: NIOBSDSocket.Option(rawValue: SO_MEMINFO)
            )
            return info.map { $0.queuedForWriting > 0 }.recover { _ in false }
        #else
            return eventLoop.makeSucceededFuture(false)
        #endif
    }

    /// Closes by a reset, which throws away what the peer hasn't got yet (socket(7), SO_LINGER).
    func reset() {
        let socket = self as? any SocketOptionProvider
        socket?.setSoLinger(linger(l_onoff: 1, l_linger: 0)).whenFailure { _ in }
        close(promise: nil)
    }
}

#if os(Linux)
    /// `SO_MEMINFO` (linux/sock_diag.h): what a socket has of the kernel's memory, in bytes.
    private struct KernelMemory: Sendable {
        var allocatedForReading: UInt32 = 0
        var receiveBuffer: UInt32 = 0
        var allocatedForWriting: UInt32 = 0
        var sendBuffer: UInt32 = 0
        var forwardAllocated: UInt32 = 0
        var queuedForWriting: UInt32 = 0
        var optional: UInt32 = 0
        var backlog: UInt32 = 0
        var drops: UInt32 = 0
    }
#endif
