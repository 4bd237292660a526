internal import NIOCore
internal import SluiceProxy

/// The connections of one event loop, so that all of them can be ended.
final class ConnectionRegistry: Sendable {
    private let loop: any EventLoop
    private let connections: NIOLoopBoundBox<[ObjectIdentifier: ProxyConnection]>

    init(_ loop: any EventLoop) {
        self.loop = loop
        connections = NIOLoopBoundBox.makeBoxSendingValue([:], eventLoop: loop)
    }

    /// On the loop.
    func insert(_ connection: ProxyConnection) {
        connections.value[ObjectIdentifier(connection)] = connection
    }

    /// On the loop.
    func remove(_ connection: ProxyConnection) {
        connections.value[ObjectIdentifier(connection)] = nil
    }

    /// On any thread.
    func endAll() {
        loop.execute {
            for connection in self.connections.value.values {
                connection.session.end(SessionEnd(.shutDown, words: "the proxy stops"))
                connection.pump()
            }
        }
    }
}
