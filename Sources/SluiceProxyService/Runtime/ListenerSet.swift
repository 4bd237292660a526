internal import Logging
internal import NIOCore
internal import NIOPosix
internal import SluicePOSIX
internal import SluicePreamble
internal import SluiceProxy

/// The sockets on which clients come in, by the addresses of the configuration.
actor ListenerSet {
    private let service: ServiceState
    private let group: MultiThreadedEventLoopGroup
    private let budget: DescriptorBudget
    private var activated: [String: [CInt]]
    private var listeners: [ListenAddress: Listener] = [:]

    /// Whether the proxy stops: nothing is opened any more.
    private var isClosed = false

    private struct Listener {
        let channels: [any Channel]
        /// The socket's file, if it is one of ours.
        var file: FileStamp?
    }

    /// A set that listens nowhere yet. The descriptors that systemd passed, by name, are its own from now on.
    init(
        _ service: ServiceState,
        on group: MultiThreadedEventLoopGroup,
        within budget: DescriptorBudget,
        activated: [String: [CInt]]
    ) {
        self.service = service
        self.group = group
        self.budget = budget
        self.activated = activated
    }

    /// Where it listens, with the ports that the system chose.
    var addresses: [ListenAddress: [String]] {
        listeners.mapValues { listener in
            Set(listener.channels.compactMap { $0.localAddress?.place }).sorted()
        }
    }

    /// Listens where a configuration says: all of it, or nothing changes.
    ///
    /// - Returns: What ends the sockets that aren't wanted any more. To be called when nobody is to come in there: the
    ///   new generation is at work.
    /// - Throws: ``ProxyServiceError`` that names the listener that can't be opened.
    func open(_ configuration: ProxyConfiguration) async throws -> @Sendable () async -> Void {
        var opened: [ListenAddress: Listener] = [:]
        do {
            for listener in configuration.listeners where listeners[listener.address.place] == nil {
                opened[listener.address.place] = try await open(listener, configuration)
            }
            if isClosed { throw ProxyServiceError("the proxy stops") }
        } catch {
            // What systemd passed can't be had again: it stays, for a configuration that wants it.
            for (address, listener) in opened {
                if case .systemd = address { listeners[address] = listener } else { await close(listener, at: address) }
            }
            throw error
        }
        listeners.merge(opened) { _, new in new }
        setModes(configuration)
        let wanted = Set(configuration.listeners.map(\.address.place))
        return { await self.closeAll(but: wanted) }
    }

    /// Closes every socket, for good.
    func close() async {
        isClosed = true
        for (address, listener) in listeners { await close(listener, at: address) }
        listeners = [:]
    }

    /// Sockets of systemd's stay: clients that come in there while no listener is for them are closed.
    private func closeAll(but wanted: Set<ListenAddress>) async {
        for (address, listener) in listeners where !wanted.contains(address) {
            if case .systemd = address { continue }
            listeners[address] = nil
            await close(listener, at: address)
        }
    }

    private func close(_ listener: Listener, at address: ListenAddress) async {
        for channel in listener.channels { try? await channel.close() }
        // A successor may have put its own socket there.
        guard case .unix(let path, _) = address, let file = listener.file else { return }
        if Files.stamp(of: path)?.identity == file.identity { Files.remove(path) }
    }

    /// Permissions may change with a reload.
    private func setModes(_ configuration: ProxyConfiguration) {
        for listener in configuration.listeners {
            guard case .unix(let path, let mode?) = listener.address else { continue }
            do {
                try Files.setMode(mode, of: path)
            } catch {
                service.logger.error("a socket's permissions can't be set", metadata: ["error": "\(error)"])
            }
        }
    }

    // MARK: - Opening

    private func open(
        _ listener: ProxyConfiguration.Listener,
        _ configuration: ProxyConfiguration
    ) async throws -> Listener {
        do {
            switch listener.address {
            case .tcp(let host, let port):
                let address = try Self.resolve(host, port)
                return Listener(channels: try await bind(address, listener, configuration))
            case .unix(let path, _):
                try UnixSocket.removeAbandoned(path)
                let bootstrap = bootstrap(group, listener, configuration.limits)
                let channel = try await bootstrap.bind(unixDomainSocketPath: path).get()
                return Listener(channels: [channel], file: Files.stamp(of: path))
            case .systemd(let name):
                return Listener(channels: try await takeActivated(name, listener, configuration))
            }
        } catch let error as ProxyServiceError {
            throw error
        } catch {
            throw ProxyServiceError("listener \(listener.name) can't listen at \(listener.address): \(error)")
        }
    }

    private static let hasIPv6 = (try? System.enumerateDevices())?.contains { $0.address?.protocol == .inet6 } ?? false

    private static func resolve(_ host: String, _ port: UInt16) throws -> NIOCore.SocketAddress {
        if host.isEmpty || host == "*" {
            return try NIOCore.SocketAddress(ipAddress: hasIPv6 ? "::" : "0.0.0.0", port: Int(port))
        }
        return try NIOCore.SocketAddress.makeAddressResolvingHost(host, port: Int(port))
    }

    /// A socket, or one on each loop, among which the kernel spreads the clients.
    private func bind(
        _ address: NIOCore.SocketAddress,
        _ listener: ProxyConfiguration.Listener,
        _ configuration: ProxyConfiguration
    ) async throws -> [any Channel] {
        guard configuration.portSharing == .reusePort else {
            return [try await bootstrap(group, listener, configuration.limits).bind(to: address).get()]
        }
        var channels: [any Channel] = []
        do {
            for loop in group.makeIterator() {
                // The first may choose the port for all.
                let address = channels.first?.localAddress ?? address
                let bootstrap = bootstrap(loop, listener, configuration.limits)
                    .serverChannelOption(.reusePort, value: 1)
                channels.append(try await bootstrap.bind(to: address).get())
            }
        } catch {
            for channel in channels { try? await channel.close() }
            throw error
        }
        return channels
    }

    private func takeActivated(
        _ name: String,
        _ listener: ProxyConfiguration.Listener,
        _ configuration: ProxyConfiguration
    ) async throws -> [any Channel] {
        guard let descriptors = activated.removeValue(forKey: name), !descriptors.isEmpty else {
            throw ProxyServiceError("listener \(listener.name): systemd passed no socket of the name \(name)")
        }
        var channels: [any Channel] = []
        for descriptor in descriptors {
            channels.append(
                try await bootstrap(group, listener, configuration.limits).withBoundSocket(descriptor).get()
            )
        }
        return channels
    }

    private func bootstrap(
        _ group: any EventLoopGroup,
        _ listener: ProxyConfiguration.Listener,
        _ limits: ProxyConfiguration.Limits
    ) -> ServerBootstrap {
        let (service, budget, address) = (service, budget, listener.address)
        return ServerBootstrap(group: group)
            .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
            .serverChannelOption(.backlog, value: Int32(clamping: listener.backlog))
            .serverChannelOption(.maxMessagesPerRead, value: RuntimeLimits.acceptsMax)
            .serverChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(AcceptGate(budget, service.logger))
                }
            }
            .proxied(limits)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture { try service.accept(channel, at: address) }
            }
    }
}

extension NIOCore.SocketAddress {
    /// As a configuration has it: `127.0.0.1:443`, `[::1]:443`, `unix:/run/sluice.socket`.
    fileprivate var place: String? {
        if let endpoint = ProxyHeader.Endpoint(self) { return endpoint.description }
        return pathname.map { "unix:" + $0 }
    }
}

extension ServiceState {
    /// Makes a connection of a channel that was accepted.
    fileprivate func accept(_ channel: any Channel, at address: ListenAddress) throws {
        guard let (generation, entrance) = entrance(at: address) else { throw ChannelError.inputClosed }
        let connection = ProxyConnection(channel, entrance: entrance, generation: generation, service: self)
        let handler = SideHandler(connection, .client)
        connection.client.handler = handler
        try channel.pipeline.syncOperations.addHandler(handler)
    }
}
