import SluicePOSIX

/// A listener and its connections.
struct Server: ~Copyable {
    private let settings: ConnectionSettings
    private let connectionsMax: Int
    private let listener: SocketListener
    private var loop: ConnectionLoop
    private var acceptedCount = 0

    /// With how many connections no more could be taken, for want of descriptors or memory: no more until one goes.
    private var exhaustedCount: Int?

    /// A server that no client has found yet.
    init(_ listener: consuming SocketListener, settings: ConnectionSettings, connectionsMax: Int) throws {
        let loop = try ConnectionLoop(console: settings.observer.console)
        self.loop = loop
        self.listener = listener
        self.settings = settings
        self.connectionsMax = connectionsMax
    }

    /// Serves until a signal comes and the clients are gone.
    mutating func run() throws {
        try StandardStreams.print("listening on \(listener.address)\n")
        while !loop.isFinishing || !loop.isOver {
            if try loop.turn(waitingFor: isAccepting ? listener.descriptor.number : nil) { try accept() }
        }
    }

    private var isAccepting: Bool {
        !loop.isFinishing && loop.count < min(connectionsMax, exhaustedCount ?? .max)
    }

    /// Takes the clients that wait, as many as there is room for.
    private mutating func accept() throws {
        exhaustedCount = nil
        while isAccepting {
            do throws(TransportError) {
                guard let peer = try listener.accept() else { return }
                acceptedCount += 1
                add(peer)
            } catch {
                // Without a client whose end may change something, waiting would be for ever.
                guard loop.count > 0 else { throw error }
                settings.observer.console.fail("no more connections for now: \(error)")
                exhaustedCount = loop.count
            }
        }
    }

    private mutating func add(_ peer: consuming AcceptedPeer) {
        let client = Client(at: peer.address, number: acceptedCount)
        do {
            let pair = DescriptorPair(peer.takeDescriptor())
            loop.add(try Connection(with: client, over: pair, number: acceptedCount, settings: settings))
        } catch {
            settings.observer.console.fail("\(client.name): \(explanation(of: error))")
        }
    }
}
